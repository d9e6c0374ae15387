//! Powers of differences of neighbours.

use super::Reference;
use di_core::{Scalar, Shadow, VectorFn, differentiable};

/// `y_i = (x_{i+1} - x_i)²`.
#[derive(Clone, Copy, Debug, Default, Shadow)]
#[shadow(constant)]
pub struct DiffSquare;

/// `(x_{i+1} - x_i)²`, and below them `(x_{i+1} - x_i)³`.
#[derive(Clone, Copy, Debug, Default, Shadow)]
#[shadow(constant)]
pub struct DiffSquareCube;

/// `Σ (x_{i+1} - x_i)³`.
#[derive(Clone, Copy, Debug, Default, Shadow)]
#[shadow(constant)]
pub struct SumDiffCube;

#[differentiable]
impl<T: Scalar> VectorFn<T> for DiffSquare {
    fn output_len(&self, input_len: usize) -> usize {
        input_len.saturating_sub(1)
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        for i in 0..y.len() {
            let difference = x[i + 1] - x[i];
            y[i] = difference * difference;
        }
    }
}

#[differentiable]
impl<T: Scalar> VectorFn<T> for DiffSquareCube {
    fn output_len(&self, input_len: usize) -> usize {
        2 * input_len.saturating_sub(1)
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let count = y.len() / 2;
        for i in 0..count {
            let difference = x[i + 1] - x[i];
            let square = difference * difference;
            y[i] = square;
            y[count + i] = square * difference;
        }
    }
}

#[differentiable]
impl<T: Scalar> VectorFn<T> for SumDiffCube {
    fn output_len(&self, _input_len: usize) -> usize {
        1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let mut sum = T::zero();
        for i in 1..x.len() {
            let difference = x[i] - x[i - 1];
            sum += difference * difference * difference;
        }
        y[0] = sum;
    }
}

/// The differences, numbered.
fn differences(x: &[f64]) -> impl Iterator<Item = (usize, f64)> {
    x.windows(2).map(|w| w[1] - w[0]).enumerate()
}

impl Reference for DiffSquare {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for (i, d) in differences(x) {
            add(i, i, -2.0 * d);
            add(i, i + 1, 2.0 * d);
        }
    }
}

impl Reference for DiffSquareCube {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        DiffSquare.jacobian(x, add);
        for (i, d) in differences(x) {
            add(x.len() - 1 + i, i, -3.0 * d * d);
            add(x.len() - 1 + i, i + 1, 3.0 * d * d);
        }
    }
}

impl Reference for SumDiffCube {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for (i, d) in differences(x) {
            add(0, i, -3.0 * d * d);
            add(0, i + 1, 3.0 * d * d);
        }
    }

    fn hessian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for (i, d) in differences(x) {
            add(i, i, 6.0 * d);
            add(i + 1, i + 1, 6.0 * d);
            add(i, i + 1, -6.0 * d);
            add(i + 1, i, -6.0 * d);
        }
    }
}
