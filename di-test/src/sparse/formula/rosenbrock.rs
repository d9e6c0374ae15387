//! The curved valley, and functions of single unknowns.

use super::Reference;
use di_core::{Scalar, Shadow, VectorFn, differentiable};

/// `Σ 100 (x_{i+1} - x_i²)² + (1 - x_i)²`.
///
/// # References
///
/// Rosenbrock, "An automatic method for finding the greatest or least value of a function", *The Computer Journal* 3 (1960).
#[derive(Clone, Copy, Debug, Default, Shadow)]
#[shadow(constant)]
pub struct ChainedRosenbrock;

/// `Σ sin x_i`: a diagonal Hessian.
#[derive(Clone, Copy, Debug, Default, Shadow)]
#[shadow(constant)]
pub struct SumOfSines;

/// `Σ x_i`: a Hessian without entries.
#[derive(Clone, Copy, Debug, Default, Shadow)]
#[shadow(constant)]
pub struct PlainSum;

#[differentiable]
impl<T: Scalar> VectorFn<T> for ChainedRosenbrock {
    fn output_len(&self, _input_len: usize) -> usize {
        1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let mut sum = T::zero();
        for i in 1..x.len() {
            let across = x[i] - x[i - 1] * x[i - 1];
            let along = T::one() - x[i - 1];
            sum += across * across * T::lift(100.0) + along * along;
        }
        y[0] = sum;
    }
}

#[differentiable]
impl<T: Scalar> VectorFn<T> for SumOfSines {
    fn output_len(&self, _input_len: usize) -> usize {
        1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let mut sum = T::zero();
        for i in 0..x.len() {
            sum += x[i].sin();
        }
        y[0] = sum;
    }
}

#[differentiable]
impl<T: Scalar> VectorFn<T> for PlainSum {
    fn output_len(&self, _input_len: usize) -> usize {
        1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let mut sum = T::zero();
        for i in 0..x.len() {
            sum += x[i];
        }
        y[0] = sum;
    }
}

impl Reference for ChainedRosenbrock {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for (i, w) in x.windows(2).enumerate() {
            let across = w[1] - w[0] * w[0];
            add(0, i, -400.0 * w[0] * across - 2.0 * (1.0 - w[0]));
            add(0, i + 1, 200.0 * across);
        }
    }

    fn hessian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for (i, w) in x.windows(2).enumerate() {
            add(i, i, 1200.0 * w[0] * w[0] - 400.0 * w[1] + 2.0);
            add(i, i + 1, -400.0 * w[0]);
            add(i + 1, i, -400.0 * w[0]);
            add(i + 1, i + 1, 200.0);
        }
    }
}

impl Reference for SumOfSines {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        x.iter().enumerate().for_each(|(i, x)| add(0, i, x.cos()));
    }

    fn hessian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        x.iter().enumerate().for_each(|(i, x)| add(i, i, -x.sin()));
    }
}

impl Reference for PlainSum {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        (0..x.len()).for_each(|i| add(0, i, 1.0));
    }
}
