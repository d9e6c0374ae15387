//! A recurrent network with memory.

mod adjoint;
mod file;

use crate::data::{Result, check_least, check_length, real};
use crate::random::Random;
use di_core::{Real, ScalarFn, Shadow, differentiable};

pub use adjoint::LstmAdjoint;

/// The mean negative logarithm of the likelihood of a sequence of vectors under a network of diagonal LSTM layers.
///
/// In each step, with `σ(x) = 1/(1 + e^{-x})` and everything entry by entry, `v = s_t w_in` goes through the layers,
///
/// ```math
/// c \leftarrow c\,\sigma(v W_f + b_f) + \sigma(h W_i + b_i)\tanh(h W_c + b_c), \qquad
/// h \leftarrow \sigma(v W_o + b_o)\tanh c, \qquad v \leftarrow h
/// ```
///
/// and with `y = v w_out + b_out` the step adds `Σ_j s_{t+1,j} (y_j − log(2 + Σ_k e^{y_k}))`.
///
/// The inputs are, for l layers of width b, N = 8lb + 3b numbers: of each layer the weights and the biases of the gates
/// `f`, `i`, `o` and of the change `c`, then `w_in`, `w_out` and `b_out`.
///
/// # References
///
/// The problem `LSTM` of `ADBench`; Hochreiter and Schmidhuber, "Long short-term memory", *Neural Computation* 9 (1997).
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
pub struct Lstm {
    layers: usize,
    width: usize,
    state: Vec<f64>,
    sequence: Vec<f64>,
}

impl Lstm {
    /// A network of so many layers and entries. `state` holds `h` and `c` of each layer, `sequence` vectors one after the
    /// other, at least two.
    ///
    /// # Errors
    ///
    /// [`DataError::TooFew`](crate::DataError::TooFew) and [`DataError::Length`](crate::DataError::Length).
    pub fn new(layers: usize, width: usize, state: Vec<f64>, sequence: Vec<f64>) -> Result<Self> {
        check_least("layers", 1, layers)?;
        check_least("entries of a layer", 1, width)?;
        check_length("state", 2 * layers * width, state.len())?;
        check_length("sequence", (sequence.len() / width * width).max(2 * width), sequence.len())?;
        Ok(Self { layers, width, state, sequence })
    }

    /// A network for a random sequence of so many vectors.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn random(layers: usize, width: usize, count: usize, seed: u64) -> Result<Self> {
        let mut random = Random::new(seed);
        let state = random.vector(2 * layers * width, 0.0, 1.0);
        let sequence = (0..count * width).map(|_| real(random.below(2))).collect();
        Self::new(layers, width, state, sequence)
    }

    /// The number of inputs.
    #[must_use]
    pub fn input_len(&self) -> usize {
        (8 * self.layers + 3) * self.width
    }

    /// Random parameters.
    #[must_use]
    pub fn point(&self, seed: u64) -> Vec<f64> {
        Random::new(seed).vector(self.input_len(), -1.0, 1.0)
    }

    fn steps(&self) -> usize {
        self.sequence.len() / self.width - 1
    }
}

#[differentiable]
impl<T: Real> ScalarFn<T> for Lstm {
    fn call(&self, x: &[T]) -> T {
        let b = self.width;
        let (main, extra) = (&x[..8 * self.layers * b], &x[8 * self.layers * b..]);
        let mut state = vec![T::zero(); 2 * self.layers * b];
        for i in 0..state.len() {
            state[i] = T::lift(self.state[i]);
        }
        let mut v = vec![T::zero(); b];
        let mut total = T::zero();
        for t in 0..self.steps() {
            let entering = &self.sequence[t * b..(t + 1) * b];
            let following = &self.sequence[(t + 1) * b..(t + 2) * b];
            for j in 0..b {
                v[j] = extra[j] * entering[j];
            }
            for layer in 0..self.layers {
                let parameters = &main[layer * 8 * b..(layer + 1) * 8 * b];
                advance(parameters, &mut state[layer * 2 * b..(layer + 1) * 2 * b], &mut v);
            }
            total += log_likelihood(&extra[b..], &v, following);
        }
        -total / real(self.steps() * b)
    }
}

/// One layer: from `h`, `c` and `v` to the next ones.
#[differentiable]
fn advance<T: Real>(parameters: &[T], state: &mut [T], v: &mut [T]) {
    let b = v.len();
    let (weights, biases) = (&parameters[..4 * b], &parameters[4 * b..]);
    for j in 0..b {
        let hidden = state[j];
        let forget = sigmoid(v[j] * weights[j] + biases[j]);
        let ingate = sigmoid(hidden * weights[b + j] + biases[b + j]);
        let outgate = sigmoid(v[j] * weights[2 * b + j] + biases[2 * b + j]);
        let change = (hidden * weights[3 * b + j] + biases[3 * b + j]).tanh();
        let cell = state[b + j] * forget + ingate * change;
        state[b + j] = cell;
        state[j] = outgate * cell.tanh();
        v[j] = state[j];
    }
}

/// `Σ_j s_j (y_j − log(2 + Σ_k e^{y_k}))`, with `y = v w + b`.
#[differentiable]
fn log_likelihood<T: Real>(output: &[T], v: &[T], following: &[f64]) -> T {
    let b = v.len();
    let mut sum = T::zero();
    let mut hits = T::zero();
    let mut weight = 0.0;
    for j in 0..b {
        let y = v[j] * output[j] + output[b + j];
        sum += y.exp();
        hits += y * following[j];
        weight += following[j];
    }
    hits - (sum + 2.0).ln() * weight
}

#[differentiable]
fn sigmoid<T: Real>(x: T) -> T {
    ((-x).exp() + 1.0).recip()
}
