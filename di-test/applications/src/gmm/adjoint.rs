//! The gradient of a mixture, by hand.

use super::{Gmm, real, transform};

/// Value and gradient of a [`Gmm`] by code written for it, with the memory that it needs.
///
/// The derivative of a term depends on the points through their weighted moments alone: while the value is computed, each
/// point adds its weight `r`, `r v` and `r v vᵀ` to its component, with `v = μ − x`, and the factors are applied to the
/// sums once at the end.
#[derive(Clone, Debug)]
pub struct GmmAdjoint<'f> {
    f: &'f Gmm,
    diagonals: Vec<f64>,
    offsets: Vec<f64>,
    /// `μ − x` of each component.
    centred: Vec<f64>,
    terms: Vec<f64>,
    transformed: Vec<f64>,
    weights: Vec<f64>,
    firsts: Vec<f64>,
    /// Lower triangles with their diagonals, column by column.
    seconds: Vec<f64>,
}

impl<'f> GmmAdjoint<'f> {
    /// Takes the memory.
    #[must_use]
    pub fn new(f: &'f Gmm) -> Self {
        let (d, k) = (f.dimension, f.components);
        let [diagonals, centred, firsts] = [k * d; 3].map(|n| vec![0.0; n]);
        let [offsets, terms, weights] = [k; 3].map(|n| vec![0.0; n]);
        let (transformed, seconds) = (vec![0.0; d], vec![0.0; k * f.factor_len()]);
        Self { f, diagonals, offsets, centred, terms, transformed, weights, firsts, seconds }
    }

    /// Writes the gradient at `x` and returns the value. Both slices are as long as the function has inputs.
    pub fn value_and_gradient_into(&mut self, x: &[f64], gradient: &mut [f64]) -> f64 {
        let (d, k) = (self.f.dimension, self.f.components);
        let (alphas, rest) = x.split_at(k);
        let (means, factors) = rest.split_at(k * d);
        let mut value = self.start(alphas, factors);
        for point in self.f.points.chunks_exact(d) {
            value += self.point(point, means, factors);
        }
        let (by_alphas, rest) = gradient.split_at_mut(k);
        let (by_means, by_factors) = rest.split_at_mut(k * d);
        let count = real(self.f.count());
        value -= count * soft_max(alphas, by_alphas);
        for (by_alpha, weight) in by_alphas.iter_mut().zip(&self.weights) {
            *by_alpha = weight - count * *by_alpha;
        }
        self.finish(factors, by_means, by_factors);
        value + self.f.constant
    }

    /// Exponentials and sums of the factors' diagonals; returns the prior without its constant.
    fn start(&mut self, alphas: &[f64], factors: &[f64]) -> f64 {
        let (d, size) = (self.f.dimension, self.f.factor_len());
        self.weights.fill(0.0);
        self.firsts.fill(0.0);
        self.seconds.fill(0.0);
        let mut prior = 0.0;
        for (c, factor) in factors.chunks_exact(size).enumerate() {
            let (logarithms, lower) = factor.split_at(d);
            let diagonal = &mut self.diagonals[c * d..][..d];
            let mut squares: f64 = lower.iter().map(|l| l * l).sum();
            for (diagonal, q) in diagonal.iter_mut().zip(logarithms) {
                *diagonal = q.exp();
                squares += *diagonal * *diagonal;
            }
            let log_determinant: f64 = logarithms.iter().sum();
            self.offsets[c] = alphas[c] + log_determinant;
            prior += 0.5 * self.f.scale * self.f.scale * squares - self.f.freedom * log_determinant;
        }
        prior
    }

    /// Adds the moments of a point; returns its term of the value.
    fn point(&mut self, point: &[f64], means: &[f64], factors: &[f64]) -> f64 {
        let (d, size) = (self.f.dimension, self.f.factor_len());
        let components = means.chunks_exact(d).zip(self.centred.chunks_exact_mut(d));
        let components = components.zip(self.diagonals.chunks_exact(d)).zip(factors.chunks_exact(size));
        for ((((mean, centred), diagonal), factor), (term, offset)) in
            components.zip(self.terms.iter_mut().zip(&self.offsets))
        {
            for ((centred, mean), x) in centred.iter_mut().zip(mean).zip(point) {
                *centred = mean - x;
            }
            transform(diagonal, &factor[d..], centred, &mut self.transformed);
            *term = offset - 0.5 * self.transformed.iter().map(|z| z * z).sum::<f64>();
        }
        let value = soft_max_in_place(&mut self.terms);
        let moments = self.firsts.chunks_exact_mut(d).zip(self.seconds.chunks_exact_mut(size));
        let weights = self.terms.iter().zip(&mut self.weights);
        for (((r, weight), (first, second)), v) in weights.zip(moments).zip(self.centred.chunks_exact(d)) {
            *weight += r;
            let mut rest = second;
            for j in 0..d {
                let scaled = r * v[j];
                first[j] += scaled;
                let (column, after) = rest.split_at_mut(d - j);
                for (entry, v) in column.iter_mut().zip(&v[j..]) {
                    *entry += scaled * v;
                }
                rest = after;
            }
        }
        value
    }

    /// Applies the factors to the moments: the gradient in `μ` is `−Lᵀ L Σ r v`, that in `L` is `−L Σ r v vᵀ`.
    fn finish(&mut self, factors: &[f64], by_means: &mut [f64], by_factors: &mut [f64]) {
        let (d, size, square) = (self.f.dimension, self.f.factor_len(), self.f.scale * self.f.scale);
        let column = |j: usize| j * d - j * (j + 1) / 2;
        for c in 0..self.f.components {
            let diagonal = &self.diagonals[c * d..][..d];
            let lower = &factors[c * size + d..(c + 1) * size];
            let l = |i: usize, j: usize| if i == j { diagonal[i] } else { lower[column(j) + i - j - 1] };
            let second = &self.seconds[c * size..][..size];
            let moment = |i: usize, j: usize| {
                let (i, j) = (i.max(j), i.min(j));
                second[column(j) + j + i - j]
            };
            transform(diagonal, lower, &self.firsts[c * d..][..d], &mut self.transformed);
            for j in 0..d {
                by_means[c * d + j] = -(j..d).map(|i| l(i, j) * self.transformed[i]).sum::<f64>();
            }
            let (by_logarithms, by_lower) = by_factors[c * size..][..size].split_at_mut(d);
            for j in 0..d {
                for i in j..d {
                    let by_entry = square * l(i, j) - (0..=i).map(|k| l(i, k) * moment(k, j)).sum::<f64>();
                    if i == j {
                        by_logarithms[j] = diagonal[j] * by_entry + self.weights[c] - self.f.freedom;
                    } else {
                        by_lower[column(j) + i - j - 1] = by_entry;
                    }
                }
            }
        }
    }
}

/// Writes `exp t_k / Σ exp t` and returns `log Σ exp t`.
fn soft_max(terms: &[f64], weights: &mut [f64]) -> f64 {
    weights.copy_from_slice(terms);
    soft_max_in_place(weights)
}

fn soft_max_in_place(terms: &mut [f64]) -> f64 {
    let largest = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for term in &mut *terms {
        *term = (*term - largest).exp();
        sum += *term;
    }
    for term in terms {
        *term /= sum;
    }
    sum.ln() + largest
}
