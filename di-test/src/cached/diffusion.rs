//! Diffusion on a grid by matrix products into buffers.

use super::memory::{Cotangents, Tangents};
use di_core::{Cache, CacheMut, Scalar, Shadow};
use ndarray::Array2;
use std::array::from_fn;

/// The matrices of the second differences along the columns and the rows of a grid, with mirrored boundaries.
#[derive(Clone, Debug, Shadow)]
pub(super) struct Grid {
    pub(super) rows: usize,
    pub(super) columns: usize,
    along_columns: Array2<f64>,
    along_rows: Array2<f64>,
}

impl Grid {
    pub(super) fn new(rows: usize, columns: usize) -> Self {
        let along_rows = second_difference(columns).reversed_axes();
        Self { rows, columns, along_columns: second_difference(rows), along_rows }
    }

    /// The terms of the product `A u`: what it adds to, what it reads, and the weight.
    fn left(&self, mut term: impl FnMut(usize, usize, f64)) {
        for i in 0..self.rows {
            for k in 0..self.rows {
                for j in 0..self.columns {
                    term(i * self.columns + j, k * self.columns + j, self.along_columns[[i, k]]);
                }
            }
        }
    }

    /// The terms of the product `u A`.
    fn right(&self, mut term: impl FnMut(usize, usize, f64)) {
        for i in 0..self.rows {
            for k in 0..self.columns {
                for j in 0..self.columns {
                    term(i * self.columns + j, i * self.columns + k, self.along_rows[[k, j]]);
                }
            }
        }
    }
}

/// `1 −2 1`, and `−2 2` at the first and the last row.
fn second_difference(n: usize) -> Array2<f64> {
    let mut matrix = Array2::zeros((n, n));
    for i in 1..n {
        matrix[[i - 1, i]] = if i == 1 { 2.0 } else { 1.0 };
        matrix[[i, i - 1]] = if i + 1 == n { 2.0 } else { 1.0 };
    }
    if n > 1 {
        matrix.diag_mut().fill(-2.0);
    }
    matrix
}

/// The three buffers of one species: `A u`, `u A`, and `c (A u + u A)`.
#[derive(Clone, Debug, Default, Shadow)]
pub(super) struct Diffusion {
    left: Cache,
    right: Cache,
    both: Cache,
}

impl Diffusion {
    /// Fills the buffers and hands the last one out.
    pub(super) fn evaluate<T: Scalar>(&self, grid: &Grid, c: f64, u: &[T]) -> CacheMut<'_, [T]> {
        let n = u.len();
        let (mut left, mut right) = (self.left.buffer::<T>(n), self.right.buffer::<T>(n));
        left.fill(T::zero());
        right.fill(T::zero());
        grid.left(|to, from, weight| left[to] += T::lift(weight) * u[from]);
        grid.right(|to, from, weight| right[to] += T::lift(weight) * u[from]);
        let mut both = self.both.buffer::<T>(n);
        for i in 0..n {
            both[i] = T::lift(c) * (left[i] + right[i]);
        }
        both
    }

    /// Fills the shadows and hands the tangents of the last buffer out, one by one.
    pub(super) fn tangent<T: Scalar, const K: usize>(
        shadow: Option<&Self>,
        grid: &Grid,
        c: f64,
        du: &[[T; K]],
        mut read: impl FnMut(usize, [T; K]),
    ) {
        let n = du.len();
        let mut left = Tangents::<T, K>::beside(shadow.map(|shadow| &shadow.left), n);
        let mut right = Tangents::<T, K>::beside(shadow.map(|shadow| &shadow.right), n);
        let mut both = Tangents::<T, K>::beside(shadow.map(|shadow| &shadow.both), n);
        for i in 0..n {
            left.set(i, [T::zero(); K]);
            right.set(i, [T::zero(); K]);
        }
        grid.left(|to, from, weight| left.add(to, du[from].map(|du| T::lift(weight) * du)));
        grid.right(|to, from, weight| right.add(to, du[from].map(|du| T::lift(weight) * du)));
        for i in 0..n {
            let (l, r) = (left.get(i), right.get(i));
            both.set(i, from_fn(|k| T::lift(c) * (l[k] + r[k])));
            read(i, both.get(i));
        }
    }

    /// Adds to `du` what the cotangents `dy` of the last buffer's entries, where they are read, pull back to.
    pub(super) fn adjoint<T: Scalar>(shadow: Option<&Self>, grid: &Grid, c: f64, dy: &[T], du: &mut [T]) {
        let n = du.len();
        let mut left = Cotangents::beside(shadow.map(|shadow| &shadow.left), n);
        let mut right = Cotangents::beside(shadow.map(|shadow| &shadow.right), n);
        let mut both = Cotangents::beside(shadow.map(|shadow| &shadow.both), n);
        for (i, &dy) in dy.iter().enumerate() {
            both.add(i, dy);
            let through = T::lift(c) * both.take(i);
            left.add(i, through);
            right.add(i, through);
        }
        grid.right(|to, from, weight| du[from] += T::lift(weight) * right.get(to));
        grid.left(|to, from, weight| du[from] += T::lift(weight) * left.get(to));
        for i in 0..n {
            left.take(i);
            right.take(i);
        }
    }
}
