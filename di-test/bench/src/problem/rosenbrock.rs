//! The curved valley.

use crate::number::scalar_function;
use crate::{Expression, Number};
use di_backends::ndarray::Array2;
use di_backends::{LocalFn, Real, Scalar, ScalarFn};

/// `Σ 100 (x_{i+1} - x_i²)² + (1 - x_i)²`.
#[derive(Clone, Copy, Debug)]
pub struct Rosenbrock;

impl Expression for Rosenbrock {
    #[inline]
    fn evaluate<T: Number>(&self, x: &[T], _tanh: impl Fn(T) -> T + Copy) -> T {
        let term = |pair: &[T]| {
            let (across, along) = (pair[1] - pair[0] * pair[0], pair[0] - 1.0);
            across * across * 100.0 + along * along
        };
        let mut sum = term(&x[..2]);
        for pair in x[1..].windows(2) {
            sum = sum + term(pair);
        }
        sum
    }
}

scalar_function!(Rosenbrock);

impl Rosenbrock {
    /// The point `1 + i / 1000`.
    #[must_use]
    pub fn point(n: u32) -> Vec<f64> {
        (0..n).map(|i| 1.0 + 0.001 * f64::from(i)).collect()
    }

    /// Writes the gradient and returns the value.
    pub fn adjoint(x: &[f64], grad: &mut [f64]) -> f64 {
        let (mut sum, mut carried) = (0.0, 0.0);
        for (pair, grad) in x.windows(2).zip(&mut *grad) {
            let (across, along) = (pair[1] - pair[0] * pair[0], pair[0] - 1.0);
            sum += across * across * 100.0 + along * along;
            let bent = 200.0 * across;
            *grad = carried - 2.0 * pair[0] * bent + 2.0 * along;
            carried = bent;
        }
        grad[x.len() - 1] = carried;
        sum
    }

    /// The Hessian.
    #[must_use]
    pub fn hessian(x: &[f64]) -> Array2<f64> {
        let mut hess = Array2::zeros((x.len(), x.len()));
        for (i, pair) in x.windows(2).enumerate() {
            hess[(i, i)] += 1200.0 * pair[0] * pair[0] - 400.0 * pair[1] + 2.0;
            hess[(i, i + 1)] -= 400.0 * pair[0];
            hess[(i + 1, i)] -= 400.0 * pair[0];
            hess[(i + 1, i + 1)] += 200.0;
        }
        hess
    }
}

/// The same function, with each term marked as one of few inputs.
#[derive(Clone, Copy, Debug)]
pub struct RosenbrockLocal;

struct Term;

impl LocalFn<2> for Term {
    #[inline]
    fn call<T: Scalar>(&self, [a, b]: [T; 2]) -> T {
        let (across, along) = (b - a * a, a - T::one());
        across * across * T::lift(100.0) + along * along
    }
}

impl<T: Real> ScalarFn<T> for RosenbrockLocal {
    #[inline]
    fn call(&self, x: &[T]) -> T {
        let mut sum = T::zero();
        for pair in x.windows(2) {
            sum += T::local([pair[0], pair[1]], &Term);
        }
        sum
    }
}
