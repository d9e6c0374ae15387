//! A number of directions that is chosen at run time, among scalars whose width is a constant.

use crate::{Dual, DualNumber, FullDual};
use di_core::{Map, Scalar, ScalarShape};

/// The inputs and outputs of one evaluation.
#[derive(Clone, Debug)]
pub struct Chunk<D> {
    pub(crate) x: Vec<D>,
    pub(crate) y: Vec<D>,
    /// The colours that the inputs are seeded by, as many as `seeded`; empty if they are seeded by anything else.
    pub(crate) colors: Vec<u32>,
    pub(crate) seeded: usize,
}

impl<D> Default for Chunk<D> {
    fn default() -> Self {
        Self { x: Vec::new(), y: Vec::new(), colors: Vec::new(), seeded: 0 }
    }
}

impl<D: Scalar> Chunk<D> {
    /// Makes room for the inputs and outputs of `f`; returns the number of outputs.
    pub(crate) fn fit<F: Map<S, D>, S>(&mut self, f: &F, inputs: usize) -> usize {
        let outputs = f.output_count(inputs);
        self.colors.clear();
        self.x.resize(inputs, D::zero());
        self.y.resize(outputs, D::zero());
        outputs
    }
}

/// The directions of one evaluation.
pub(crate) fn width<T: Scalar, const N: usize, D: DualNumber<T, N>>(_: &Chunk<D>) -> usize {
    N
}

/// A function of shape `S` that can be called with [`Dual`] numbers of every width, and with [`FullDual`] numbers of the
/// widths that sparse matrices take.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be called with the dual numbers of `NumDual` over `{T}`",
    label = "not generic enough for forward mode",
    note = "write the function once for all scalars: `impl<T: Real> ScalarFn<T> for …` (or `VectorFn`, `UnaryFn`, `CurveFn`), or lift a generic function by `scalar_fn!`",
    note = "or it is of another shape: `gradient` and `hessian` take a `ScalarFn`, `jacobian` a `VectorFn`",
    note = "a closure takes one scalar only; closures of plain `f64` suit `FiniteDiff`"
)]
pub trait AnyWidth<S, T: Scalar>:
    Map<S, Dual<T, 1>>
    + Map<S, Dual<T, 2>>
    + Map<S, Dual<T, 4>>
    + Map<S, Dual<T, 8>>
    + Map<S, Dual<T, 12>>
    + Map<S, Dual<T, 16>>
    + Map<S, FullDual<T, 4>>
    + Map<S, FullDual<T, 8>>
    + Map<S, FullDual<T, 12>>
{
}

#[diagnostic::do_not_recommend]
impl<F, S, T: Scalar> AnyWidth<S, T> for F where
    F: Map<S, Dual<T, 1>>
        + Map<S, Dual<T, 2>>
        + Map<S, Dual<T, 4>>
        + Map<S, Dual<T, 8>>
        + Map<S, Dual<T, 12>>
        + Map<S, Dual<T, 16>>
        + Map<S, FullDual<T, 4>>
        + Map<S, FullDual<T, 8>>
        + Map<S, FullDual<T, 12>>
{
}

/// A function `R^n → R` that can be called with numbers of one direction inside and every width outside.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be called with the nested dual numbers of `NumDual` over `{T}`",
    label = "not generic enough for second derivatives in forward mode",
    note = "write the function once for all scalars: `impl<T: Real> ScalarFn<T> for …`, or lift a generic function by `scalar_fn!`",
    note = "a closure takes one scalar only; closures of plain `f64` suit `FiniteDiff`"
)]
pub trait AnyProduct<T: Scalar>:
    Map<ScalarShape, Dual<Dual<T, 1>, 1>>
    + Map<ScalarShape, Dual<Dual<T, 1>, 2>>
    + Map<ScalarShape, Dual<Dual<T, 1>, 4>>
    + Map<ScalarShape, Dual<Dual<T, 1>, 8>>
{
}

#[diagnostic::do_not_recommend]
impl<F, T: Scalar> AnyProduct<T> for F where
    F: Map<ScalarShape, Dual<Dual<T, 1>, 1>>
        + Map<ScalarShape, Dual<Dual<T, 1>, 2>>
        + Map<ScalarShape, Dual<Dual<T, 1>, 4>>
        + Map<ScalarShape, Dual<Dual<T, 1>, 8>>
{
}

