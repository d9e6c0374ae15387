//! The curved valley, for gradients and Hessians.

use di_backends::{Real, ScalarFn, Shadow, differentiable};
use ndarray::Array2;

/// `Σ 100 (x_{i+1} - x_i²)² + (1 - x_i)²`.
///
/// # References
///
/// Rosenbrock, "An automatic method for finding the greatest or least value of a function" (1960).
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct Rosenbrock;

#[differentiable]
impl<T: Real> ScalarFn<T> for Rosenbrock {
    fn call(&self, x: &[T]) -> T {
        let term = |pair: &[T]| (pair[1] - pair[0] * pair[0]).powi(2) * 100.0 + (pair[0] - 1.0).powi(2);
        x.windows(2).map(term).sum()
    }
}

impl Rosenbrock {
    /// The gradient, by hand.
    #[must_use]
    pub fn gradient(x: &[f64]) -> Vec<f64> {
        let mut grad = vec![0.0; x.len()];
        for (i, pair) in x.windows(2).enumerate() {
            let across = pair[1] - pair[0] * pair[0];
            grad[i] += -400.0 * pair[0] * across - 2.0 * (1.0 - pair[0]);
            grad[i + 1] += 200.0 * across;
        }
        grad
    }

    /// The Hessian, by hand: three diagonals.
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
