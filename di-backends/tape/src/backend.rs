//! The engine's name and options.

use di_core::{
    Backend, ChunkWidth, DerivedDerivative, DerivedGradient, DerivedHessian, DerivedHvp, DerivedJacobian,
    DerivedPushforward, DerivedSecondDerivative, Mode, Nested, ViaHvp, ViaPullback,
};

/// Reverse mode by operator overloading on a contiguous tape.
///
/// ```
/// use di_core::{Real, gradient, scalar_fn};
/// use di_tape::Tape;
///
/// fn rosenbrock<T: Real>(x: &[T]) -> T {
///     x.windows(2).map(|w| (w[1] - w[0] * w[0]).powi(2) * 100.0 + (w[0] - 1.0).powi(2)).sum()
/// }
/// let grad = gradient(&Tape::default(), scalar_fn!(rosenbrock), &[0.0, 0.0])?;
/// assert_eq!(grad, [-2.0, 0.0]);
/// # Ok::<(), di_core::Error>(())
/// ```
///
/// # Evaluations of `f`
///
/// One recording for each call of any operator, of first or second order, whatever the number of directions; none for
/// further cotangents, or products with the Hessian, at a fixed point. Preparation records `f` once. A call allocates only if its recording is longer than any before, as it can be
/// where control flow depends on the point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tape {
    width: ChunkWidth,
}

impl Tape {
    /// With the given rule for the number of cotangents of one sweep, rounded down to 8, 4, 2 or 1.
    #[must_use]
    pub fn with_width(width: ChunkWidth) -> Self {
        Self { width }
    }

    /// With `width` cotangents in one sweep, or as near below it as there are widths.
    #[must_use]
    pub fn fixed(width: usize) -> Self {
        Self::with_width(ChunkWidth::Fixed(width))
    }

    /// The rule for the number of cotangents of one sweep.
    #[must_use]
    pub fn width(&self) -> ChunkWidth {
        self.width
    }
}

impl Backend for Tape {
    type Primitive = ViaPullback;

    fn name(&self) -> String {
        "tape".into()
    }

    fn mode(&self) -> Mode {
        Mode::Reverse
    }
}

impl DerivedPushforward for Tape {
    type Route = ViaPullback;
}
impl DerivedDerivative for Tape {
    type Route = ViaPullback;
}
impl DerivedGradient for Tape {
    type Route = ViaPullback;
}
impl DerivedJacobian for Tape {
    type Route = ViaPullback;
}
impl DerivedSecondDerivative for Tape {
    type Route = Nested;
}
impl DerivedHvp for Tape {
    type Route = Nested;
}
impl DerivedHessian for Tape {
    type Route = ViaHvp;
}
