//! A banded matrix applied to squares.

use super::Reference;
use crate::scenario::SplitMix64;
use di_core::{Scalar, Shadow, VectorFn, differentiable};

/// A square matrix `A` whose diagonals 0 to `band` are random, and whose other entries are zero.
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
pub struct UpperBand {
    band: usize,
    /// Row by row, `band + 1` numbers each; those beyond the last column have no meaning.
    entries: Vec<f64>,
}

impl UpperBand {
    /// A random matrix of `size` rows and columns.
    #[must_use]
    pub fn random(size: usize, band: usize, seed: u64) -> Self {
        Self { band, entries: SplitMix64::new(seed).vector(size * (band + 1)) }
    }

    /// The entry, which is on one of the diagonals.
    fn entry(&self, i: usize, j: usize) -> f64 {
        self.entries[i * (self.band + 1) + j - i]
    }

    /// The entries on the diagonals of a matrix of `n` rows.
    fn places(&self, n: usize) -> impl Iterator<Item = (usize, usize, f64)> {
        (0..n).flat_map(move |i| (i..(i + self.band + 1).min(n)).map(move |j| (i, j, self.entry(i, j))))
    }
}

/// `A·(x∘x)` with a banded matrix.
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
pub struct SquareMap(pub UpperBand);

/// `(x∘x)ᵀ A (x∘x)` with a banded matrix.
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
pub struct SquareForm(pub UpperBand);

#[differentiable]
impl<T: Scalar> VectorFn<T> for SquareMap {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let n = x.len();
        for i in 0..n {
            let end = (i + self.0.band + 1).min(n);
            let mut sum = T::zero();
            for j in i..end {
                sum += x[j] * x[j] * T::lift(self.0.entry(i, j));
            }
            y[i] = sum;
        }
    }
}

#[differentiable]
impl<T: Scalar> VectorFn<T> for SquareForm {
    fn output_len(&self, _input_len: usize) -> usize {
        1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let n = x.len();
        let mut sum = T::zero();
        for i in 0..n {
            let end = (i + self.0.band + 1).min(n);
            for j in i..end {
                sum += x[i] * x[i] * x[j] * x[j] * T::lift(self.0.entry(i, j));
            }
        }
        y[0] = sum;
    }
}

impl Reference for SquareMap {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for (i, j, a) in self.0.places(x.len()) {
            add(i, j, 2.0 * a * x[j]);
        }
    }
}

impl Reference for SquareForm {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for (i, j, a) in self.0.places(x.len()) {
            add(0, i, 2.0 * a * x[i] * x[j] * x[j]);
            add(0, j, 2.0 * a * x[j] * x[i] * x[i]);
        }
    }

    fn hessian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for (i, j, a) in self.0.places(x.len()) {
            if i == j {
                add(i, i, 12.0 * a * x[i] * x[i]);
            } else {
                let cross = 4.0 * a * x[i] * x[j];
                add(i, j, cross);
                add(j, i, cross);
                add(i, i, 2.0 * a * x[j] * x[j]);
                add(j, j, 2.0 * a * x[i] * x[i]);
            }
        }
    }
}
