//! The backend's value, its options and its routes.

use di_core::{Backend, ChunkWidth, DerivedGradient, DerivedJacobian, DerivedPullback, Mode, ViaPushforward};

/// Forward mode by dual numbers of static width.
///
/// ```
/// use di_core::{Real, gradient, scalar_fn};
/// use di_num_dual::NumDual;
///
/// fn product<T: Real>(x: &[T]) -> T {
///     x[0] * x[1]
/// }
/// assert_eq!(gradient(&NumDual::default(), scalar_fn!(product), &[2.0, 3.0])?, [3.0, 2.0]);
/// # Ok::<(), di_core::Error>(())
/// ```
///
/// # Evaluations of `f`
///
/// The width w is what [`ChunkWidth`] picks for the number of directions of preparation and the size of the scalar, rounded
/// up to one of 1, 2, 4, 8, 12 and 16; lanes that are left over are zero. In second order the width v is picked for n
/// directions and a scalar with one derivative, [`Dual<T, 1>`](crate::Dual), among 1, 2, 4 and 8. Preparation itself
/// evaluates `f` once, of a pullback as often as a Jacobian does.
///
/// | operator | evaluations, at least one |
/// | --- | --- |
/// | pushforward of k tangents | `ceil(k/w)` |
/// | derivative, second derivative | 1 |
/// | gradient, Jacobian, linearization of a pullback | `ceil(n/w)` |
/// | pullback at a fixed point | 0 |
/// | Hessian-vector products with k tangents | `k · ceil(n/v)`, and `ceil(n/v)` if k = 0 |
/// | Hessian | `a(a + 1)/2` with `a = ceil(n/v)` |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NumDual {
    width: ChunkWidth,
}

impl NumDual {
    /// With the given rule for the number of directions of one evaluation.
    #[must_use]
    pub fn with_width(width: ChunkWidth) -> Self {
        Self { width }
    }

    /// With `width` directions in one evaluation, or as near to it as there are widths.
    #[must_use]
    pub fn fixed(width: usize) -> Self {
        Self::with_width(ChunkWidth::Fixed(width))
    }

    /// The rule for the number of directions of one evaluation.
    #[must_use]
    pub fn width(&self) -> ChunkWidth {
        self.width
    }
}

impl Backend for NumDual {
    type Primitive = ViaPushforward;

    fn name(&self) -> String {
        "num-dual".into()
    }

    fn mode(&self) -> Mode {
        Mode::Forward
    }
}

impl DerivedPullback for NumDual {
    type Route = ViaPushforward;
}
impl DerivedGradient for NumDual {
    type Route = ViaPushforward;
}
impl DerivedJacobian for NumDual {
    type Route = ViaPushforward;
}
