//! A small neural network, as training sees it.

use di_backends::{Real, ScalarFn, Shadow, differentiable};

const INPUTS: usize = 4;
const HIDDEN: usize = 8;

/// The mean squared error of a network of one hidden layer, `w₂ · tanh(W₁ x + b₁) + b₂`, as a function of its weights.
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
pub struct Network {
    samples: Vec<([f64; INPUTS], f64)>,
}

impl Network {
    /// The number of weights.
    pub const WEIGHTS: usize = HIDDEN * (INPUTS + 1) + HIDDEN + 1;

    /// A network that is to learn `sin(x_1 + x_2) x_3 - x_4` from so many samples.
    #[must_use]
    pub fn new(samples: usize) -> Self {
        let mut numbers = uniform(42);
        let mut sample = || {
            let x = std::array::from_fn(|_| numbers());
            (x, (x[0] + x[1]).sin() * x[2] - x[3])
        };
        Self { samples: (0..samples).map(|_| sample()).collect() }
    }

    /// Weights to start from.
    #[must_use]
    pub fn start() -> Vec<f64> {
        let mut numbers = uniform(7);
        (0..Self::WEIGHTS).map(|_| numbers() * 0.5).collect()
    }
}

/// Repeatable numbers between -1 and 1, by a linear congruential generator.
fn uniform(mut seed: u64) -> impl FnMut() -> f64 {
    move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let high = u32::try_from(seed >> 32).unwrap_or(u32::MAX);
        f64::from(high) / f64::from(u32::MAX) * 2.0 - 1.0
    }
}

#[differentiable]
impl<T: Real> ScalarFn<T> for Network {
    fn call(&self, weights: &[T]) -> T {
        let (first, rest) = weights.split_at(HIDDEN * INPUTS);
        let (first_bias, rest) = rest.split_at(HIDDEN);
        let (second, second_bias) = rest.split_at(HIDDEN);
        let mut count = 0.0;
        let mut sum = T::zero();
        for (x, y) in &self.samples {
            let mut input = [T::zero(); INPUTS];
            for (input, &x) in input.iter_mut().zip(x) {
                *input = T::lift(x);
            }
            let mut hidden = [T::zero(); HIDDEN];
            for ((hidden, row), &bias) in hidden.iter_mut().zip(first.chunks_exact(INPUTS)).zip(first_bias) {
                *hidden = (T::dot(&input, row) + bias).tanh();
            }
            sum += (T::dot(second, &hidden) + second_bias[0] - *y).powi(2);
            count += 1.0;
        }
        sum / count
    }
}
