//! The gradient of a network, by hand.

use super::{Mlp, respond};

/// Value and gradient of an [`Mlp`] by code written for it, with the memory that it needs: back propagation, sample by
/// sample.
#[derive(Clone, Debug)]
pub struct MlpAdjoint<'f> {
    f: &'f Mlp,
    one: Vec<f64>,
    two: Vec<f64>,
    by_one: Vec<f64>,
    by_two: Vec<f64>,
}

impl<'f> MlpAdjoint<'f> {
    /// Takes the memory.
    #[must_use]
    pub fn new(f: &'f Mlp) -> Self {
        let [one, two, by_one, by_two] = [f.width; 4].map(|n| vec![0.0; n]);
        Self { f, one, two, by_one, by_two }
    }

    /// Writes the gradient in the weights and returns the value. Both slices are as long as the function has inputs.
    pub fn value_and_gradient_into(&mut self, weights: &[f64], gradient: &mut [f64]) -> f64 {
        let (width, layer) = (self.f.width, self.f.layer());
        let (first, rest) = weights.split_at(layer);
        let (second, third) = rest.split_at(layer);
        gradient.fill(0.0);
        let (by_first, rest) = gradient.split_at_mut(layer);
        let (by_second, by_third) = rest.split_at_mut(layer);
        let mut loss = 0.0;
        for (x, target) in self.f.inputs.chunks_exact(width).zip(&self.f.targets) {
            respond(first, x, &mut self.one);
            respond(second, &self.one, &mut self.two);
            let output: f64 = third.iter().zip(&self.two).map(|(w, x)| w * x).sum();
            let error = output + third[width] - target;
            loss += error * error;
            let slope = 2.0 * error;
            by_third[width] += slope;
            for i in 0..width {
                by_third[i] += slope * self.two[i];
                self.by_two[i] = slope * third[i] * (1.0 - self.two[i] * self.two[i]);
            }
            add_outer(&self.by_two, &self.one, by_second);
            self.by_one.fill(0.0);
            for (by_two, row) in self.by_two.iter().zip(second.chunks_exact(width)) {
                for (by_one, w) in self.by_one.iter_mut().zip(row) {
                    *by_one += by_two * w;
                }
            }
            for (by_one, one) in self.by_one.iter_mut().zip(&self.one) {
                *by_one *= 1.0 - one * one;
            }
            add_outer(&self.by_one, x, by_first);
        }
        loss
    }
}

/// Adds the derivatives in a layer's weights: those of its sums times its inputs, and those of its sums.
fn add_outer(by_sums: &[f64], x: &[f64], gradient: &mut [f64]) {
    let (matrix, bias) = gradient.split_at_mut(x.len() * x.len());
    for ((row, bias), by_sum) in matrix.chunks_exact_mut(x.len()).zip(bias).zip(by_sums) {
        *bias += by_sum;
        for (gradient, x) in row.iter_mut().zip(x) {
            *gradient += by_sum * x;
        }
    }
}
