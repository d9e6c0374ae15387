//! A network of two hidden layers, as training sees it.

mod adjoint;

use crate::data::{Result, check_least, check_length};
use crate::random::Random;
use di_core::{Real, ScalarFn, Shadow, differentiable};

pub use adjoint::MlpAdjoint;

/// The squared error of a network with two hidden layers of `tanh` and one output, summed over a batch of samples, as a
/// function of its weights.
///
/// Inputs and hidden layers have one width. The weights of each layer are a matrix, row by row, then a bias.
///
/// # References
///
/// Goodfellow, Bengio and Courville, *Deep Learning* (2016), chapter 6.
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
pub struct Mlp {
    width: usize,
    /// The inputs of each sample.
    inputs: Vec<f64>,
    /// What the network should make of them.
    targets: Vec<f64>,
}

impl Mlp {
    /// A network of this width with samples to learn from.
    ///
    /// # Errors
    ///
    /// [`DataError::TooFew`](crate::DataError::TooFew) and [`DataError::Length`](crate::DataError::Length).
    pub fn new(width: usize, inputs: Vec<f64>, targets: Vec<f64>) -> Result<Self> {
        check_least("entries of a layer", 1, width)?;
        check_length("inputs", width * targets.len(), inputs.len())?;
        Ok(Self { width, inputs, targets })
    }

    /// A network of this width with so many random samples.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn random(width: usize, samples: usize, seed: u64) -> Result<Self> {
        let mut random = Random::new(seed);
        Self::new(width, random.vector(width * samples, -1.0, 1.0), random.vector(samples, -1.0, 1.0))
    }

    /// The number of weights.
    #[must_use]
    pub fn input_len(&self) -> usize {
        2 * self.layer() + self.width + 1
    }

    /// Random weights.
    #[must_use]
    pub fn point(&self, seed: u64) -> Vec<f64> {
        Random::new(seed).vector(self.input_len(), -0.2, 0.2)
    }

    /// The weights of a hidden layer.
    fn layer(&self) -> usize {
        self.width * (self.width + 1)
    }
}

#[differentiable]
impl<T: Real> ScalarFn<T> for Mlp {
    fn call(&self, weights: &[T]) -> T {
        let (width, layer) = (self.width, self.layer());
        let first = &weights[..layer];
        let second = &weights[layer..2 * layer];
        let third = &weights[2 * layer..];
        let mut one = vec![T::zero(); width];
        let mut two = vec![T::zero(); width];
        let mut loss = T::zero();
        for sample in 0..self.targets.len() {
            respond_to_constants(first, &self.inputs[sample * width..(sample + 1) * width], &mut one);
            respond(second, &one, &mut two);
            let mut error = third[width] - self.targets[sample];
            for i in 0..width {
                error += third[i] * two[i];
            }
            loss += error * error;
        }
        loss
    }
}

/// A layer: `y = tanh(W x + b)`.
#[differentiable]
fn respond<T: Real>(weights: &[T], x: &[T], y: &mut [T]) {
    let n = x.len();
    for i in 0..n {
        let row = &weights[i * n..(i + 1) * n];
        let mut sum = weights[n * n + i];
        for j in 0..n {
            sum += row[j] * x[j];
        }
        y[i] = sum.tanh();
    }
}

/// As [`respond`], with inputs that are data.
#[differentiable]
fn respond_to_constants<T: Real>(weights: &[T], x: &[f64], y: &mut [T]) {
    let n = x.len();
    for i in 0..n {
        let row = &weights[i * n..(i + 1) * n];
        let mut sum = weights[n * n + i];
        for j in 0..n {
            sum += row[j] * x[j];
        }
        y[i] = sum.tanh();
    }
}
