//! A conservation law on a line.

use di_backends::{Real, Shadow, VectorFn, differentiable};
use ndarray::ArrayViewMut2;

/// Upwind differences of Burgers' flux on a periodic grid with cells of width `1 / speed`:
///
/// ```math
/// y_i = a \left( \tfrac12 x_{i-1}^2 - \tfrac12 x_i^2 \right)
/// ```
///
/// # References
///
/// Toro, *Riemann Solvers and Numerical Methods for Fluid Dynamics*, 3rd ed. (2009), section 5.3.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct Upwind {
    /// The factor `a`, one over the width of a cell.
    pub speed: f64,
}

impl Upwind {
    /// A wave of `n` cells about 1.
    #[must_use]
    pub fn wave(n: u32) -> Vec<f64> {
        (0..n).map(|i| 1.0 + (f64::from(i) * 0.1).sin() * 0.5).collect()
    }

    /// Writes the Jacobian, two diagonals and a corner, all of whose zeros are written too.
    pub fn jacobian_into(&self, x: &[f64], mut jac: ArrayViewMut2<'_, f64>) {
        jac.fill(0.0);
        let mut before = x.len() - 1;
        for i in 0..x.len() {
            jac[(i, before)] = self.speed * x[before];
            jac[(i, i)] = -self.speed * x[i];
            before = i;
        }
    }
}

#[differentiable]
impl<T: Real> VectorFn<T> for Upwind {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    #[inline]
    fn call_into(&self, x: &[T], y: &mut [T]) {
        let flux = |u: T| u * u * 0.5;
        y[0] = (flux(x[x.len() - 1]) - flux(x[0])) * self.speed;
        for (y, pair) in y[1..].iter_mut().zip(x.windows(2)) {
            *y = (flux(pair[0]) - flux(pair[1])) * self.speed;
        }
    }
}
