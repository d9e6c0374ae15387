//! A conservation law on a line.

use crate::Number;
use di_backends::ndarray::Array2;
use di_backends::{Real, VectorFn};

/// Upwind differences of the flux `u²/2` on a periodic grid: `y_i = 10 (x_{i-1}² - x_i²) / 2`.
#[derive(Clone, Copy, Debug)]
pub struct Upwind;

impl Upwind {
    /// A point of `n` numbers about 1.
    #[must_use]
    pub fn point(n: u32) -> Vec<f64> {
        (0..n).map(|i| 1.0 + (f64::from(i) * 0.1).sin() * 0.5).collect()
    }

    /// The function, of any numbers.
    #[inline]
    pub fn evaluate<T: Number>(x: &[T], y: &mut [T]) {
        let flux = |u: T| u * u * 0.5;
        y[0] = (flux(x[x.len() - 1]) - flux(x[0])) * 10.0;
        for (y, pair) in y[1..].iter_mut().zip(x.windows(2)) {
            *y = (flux(pair[0]) - flux(pair[1])) * 10.0;
        }
    }

    /// The Jacobian: two diagonals and a corner.
    #[must_use]
    pub fn jacobian(x: &[f64]) -> Array2<f64> {
        let n = x.len();
        let mut jac = Array2::zeros((n, n));
        for i in 0..n {
            let before = (i + n - 1) % n;
            jac[(i, i)] = -10.0 * x[i];
            jac[(i, before)] = 10.0 * x[before];
        }
        jac
    }
}

impl<T: Real> VectorFn<T> for Upwind {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    #[inline]
    fn call_into(&self, x: &[T], y: &mut [T]) {
        Self::evaluate(x, y);
    }
}
