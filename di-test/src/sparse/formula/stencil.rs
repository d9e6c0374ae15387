//! Diffusion in three dimensions.

use super::Reference;
use di_core::{Scalar, Shadow, VectorFn, differentiable};

/// Nonlinear diffusion with a sink on a grid of `side³` cells, `y_c = Σ (1 + u_c u_n)(u_n - u_c) - u_c³` over the neighbours
/// `n` of `c` that are inside: a stencil of seven points.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct Stencil {
    /// The cells along a side.
    pub side: usize,
}

impl Stencil {
    /// The cells beside a cell; the cell itself where it is at a wall, so that nothing flows.
    fn neighbours(self, cell: usize) -> [usize; 6] {
        let n = self.side;
        let (i, j, k) = (cell / (n * n), cell / n % n, cell % n);
        let beside = |place: usize, stride: usize| {
            let below = if place > 0 { cell - stride } else { cell };
            [below, if place + 1 < n { cell + stride } else { cell }]
        };
        let [[a, b], [c, d], [e, f]] = [beside(i, n * n), beside(j, n), beside(k, 1)];
        [a, b, c, d, e, f]
    }
}

#[differentiable]
impl<T: Scalar> VectorFn<T> for Stencil {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        for cell in 0..x.len() {
            let near = self.neighbours(cell);
            let own = x[cell];
            let mut sum = own * own * own * T::lift(-1.0);
            for side in 0..6 {
                let other = x[near[side]];
                sum += (own * other + T::one()) * (other - own);
            }
            y[cell] = sum;
        }
    }
}

impl Reference for Stencil {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for (cell, &own) in x.iter().enumerate() {
            add(cell, cell, -3.0 * own * own);
            for near in self.neighbours(cell).into_iter().filter(|&near| near != cell) {
                let other = x[near];
                add(cell, near, 1.0 + 2.0 * own * other - own * own);
                add(cell, cell, other * other - 2.0 * own * other - 1.0);
            }
        }
    }
}
