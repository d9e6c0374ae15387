//! The engine's name and options.

use di_core::{
    Activity, Backend, ChunkWidth, DerivedDerivative, DerivedGradient, DerivedHessian, DerivedJacobian, Mode,
    ViaEither, ViaHvp, ViaPullback, ViaPushforward,
};

/// Runs the derivative code that a function comes with, on plain memory with shadows.
///
/// ```
/// use di_core::{AdjointFn, Enclosed, Real, ScalarFn, Shadow, gradient, hvp};
/// use di_enzyme::EnzymeStyle;
///
/// /// `Σ x_i³`
/// #[derive(Clone, Debug)]
/// struct Cubes;
/// impl<T: Real> ScalarFn<T> for Cubes {
///     fn call(&self, x: &[T]) -> T {
///         x.iter().map(|x| x.powi(3)).sum()
///     }
/// }
/// # impl Shadow for Cubes {
/// #     type Shadow = ();
/// #     fn make_zero(&self) {}
/// #     fn remake_zero(&self, (): &mut ()) {}
/// # }
/// impl<T: Real> AdjointFn<T> for Cubes {
///     fn adjoint_into(&self, _: Enclosed<'_, ()>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
///         for (&x, dx) in x.iter().zip(dx) {
///             *dx += dy[0] * x * x * 3.0;
///         }
///         if let Some(y) = y {
///             y[0] = self.call(x);
///         }
///     }
/// }
/// assert_eq!(gradient(&EnzymeStyle::default(), Cubes, &[1.0, 2.0])?, [3.0, 12.0]);
/// assert_eq!(hvp(&EnzymeStyle::default(), Cubes, &[1.0, 2.0], &[1.0, 1.0])?, [6.0, 12.0]);
/// # Ok::<(), di_core::Error>(())
/// ```
///
/// # Evaluations of `f`
///
/// The derivative code gives the value too, so an evaluation is one run of it. Pushforward: `ceil(k/w)` runs of the
/// tangent for `k` tangents, w of them at a time: that of 1, 2, 4, 8, 12 and 16, of at most 128 bytes, for which the sum
/// of w + 4 over the runs is least, unless it is fixed; the last run is only as wide as the batch of preparation asks
/// for. Pullback: one run of the adjoint for each cotangent, at a fixed point too. Derivative: one tangent. Gradient: one
/// adjoint. Jacobian: `ceil(n/w)` tangents if there are no more inputs than outputs, else m adjoints. Second derivative:
/// one tangent of dual numbers. Hessian-vector product: `ceil(k/w)` adjoints of dual numbers, w of them 1, 2, 4 or 8;
/// Hessian: n products. Where there is no derivative to compute, for lack of inputs, outputs or directions, and where a
/// pullback is fixed at a point, one plain evaluation if the value is wanted. Preparation of first order takes a plain
/// evaluation and two runs, with the value and without, and two more where the last run of tangents is narrower; of
/// second order one run.
///
/// # Allocations
///
/// None after preparation, but for the first call after `function_mut`, which makes the shadow of the function anew, and the
/// first call of a clone, whose caches and shadow start without memory. What owns nothing allocates nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EnzymeStyle {
    width: ChunkWidth,
    duplicate_function: bool,
}

impl Default for EnzymeStyle {
    fn default() -> Self {
        Self { width: ChunkWidth::Auto, duplicate_function: true }
    }
}

impl EnzymeStyle {
    /// With the given rule for the number of tangents of one run, rounded up to 1, 2, 4, 8, 12 or 16.
    #[must_use]
    pub fn with_width(width: ChunkWidth) -> Self {
        Self { width, ..Self::default() }
    }

    /// With `width` tangents in one run, rounded up to 1, 2, 4, 8, 12 or 16; fewer if there are fewer.
    #[must_use]
    pub fn fixed(width: usize) -> Self {
        Self::with_width(ChunkWidth::Fixed(width))
    }

    /// Whether what the function encloses is duplicated: `true` unless said otherwise.
    ///
    /// With `true`, preparation makes a shadow of all that the function owns, and every run of derivative code starts with
    /// that shadow at zero: a function that writes into an enclosed buffer and reads it back is right, at every call.
    ///
    /// With `false`, everything enclosed is constant. This saves the shadow and its zeroing, and it is **wrong for
    /// functions that write into buffers they own**: the derivative through such a buffer is dropped, without an error.
    /// With `a` enclosed, `a[0] = 1; a[0] += x; a[0]²` has derivative 0 instead of `2 (1 + x)`.
    ///
    /// That is what derivative code does with [`Enclosed::Constant`](di_core::Enclosed::Constant). Code that never asks for
    /// a shadow, such as a closed form, gives the same either way.
    #[must_use]
    pub fn duplicate_function(self, duplicate: bool) -> Self {
        Self { duplicate_function: duplicate, ..self }
    }

    /// The rule for the number of tangents of one run.
    #[must_use]
    pub fn width(&self) -> ChunkWidth {
        self.width
    }

    /// How the function itself takes part: [`Activity::Duplicated`] or [`Activity::Constant`].
    #[must_use]
    pub fn function_activity(&self) -> Activity {
        if self.duplicate_function { Activity::Duplicated } else { Activity::Constant }
    }
}

impl Backend for EnzymeStyle {
    type Primitive = ViaPullback;

    fn name(&self) -> String {
        "enzyme-style".into()
    }

    fn mode(&self) -> Mode {
        Mode::Code
    }
}

impl DerivedDerivative for EnzymeStyle {
    type Route = ViaPushforward;
}
impl DerivedGradient for EnzymeStyle {
    type Route = ViaPullback;
}
impl DerivedJacobian for EnzymeStyle {
    type Route = ViaEither;
}
impl DerivedHessian for EnzymeStyle {
    type Route = ViaHvp;
}
