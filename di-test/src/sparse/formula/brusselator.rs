//! A reaction with diffusion on a square.

use super::{Reference, number};
use di_core::{Scalar, Shadow, VectorFn, differentiable};

/// The right-hand side of the Brusselator on a periodic grid of `side × side` cells of a unit square:
///
/// ```math
/// \dot u = 1 + u^2 v - 4.4 u + \alpha \nabla^2 u, \qquad \dot v = 3.4 u - u^2 v + \alpha \nabla^2 v
/// ```
///
/// with α = 1/50. The state holds all of `u`, row by row, then all of `v`.
///
/// # References
///
/// Hairer and Wanner, *Solving Ordinary Differential Equations II* (1996), section IV.10.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct BrusselatorGrid {
    /// The cells along a side: three or more, so that no neighbour is met twice.
    pub side: usize,
}

impl BrusselatorGrid {
    /// The coefficient of diffusion divided by the square of the distance of cells.
    fn spread(self) -> f64 {
        number(self.side * self.side) / 50.0
    }

    /// The cells beside a cell.
    fn neighbours(self, cell: usize) -> [usize; 4] {
        let n = self.side;
        let (i, j) = (cell / n, cell % n);
        [(i + n - 1) % n * n + j, (i + 1) % n * n + j, i * n + (j + n - 1) % n, i * n + (j + 1) % n]
    }
}

#[differentiable]
impl<T: Scalar> VectorFn<T> for BrusselatorGrid {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let cells = self.side * self.side;
        let spread = self.spread();
        for i in 0..cells {
            let near = self.neighbours(i);
            let (u, v) = (x[i], x[cells + i]);
            let around_u = x[near[0]] + x[near[1]] + x[near[2]] + x[near[3]] - u * T::lift(4.0);
            let around_v = x[cells + near[0]] + x[cells + near[1]] + x[cells + near[2]] + x[cells + near[3]];
            let reaction = u * u * v;
            y[i] = reaction - u * T::lift(4.4) + around_u * T::lift(spread) + T::one();
            y[cells + i] = u * T::lift(3.4) - reaction + (around_v - v * T::lift(4.0)) * T::lift(spread);
        }
    }
}

impl Reference for BrusselatorGrid {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        let cells = self.side * self.side;
        let spread = self.spread();
        for i in 0..cells {
            let (u, v) = (x[i], x[cells + i]);
            for near in self.neighbours(i) {
                add(i, near, spread);
                add(cells + i, cells + near, spread);
            }
            add(i, i, 2.0 * u * v - 4.4 - 4.0 * spread);
            add(i, cells + i, u * u);
            add(cells + i, i, 3.4 - 2.0 * u * v);
            add(cells + i, cells + i, -u * u - 4.0 * spread);
        }
    }
}
