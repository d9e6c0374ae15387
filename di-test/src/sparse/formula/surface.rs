//! A surface that wants to be small, in a potential with two wells.

use super::Reference;
use di_core::{Scalar, Shadow, VectorFn, differentiable};

/// The energy of a field `u` on `side × side` points,
///
/// ```math
/// \sum \sqrt{1 + a^2 + b^2} + \sum (u^2 - 1)^2 / 4
/// ```
///
/// with the differences `a` to the right and `b` downwards, where both are inside: a Hessian of seven diagonals, with gaps.
///
/// # References
///
/// Nocedal and Wright, *Numerical Optimization* (2006), section 8.1 (partially separable functions).
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct Surface {
    /// The points along a side.
    pub side: usize,
}

#[differentiable]
impl<T: Scalar> VectorFn<T> for Surface {
    fn output_len(&self, _input_len: usize) -> usize {
        1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let side = self.side;
        let mut sum = T::zero();
        for i in 1..side {
            for j in 1..side {
                let place = (i - 1) * side + j - 1;
                let a = x[place + 1] - x[place];
                let b = x[place + side] - x[place];
                sum += (a * a + b * b + T::one()).sqrt();
            }
        }
        for k in 0..x.len() {
            let well = x[k] * x[k] - T::one();
            sum += well * well * T::lift(0.25);
        }
        y[0] = sum;
    }
}

impl Surface {
    /// The points that have one to the right and one below, with these, and both differences.
    fn corners(self, x: &[f64]) -> impl Iterator<Item = ([usize; 3], f64, f64)> {
        let inside = self.side.saturating_sub(1);
        (0..inside * inside).map(move |corner| {
            let place = corner / inside * self.side + corner % inside;
            let (right, below) = (place + 1, place + self.side);
            ([place, right, below], x[right] - x[place], x[below] - x[place])
        })
    }
}

/// How the two differences depend on a point and on those to the right and below.
const SLOPES: [[f64; 2]; 3] = [[-1.0, -1.0], [1.0, 0.0], [0.0, 1.0]];

impl Reference for Surface {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for (places, a, b) in self.corners(x) {
            let root = (1.0 + a * a + b * b).sqrt();
            for (place, [by_a, by_b]) in places.into_iter().zip(SLOPES) {
                add(0, place, (a * by_a + b * by_b) / root);
            }
        }
        x.iter().enumerate().for_each(|(k, u)| add(0, k, u * (u * u - 1.0)));
    }

    fn hessian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for (places, a, b) in self.corners(x) {
            let cube = (1.0 + a * a + b * b).powf(1.5);
            let (aa, bb, ab) = ((1.0 + b * b) / cube, (1.0 + a * a) / cube, -a * b / cube);
            for (i, [ia, ib]) in places.into_iter().zip(SLOPES) {
                for (j, [ja, jb]) in places.into_iter().zip(SLOPES) {
                    add(i, j, aa * ia * ja + bb * ib * jb + ab * (ia * jb + ib * ja));
                }
            }
        }
        x.iter().enumerate().for_each(|(k, u)| add(k, k, 3.0 * u * u - 1.0));
    }
}
