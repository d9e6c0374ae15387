//! The curved valley.

use crate::random::Random;
use di_core::{Real, ScalarFn, Shadow, differentiable};

/// `Σ_i 100 (x_{i+1} − x_i²)² + (x_i − 1)²`, of any number of inputs.
///
/// # References
///
/// Rosenbrock, "An automatic method for finding the greatest or least value of a function", *The Computer Journal* 3 (1960).
#[derive(Clone, Copy, Debug, Default, Shadow)]
#[shadow(constant)]
pub struct Rosenbrock;

impl Rosenbrock {
    /// A random point of so many numbers.
    #[must_use]
    pub fn point(self, inputs: usize, seed: u64) -> Vec<f64> {
        Random::new(seed).vector(inputs, -1.5, 1.5)
    }

    /// Writes the gradient at `x` and returns the value, by code written for it.
    pub fn value_and_gradient_into(self, x: &[f64], gradient: &mut [f64]) -> f64 {
        let (mut sum, mut carried) = (0.0, 0.0);
        for (pair, gradient) in x.windows(2).zip(&mut *gradient) {
            let (across, along) = (pair[1] - pair[0] * pair[0], pair[0] - 1.0);
            sum += across * across * 100.0 + along * along;
            let bent = 200.0 * across;
            *gradient = carried - 2.0 * pair[0] * bent + 2.0 * along;
            carried = bent;
        }
        if let Some(last) = gradient.last_mut() {
            *last = carried;
        }
        sum
    }
}

#[differentiable]
impl<T: Real> ScalarFn<T> for Rosenbrock {
    fn call(&self, x: &[T]) -> T {
        let mut sum = T::zero();
        for i in 1..x.len() {
            let across = x[i] - x[i - 1] * x[i - 1];
            let along = x[i - 1] - 1.0;
            sum += across * across * 100.0 + along * along;
        }
        sum
    }
}
