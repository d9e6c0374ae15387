//! A conservation law on a line.

use crate::random::Random;
use di_core::{Real, Shadow, VectorFn, differentiable};

/// The inverse of the distance of grid points.
const SCALE: f64 = 10.0;

/// Upwind differences of the flux `u²/2` on a periodic grid of any size but 0: `y_i = 10 (x_{i-1}² − x_i²) / 2`.
///
/// The Jacobian has two diagonals and a corner.
///
/// # References
///
/// `LeVeque`, *Finite Volume Methods for Hyperbolic Problems* (2002), chapter 4.
#[derive(Clone, Copy, Debug, Default, Shadow)]
#[shadow(constant)]
pub struct Upwind;

impl Upwind {
    /// A random point of so many numbers about 1.
    #[must_use]
    pub fn point(self, inputs: usize, seed: u64) -> Vec<f64> {
        Random::new(seed).vector(inputs, 0.5, 1.5)
    }

    /// Writes the value and the Jacobian, row by row, at `x`, by code written for them.
    pub fn value_and_jacobian_into(self, x: &[f64], y: &mut [f64], jacobian: &mut [f64]) {
        self.call_into(x, y);
        jacobian.fill(0.0);
        let n = x.len();
        let mut before = n - 1;
        for (i, row) in jacobian.chunks_exact_mut(n).enumerate() {
            row[before] = SCALE * x[before];
            row[i] -= SCALE * x[i];
            before = i;
        }
    }
}

#[differentiable]
impl<T: Real> VectorFn<T> for Upwind {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        y[0] = (flux(x[x.len() - 1]) - flux(x[0])) * SCALE;
        for (y, pair) in y[1..].iter_mut().zip(x.windows(2)) {
            *y = (flux(pair[0]) - flux(pair[1])) * SCALE;
        }
    }
}

#[differentiable]
fn flux<T: Real>(u: T) -> T {
    u * u * 0.5
}
