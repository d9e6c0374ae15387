//! One layer of a network.

use crate::number::scalar_function;
use crate::{Expression, Number};
use di_backends::{Real, ScalarFn};

const SIZE: usize = 64;
const WEIGHTS: usize = SIZE * SIZE;

/// `Σ_i tanh(W x + b)_i²` of a 64 × 64 matrix; its inputs are `W`, row by row, then `b`, then `x`.
#[derive(Clone, Copy, Debug)]
pub struct DenseLoops;

/// What the layer is made of.
fn split<T>(inputs: &[T]) -> (&[T], &[T], &[T]) {
    let (weights, rest) = inputs.split_at(WEIGHTS);
    let (bias, x) = rest.split_at(SIZE);
    (weights, bias, x)
}

impl Expression for DenseLoops {
    #[inline]
    fn evaluate<T: Number>(&self, inputs: &[T], tanh: impl Fn(T) -> T + Copy) -> T {
        let (weights, bias, x) = split(inputs);
        let outputs = weights.chunks_exact(SIZE).zip(bias).map(|(row, &bias)| {
            let y = tanh(row.iter().zip(x).fold(bias, |sum, (&w, &x)| sum + w * x));
            y * y
        });
        outputs.reduce(|sum, y| sum + y).expect("the layer has outputs")
    }
}

scalar_function!(DenseLoops);

impl DenseLoops {
    /// Weights and inputs.
    #[must_use]
    pub fn point() -> Vec<f64> {
        let mut numbers = super::uniform(3);
        (0..WEIGHTS + 2 * SIZE).map(|_| numbers() * 0.2).collect()
    }

    /// Writes the gradient and returns the value.
    pub fn adjoint(inputs: &[f64], grad: &mut [f64]) -> f64 {
        let (weights, bias, x) = split(inputs);
        let (grad_weights, rest) = grad.split_at_mut(WEIGHTS);
        let (grad_bias, grad_x) = rest.split_at_mut(SIZE);
        grad_x.fill(0.0);
        let mut sum = 0.0;
        for (i, row) in weights.chunks_exact(SIZE).enumerate() {
            let y = row.iter().zip(x).fold(bias[i], |sum, (w, x)| sum + w * x).tanh();
            sum += y * y;
            let slope = 2.0 * y * (1.0 - y * y);
            grad_bias[i] = slope;
            for (grad, x) in grad_weights[i * SIZE..][..SIZE].iter_mut().zip(x) {
                *grad = slope * x;
            }
            for (grad, w) in grad_x.iter_mut().zip(row) {
                *grad += slope * w;
            }
        }
        sum
    }
}

/// The same function, with products of vectors in one piece.
#[derive(Clone, Copy, Debug)]
pub struct DenseDots;

impl<T: Real> ScalarFn<T> for DenseDots {
    fn call(&self, inputs: &[T]) -> T {
        let (weights, bias, x) = split(inputs);
        let mut sum = T::zero();
        for (row, &bias) in weights.chunks_exact(SIZE).zip(bias) {
            let y = (T::dot(row, x) + bias).tanh();
            sum += y * y;
        }
        sum
    }
}
