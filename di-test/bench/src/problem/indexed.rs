//! The Brusselator once more, as it is written first: one pass, with indices.

use super::Brusselator;
use di_backends::{Real, VectorFn};

/// The same function as [`Brusselator`], in one loop over the cells with an index for each neighbour; compilers do not
/// vectorise it.
#[derive(Clone, Copy, Debug)]
pub struct IndexedBrusselator(pub Brusselator);

impl<T: Real> VectorFn<T> for IndexedBrusselator {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, state: &[T], rate: &mut [T]) {
        let side = self.0.side;
        let (u, v) = state.split_at(side * side);
        let (du, dv) = rate.split_at_mut(side * side);
        for row in 0..side {
            let (below, above) = ((row + 1) % side, (row + side - 1) % side);
            for column in 0..side {
                let right = if column + 1 == side { 0 } else { column + 1 };
                let left = if column == 0 { side - 1 } else { column - 1 };
                let here = row * side + column;
                let around = [row * side + right, row * side + left, below * side + column, above * side + column];
                let diffusion = |w: &[T]| {
                    let [a, b, c, d] = around.map(|neighbour| w[neighbour]);
                    (a + b + c + d - w[here] * 4.0) * super::brusselator::SPREAD
                };
                let reaction = u[here] * u[here] * v[here];
                du[here] = diffusion(u) + reaction - u[here] * 4.4 + 1.0;
                dv[here] = diffusion(v) - reaction + u[here] * 3.4;
            }
        }
    }
}
