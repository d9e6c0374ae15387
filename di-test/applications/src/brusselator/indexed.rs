//! The same right-hand side, in one pass with an index for each neighbour.

use super::{Brusselator, SPREAD};
use di_core::{Real, Shadow, VectorFn, differentiable};

/// The same function as [`Brusselator`], as it is written first: one loop over the cells, with an index for each neighbour.
///
/// Compilers do not vectorise it; the plain evaluation takes more than twice as long.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct IndexedBrusselator(pub Brusselator);

#[differentiable]
impl<T: Real> VectorFn<T> for IndexedBrusselator {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, state: &[T], rate: &mut [T]) {
        let side = self.0.side;
        let cells = side * side;
        let (u, v) = state.split_at(cells);
        for i in 0..side {
            let above = if i == 0 { side - 1 } else { i - 1 };
            let below = if i + 1 == side { 0 } else { i + 1 };
            for j in 0..side {
                let left = if j == 0 { side - 1 } else { j - 1 };
                let right = if j + 1 == side { 0 } else { j + 1 };
                let here = i * side + j;
                let (a, b, l, r) = (above * side + j, below * side + j, i * side + left, i * side + right);
                let reaction = u[here] * u[here] * v[here];
                let spread_u = (u[a] + u[b] + u[l] + u[r] - u[here] * 4.0) * SPREAD;
                let spread_v = (v[a] + v[b] + v[l] + v[r] - v[here] * 4.0) * SPREAD;
                rate[here] = spread_u + reaction - u[here] * 4.4 + 1.0;
                rate[cells + here] = spread_v - reaction + u[here] * 3.4;
            }
        }
    }
}
