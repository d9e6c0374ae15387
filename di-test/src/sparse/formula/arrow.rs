//! Arrowheads: one unknown that meets all others.

use super::Reference;
use di_core::{Scalar, Shadow, VectorFn, differentiable};

/// `y_0 = Σ x_j²`, `y_i = x_0 x_i + x_i³`: a dense row, a dense column and the diagonal.
#[derive(Clone, Copy, Debug, Default, Shadow)]
#[shadow(constant)]
pub struct Arrow;

/// `x_0 Σ x_i² + Σ x_i⁴`, the sums without `x_0`, and `x_0³`.
#[derive(Clone, Copy, Debug, Default, Shadow)]
#[shadow(constant)]
pub struct ArrowEnergy;

#[differentiable]
impl<T: Scalar> VectorFn<T> for Arrow {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let n = x.len();
        if n > 0 {
            let mut sum = T::zero();
            for j in 0..n {
                sum += x[j] * x[j];
            }
            y[0] = sum;
            for i in 1..n {
                y[i] = x[0] * x[i] + x[i] * x[i] * x[i];
            }
        }
    }
}

#[differentiable]
impl<T: Scalar> VectorFn<T> for ArrowEnergy {
    fn output_len(&self, _input_len: usize) -> usize {
        1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let mut sum = T::zero();
        let mut squares = T::zero();
        for i in 1..x.len() {
            let square = x[i] * x[i];
            squares += square;
            sum += square * square;
        }
        if !x.is_empty() {
            sum += x[0] * squares + x[0] * x[0] * x[0];
        }
        y[0] = sum;
    }
}

impl Reference for Arrow {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for (i, &own) in x.iter().enumerate() {
            add(0, i, 2.0 * own);
            if i > 0 {
                add(i, 0, own);
                add(i, i, x[0] + 3.0 * own * own);
            }
        }
    }
}

impl Reference for ArrowEnergy {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for (i, &own) in x.iter().enumerate() {
            if i == 0 {
                add(0, 0, 3.0 * own * own);
            } else {
                add(0, 0, own * own);
                add(0, i, 2.0 * x[0] * own + 4.0 * own.powi(3));
            }
        }
    }

    fn hessian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for (i, &own) in x.iter().enumerate() {
            if i == 0 {
                add(0, 0, 6.0 * own);
            } else {
                add(0, i, 2.0 * own);
                add(i, 0, 2.0 * own);
                add(i, i, 2.0 * x[0] + 12.0 * own * own);
            }
        }
    }
}