/// A function `R^n → R` that can be called with numbers of the same width inside and outside.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be called with the nested dual numbers of `NumDual` over `{T}`",
    label = "not generic enough for second derivatives in forward mode",
    note = "write the function once for all scalars: `impl<T: Real> ScalarFn<T> for …`, or lift a generic function by `scalar_fn!`",
    note = "a closure takes one scalar only; closures of plain `f64` suit `FiniteDiff`"
)]
pub trait AnyBlock<T: Scalar>:
    Map<ScalarShape, Dual<Dual<T, 1>, 1>>
    + Map<ScalarShape, Dual<Dual<T, 2>, 2>>
    + Map<ScalarShape, Dual<Dual<T, 4>, 4>>
    + Map<ScalarShape, Dual<Dual<T, 8>, 8>>
{
}

#[diagnostic::do_not_recommend]
impl<F, T: Scalar> AnyBlock<T> for F where
    F: Map<ScalarShape, Dual<Dual<T, 1>, 1>>
        + Map<ScalarShape, Dual<Dual<T, 2>, 2>>
        + Map<ScalarShape, Dual<Dual<T, 4>, 4>>
        + Map<ScalarShape, Dual<Dual<T, 8>, 8>>
{
}

/// Writes the buffers of an operator, one variant for each width.
macro_rules! buffers {
    ($(#[$doc:meta])* $name:ident: $($variant:ident $width:literal $full:literal $scalar:ty),+) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default)]
        pub enum $name<T: Scalar> {
            /// Not sized yet.
            #[default]
            Empty,
            $(
                #[doc = concat!("Of width ", $width, ".")]
                $variant(Chunk<$scalar>),
            )+
        }

        impl<T: Scalar> $name<T> {
            /// Takes the least width that holds `wanted` directions, or the widest, of numbers that are full or not; keeps
            /// the buffers if they are of these numbers.
            pub(crate) fn set_width(&mut self, wanted: usize, full: bool) {
                const WIDTHS: &[(usize, bool)] = &[$(($width, $full)),+];
                let widths = || WIDTHS.iter().copied().filter(|kind| kind.1 == full);
                let kind = widths().find(|kind| kind.0 >= wanted).or_else(|| widths().next_back());
                match (&*self, kind) {
                    $((Self::$variant(_), Some(($width, $full))) => {})+
                    $((_, Some(($width, $full))) => *self = Self::$variant(Chunk::default()),)+
                    _ => unreachable!("the width is one of the list"),
                }
            }
        }
    };
}

buffers! {
    /// Buffers of a pushforward.
    DualBuffers:
        W1 1 false Dual<T, 1>, W2 2 false Dual<T, 2>, W4 4 false Dual<T, 4>, W8 8 false Dual<T, 8>,
        W12 12 false Dual<T, 12>, W16 16 false Dual<T, 16>,
        F4 4 true FullDual<T, 4>, F8 8 true FullDual<T, 8>, F12 12 true FullDual<T, 12>
}
buffers! {
    /// Buffers of a Hessian-vector product.
    ProductBuffers:
        W1 1 false Dual<Dual<T, 1>, 1>, W2 2 false Dual<Dual<T, 1>, 2>, W4 4 false Dual<Dual<T, 1>, 4>,
        W8 8 false Dual<Dual<T, 1>, 8>
}
buffers! {
    /// Buffers of a Hessian.
    BlockBuffers:
        W1 1 false Dual<Dual<T, 1>, 1>, W2 2 false Dual<Dual<T, 2>, 2>, W4 4 false Dual<Dual<T, 4>, 4>,
        W8 8 false Dual<Dual<T, 8>, 8>
}

/// Runs an expression with the buffers of whatever width they have.
macro_rules! at_width {
    ($buffers:ident [$($variant:ident)+] $value:expr, $chunk:ident => $run:expr, else $otherwise:expr) => {
        match $value {
            $buffers::Empty => $otherwise,
            $($buffers::$variant($chunk) => $run,)+
        }
    };
}
pub(crate) use at_width;
