//! Derivatives inside of derivatives, by one engine in all places.

use di_core::{PrepareDerivative, Result, Scalar, UnaryFn, UnaryShape, derivative};

/// `x ↦ f'(x)` by a backend, a function of any scalar for which the backend has derivatives; NaN where it has an error.
#[derive(Clone, Copy, Debug)]
pub struct DerivativeBy<B, F> {
    /// What differentiates.
    pub backend: B,
    /// What is differentiated.
    pub function: F,
}

impl<B, F, T: Scalar> UnaryFn<T> for DerivativeBy<B, F>
where
    B: for<'a> PrepareDerivative<&'a F, T, UnaryShape>,
{
    fn call(&self, x: T) -> T {
        derivative(&self.backend, &self.function, x).unwrap_or_else(|_| T::nan())
    }
}

/// `sin 2x`.
#[derive(Clone, Copy, Debug)]
pub struct SineOfDouble;

impl<T: Scalar> UnaryFn<T> for SineOfDouble {
    fn call(&self, x: T) -> T {
        (x + x).sin()
    }
}

/// A function whose evaluation differentiates, `depth` deep in all.
type Twice<B> = DerivativeBy<B, SineOfDouble>;
type Thrice<B> = DerivativeBy<B, Twice<B>>;

/// Second and third derivatives of `sin 2x`, each derivative taken inside of the function that the next one differentiates.
///
/// # Errors
///
/// As the backend's derivative.
pub fn nested_derivatives<B>(backend: &B, x: f64) -> Result<[f64; 2]>
where
    B: PrepareDerivative<Twice<B>, f64, UnaryShape> + PrepareDerivative<Thrice<B>, f64, UnaryShape>,
{
    let twice = DerivativeBy { backend: backend.clone(), function: SineOfDouble };
    let thrice = DerivativeBy { backend: backend.clone(), function: twice.clone() };
    Ok([derivative(backend, twice, x)?, derivative(backend, thrice, x)?])
}

/// Compares [`nested_derivatives`] with closed forms.
///
/// # Panics
///
/// If they differ by more than rounding.
pub fn assert_nested<B>(backend: &B)
where
    B: PrepareDerivative<Twice<B>, f64, UnaryShape> + PrepareDerivative<Thrice<B>, f64, UnaryShape>,
{
    let x: f64 = 0.3;
    let closed = [-4.0 * (2.0 * x).sin(), -8.0 * (2.0 * x).cos()];
    let found = nested_derivatives(backend, x);
    let near = |found: [f64; 2]| found.iter().zip(closed).all(|(found, closed)| (found - closed).abs() < 1e-10);
    assert!(found.as_ref().is_ok_and(|&found| near(found)), "{}: {found:?}, not {closed:?}", backend.name());
}
