//! Residuals of a large problem without order.

use super::Reference;
use di_core::{Scalar, Shadow, VectorFn, differentiable};

/// Three residuals for each two unknowns, `y_k = x_a x_b - sin x_c`, with `a = k`, `b = 7919 k + 13` and `c = k + 1`, all modulo
/// the number of unknowns: rows of three entries, far from each other, as of a graph without geometry.
#[derive(Clone, Copy, Debug, Default, Shadow)]
#[shadow(constant)]
pub struct LeastSquares;

/// The unknowns of a residual.
fn unknowns(k: usize, n: usize) -> [usize; 3] {
    [k % n, (7919 * k + 13) % n, (k + 1) % n]
}

#[differentiable]
impl<T: Scalar> VectorFn<T> for LeastSquares {
    fn output_len(&self, input_len: usize) -> usize {
        input_len * 3 / 2
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let n = x.len();
        for k in 0..y.len() {
            let places = unknowns(k, n);
            y[k] = x[places[0]] * x[places[1]] - x[places[2]].sin();
        }
    }
}

impl Reference for LeastSquares {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for k in 0..x.len() * 3 / 2 {
            let [a, b, c] = unknowns(k, x.len());
            add(k, a, x[b]);
            add(k, b, x[a]);
            add(k, c, -x[c].cos());
        }
    }
}
