//! A mixture of normal distributions.

mod adjoint;
mod file;

use crate::data::{Result, check_least, check_length, real};
use crate::random::Random;
use di_core::{Real, ScalarFn, Shadow, differentiable};
use std::f64::consts::{LN_2, PI};

pub use adjoint::GmmAdjoint;

/// The logarithm of the posterior density of the parameters of a mixture of normal distributions, given points.
///
/// ```math
/// -\tfrac{nd}{2}\log 2\pi + \sum_i \log\sum_k e^{t_{ik}} - n\log\sum_k e^{\alpha_k} + \text{prior}, \qquad
/// t_{ik} = \alpha_k + \sum_j q_{kj} - \tfrac12 \|L_k (x_i - \mu_k)\|^2
/// ```
///
/// The inputs are, for K components in d dimensions, N = K + Kd + Kd(d+1)/2 numbers:
///
/// | part | length | meaning |
/// | --- | --- | --- |
/// | `α` | K | logarithms of weights, up to a constant |
/// | `μ` | K · d | means |
/// | inverse factors | K · d(d+1)/2 | of each component `q`, the logarithms of the diagonal of `L_k`, then what is below it, column by column |
///
/// The prior is Wishart's for the inverse covariances `L_kᵀ L_k`, with scale `γ` and `n' = d + m + 1` degrees of freedom.
///
/// # References
///
/// Šrajer, Kukelova and Fitzgibbon, "A benchmark of selected algorithmic differentiation tools on some problems in
/// computer vision and machine learning", *Optimization Methods and Software* 33 (2018).
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
pub struct Gmm {
    dimension: usize,
    components: usize,
    points: Vec<f64>,
    scale: f64,
    freedom: f64,
    constant: f64,
}

impl Gmm {
    /// A mixture of `components` for `points` in so many dimensions, one after the other, with the prior's `γ` and `m`.
    ///
    /// # Errors
    ///
    /// [`DataError::TooFew`](crate::DataError::TooFew) if there is no dimension, component or point, and
    /// [`DataError::Length`](crate::DataError::Length) if the last point is incomplete.
    pub fn new(dimension: usize, components: usize, points: Vec<f64>, scale: f64, freedom: u32) -> Result<Self> {
        check_least("dimensions", 1, dimension)?;
        check_least("components", 1, components)?;
        check_least("points", 1, points.len())?;
        let count = points.len() / dimension;
        check_length("points", (count * dimension).max(dimension), points.len())?;
        let d = real(dimension);
        let degrees = dimension + freedom as usize + 1;
        let log_wishart = real(degrees) * d * (scale.ln() - 0.5 * LN_2) - log_multivariate_gamma(degrees, dimension);
        let constant = -0.5 * real(count) * d * (2.0 * PI).ln() - real(components) * log_wishart;
        Ok(Self { dimension, components, points, scale, freedom: f64::from(freedom), constant })
    }

    /// A mixture for so many random points.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn random(dimension: usize, components: usize, count: usize, seed: u64) -> Result<Self> {
        let points = Random::new(seed).vector(count * dimension, -2.0, 2.0);
        Self::new(dimension, components, points, 0.5, 1)
    }

    /// The number of inputs.
    #[must_use]
    pub fn input_len(&self) -> usize {
        self.components * (1 + self.dimension + self.factor_len())
    }

    /// Random parameters.
    #[must_use]
    pub fn point(&self, seed: u64) -> Vec<f64> {
        Random::new(seed).vector(self.input_len(), -1.0, 1.0)
    }

    /// The number of entries of an inverse factor.
    fn factor_len(&self) -> usize {
        self.dimension * (self.dimension + 1) / 2
    }

    fn count(&self) -> usize {
        self.points.len() / self.dimension
    }
}

#[differentiable]
impl<T: Real> ScalarFn<T> for Gmm {
    fn call(&self, x: &[T]) -> T {
        let (d, k) = (self.dimension, self.components);
        let size = self.factor_len();
        let alphas = &x[..k];
        let means = &x[k..k + k * d];
        let factors = &x[k + k * d..];
        let mut diagonals = vec![T::zero(); k * d];
        let mut log_determinants = vec![T::zero(); k];
        let mut prior = T::zero();
        for c in 0..k {
            let factor = &factors[c * size..(c + 1) * size];
            let mut squares = T::zero();
            for j in 0..d {
                diagonals[c * d + j] = factor[j].exp();
                log_determinants[c] += factor[j];
                squares += diagonals[c * d + j] * diagonals[c * d + j];
            }
            for j in d..size {
                squares += factor[j] * factor[j];
            }
            prior += squares * (0.5 * self.scale * self.scale) - log_determinants[c] * self.freedom;
        }
        let mut centred = vec![T::zero(); d];
        let mut transformed = vec![T::zero(); d];
        let mut terms = vec![T::zero(); k];
        let mut total = T::zero();
        for i in 0..self.count() {
            let point = &self.points[i * d..(i + 1) * d];
            for c in 0..k {
                for j in 0..d {
                    centred[j] = means[c * d + j] - point[j];
                }
                let lower = &factors[c * size + d..(c + 1) * size];
                transform(&diagonals[c * d..(c + 1) * d], lower, &centred, &mut transformed);
                let mut square = T::zero();
                for j in 0..d {
                    square += transformed[j] * transformed[j];
                }
                terms[c] = alphas[c] + log_determinants[c] - square * 0.5;
            }
            total += log_sum_exp(&terms);
        }
        total - log_sum_exp(alphas) * real(self.count()) + prior + self.constant
    }
}

/// `z = L v`; `lower` holds what is below the diagonal, column by column.
#[differentiable]
fn transform<T: Real>(diagonal: &[T], lower: &[T], v: &[T], z: &mut [T]) {
    let d = v.len();
    for j in 0..d {
        z[j] = diagonal[j] * v[j];
    }
    let mut start = 0;
    for j in 0..d {
        let column = &lower[start..start + d - 1 - j];
        for i in j + 1..d {
            z[i] += column[i - j - 1] * v[j];
        }
        start += d - 1 - j;
    }
}

/// `log Σ exp t_k`, without overflow.
#[differentiable]
fn log_sum_exp<T: Real>(terms: &[T]) -> T {
    let mut largest = terms[0];
    for &term in &terms[1..] {
        if term > largest {
            largest = term;
        }
    }
    let mut sum = T::zero();
    for &term in terms {
        sum += (term - largest).exp();
    }
    sum.ln() + largest
}

/// `log Γ_d(degrees/2)`, the multivariate gamma function.
fn log_multivariate_gamma(degrees: usize, dimension: usize) -> f64 {
    let d = real(dimension);
    let gammas: f64 = (0..dimension).map(|j| log_gamma_of_half(degrees - j)).sum();
    0.25 * d * (d - 1.0) * PI.ln() + gammas
}

/// `log Γ(twice/2)` by the recurrence of the gamma function, from `Γ(1) = 1` and `Γ(1/2) = √π`.
fn log_gamma_of_half(twice: usize) -> f64 {
    let start = if twice.is_multiple_of(2) { 0.0 } else { 0.5 * PI.ln() };
    let first = if twice.is_multiple_of(2) { 2 } else { 1 };
    (first..twice).step_by(2).fold(start, |sum, k| sum + (0.5 * real(k)).ln())
}
