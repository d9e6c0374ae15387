//! A network of two hidden layers, as training sees it.

use crate::number::scalar_function;
use crate::{Expression, Number};
use di_backends::{Real, ScalarFn};
use std::array::from_fn;
use std::ops::Mul;

const SIZE: usize = 64;
const LAYER: usize = SIZE * SIZE + SIZE;

/// Inputs and what the network should make of them.
type Sample = ([f64; SIZE], f64);

/// The squared error of a 64-64-64-1 network with `tanh`, summed over a batch, as a function of its weights.
///
/// The weights of each layer are a matrix, row by row, then a bias.
#[derive(Clone, Debug)]
pub struct Mlp {
    samples: Vec<Sample>,
}

/// The rows of a layer, each with its bias.
struct Layer<'w, T> {
    matrix: &'w [T],
    bias: &'w [T],
}

impl<T: Copy> Layer<'_, T> {
    #[inline]
    fn row(&self, i: usize) -> (&[T], T) {
        (&self.matrix[i * SIZE..][..SIZE], self.bias[i])
    }
}

/// The three layers.
#[inline]
fn layers<T>(weights: &[T]) -> [Layer<'_, T>; 3] {
    let layer = |start: usize, rows: usize| {
        let (matrix, bias) = weights[start..][..rows * SIZE + rows].split_at(rows * SIZE);
        Layer { matrix, bias }
    };
    [layer(0, SIZE), layer(LAYER, SIZE), layer(2 * LAYER, 1)]
}

/// A row times a vector, and a bias.
#[inline]
fn affine<T: Number + Mul<X, Output = T>, X: Copy>((row, bias): (&[T], T), x: &[X]) -> T {
    row.iter().zip(x).fold(bias, |sum, (&w, &x)| sum + w * x)
}

impl Mlp {
    /// The number of weights.
    pub const WEIGHTS: usize = 2 * LAYER + SIZE + 1;

    /// A network with so many samples to learn from.
    #[must_use]
    pub fn new(samples: usize) -> Self {
        let mut numbers = super::uniform(4);
        Self { samples: (0..samples).map(|_| (from_fn(|_| numbers()), numbers())).collect() }
    }

    /// Weights to start from.
    #[must_use]
    pub fn point() -> Vec<f64> {
        let mut numbers = super::uniform(5);
        (0..Self::WEIGHTS).map(|_| numbers() * 0.2).collect()
    }

    /// Writes the gradient and returns the value.
    pub fn adjoint(&self, weights: &[f64], grad: &mut [f64]) -> f64 {
        let [first, second, third] = layers(weights);
        grad.fill(0.0);
        let mut loss = 0.0;
        for (x, target) in &self.samples {
            let one: [f64; SIZE] = from_fn(|i| affine(first.row(i), x).tanh());
            let two: [f64; SIZE] = from_fn(|i| affine(second.row(i), &one).tanh());
            let error = affine(third.row(0), &two) - target;
            loss += error * error;
            let from_output = [2.0 * error];
            let from_two = pull(&from_output, &third, &two, &mut grad[2 * LAYER..]);
            let from_two: [f64; SIZE] = from_fn(|i| from_two[i] * (1.0 - two[i] * two[i]));
            let from_one = pull(&from_two, &second, &one, &mut grad[LAYER..2 * LAYER]);
            let from_one: [f64; SIZE] = from_fn(|i| from_one[i] * (1.0 - one[i] * one[i]));
            outer(&from_one, x, &mut grad[..LAYER]);
        }
        loss
    }
}

/// Adds the derivatives in a layer's weights.
fn outer(from: &[f64], x: &[f64; SIZE], grad: &mut [f64]) {
    let (matrix, bias) = grad.split_at_mut(from.len() * SIZE);
    for ((row, bias), from) in matrix.chunks_exact_mut(SIZE).zip(bias).zip(from) {
        *bias += from;
        for (grad, x) in row.iter_mut().zip(x) {
            *grad += from * x;
        }
    }
}

/// Adds the derivatives in a layer's weights, and returns those in its inputs.
fn pull(from: &[f64], layer: &Layer<'_, f64>, x: &[f64; SIZE], grad: &mut [f64]) -> [f64; SIZE] {
    outer(from, x, grad);
    let mut pulled = [0.0; SIZE];
    for (i, from) in from.iter().enumerate() {
        for (pulled, w) in pulled.iter_mut().zip(layer.row(i).0) {
            *pulled += from * w;
        }
    }
    pulled
}

/// With plain loops.
#[derive(Clone, Debug)]
pub struct MlpLoops(pub Mlp);

impl Expression for MlpLoops {
    #[inline]
    fn evaluate<T: Number>(&self, weights: &[T], tanh: impl Fn(T) -> T + Copy) -> T {
        let [first, second, third] = layers(weights);
        let losses = self.0.samples.iter().map(|(x, target)| {
            let one: [T; SIZE] = from_fn(|i| tanh(affine(first.row(i), x)));
            let two: [T; SIZE] = from_fn(|i| tanh(affine(second.row(i), &one)));
            let error = affine(third.row(0), &two) - *target;
            error * error
        });
        losses.reduce(|sum, loss| sum + loss).expect("the batch has samples")
    }
}

scalar_function!(MlpLoops);

/// With products of vectors in one piece.
#[derive(Clone, Debug)]
pub struct MlpDots(pub Mlp);

impl<T: Real> ScalarFn<T> for MlpDots {
    #[inline]
    fn call(&self, weights: &[T]) -> T {
        let [first, second, third] = layers(weights);
        let dot = |(row, bias): (&[T], T), x: &[T]| T::dot(row, x) + bias;
        let mut loss = T::zero();
        for (x, target) in &self.0.samples {
            let one: [T; SIZE] = from_fn(|i| {
                let (row, bias) = first.row(i);
                (T::linear_combination(x, row) + bias).tanh()
            });
            let two: [T; SIZE] = from_fn(|i| dot(second.row(i), &one).tanh());
            let error = dot(third.row(0), &two) - *target;
            loss += error * error;
        }
        loss
    }
}
