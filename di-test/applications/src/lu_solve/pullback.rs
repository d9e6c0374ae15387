//! The pullback of a linear system, by hand.

use super::LuSolve;

/// Value and pullback of a [`LuSolve`] by code written for it, with the memory that it needs.
///
/// With `A y = b`, the pullback of `ȳ` is `b̄ = A⁻ᵀ ȳ` and `Ā = −b̄ yᵀ`: one more solution with the factors at hand.
#[derive(Clone, Debug)]
pub struct LuSolvePullback {
    size: usize,
    /// `L` below the diagonal and `U` on and above it, of the matrix with its rows exchanged.
    factors: Vec<f64>,
    /// The row that stands at each place after the exchanges.
    rows: Vec<usize>,
    work: Vec<f64>,
}

impl LuSolvePullback {
    /// Takes the memory.
    #[must_use]
    pub fn new(f: &LuSolve) -> Self {
        let n = f.size;
        Self { size: n, factors: vec![0.0; n * n], rows: vec![0; n], work: vec![0.0; n] }
    }

    /// Writes the solution at `x` and the pullback of `dy` into `dx`; not-a-number if a pivot is 0.
    pub fn value_and_pullback_into(&mut self, x: &[f64], y: &mut [f64], dy: &[f64], dx: &mut [f64]) {
        let n = self.size;
        self.factors.copy_from_slice(&x[..n * n]);
        if !self.factorise() {
            y.fill(f64::NAN);
            dx.fill(f64::NAN);
            return;
        }
        self.solve(&x[n * n..], y);
        let (by_matrix, by_right) = dx.split_at_mut(n * n);
        self.solve_transposed(dy, by_right);
        for (row, by_right) in by_matrix.chunks_exact_mut(n).zip(by_right) {
            for (entry, y) in row.iter_mut().zip(&*y) {
                *entry = -*by_right * y;
            }
        }
    }

    /// Whether no pivot is 0.
    fn factorise(&mut self) -> bool {
        let n = self.size;
        self.rows.iter_mut().enumerate().for_each(|(i, row)| *row = i);
        for k in 0..n {
            let (mut pivot, mut largest) = (k, self.factors[k * n + k].abs());
            for i in k + 1..n {
                let size = self.factors[i * n + k].abs();
                if size > largest {
                    (pivot, largest) = (i, size);
                }
            }
            if largest == 0.0 {
                return false;
            }
            let (upper, lower) = self.factors.split_at_mut((k + 1) * n);
            let upper = &mut upper[k * n..];
            if pivot != k {
                upper.swap_with_slice(&mut lower[(pivot - k - 1) * n..][..n]);
                self.rows.swap(k, pivot);
            }
            let (inverse, upper) = (1.0 / upper[k], &upper[k + 1..]);
            for row in lower.chunks_exact_mut(n) {
                let factor = row[k] * inverse;
                row[k] = factor;
                for (entry, above) in row[k + 1..].iter_mut().zip(upper) {
                    *entry -= factor * above;
                }
            }
        }
        true
    }

    fn solve(&self, right: &[f64], y: &mut [f64]) {
        let n = self.size;
        for (i, row) in self.factors.chunks_exact(n).enumerate() {
            y[i] = right[self.rows[i]] - dot(&row[..i], &y[..i]);
        }
        for (i, row) in self.factors.chunks_exact(n).enumerate().rev() {
            y[i] = (y[i] - dot(&row[i + 1..], &y[i + 1..])) / row[i];
        }
    }

    /// `Uᵀ` first, then `Lᵀ`, row after row of the factors, then the rows back to where they came from.
    fn solve_transposed(&mut self, right: &[f64], y: &mut [f64]) {
        let n = self.size;
        self.work.copy_from_slice(right);
        for (i, row) in self.factors.chunks_exact(n).enumerate() {
            let (solved, rest) = self.work[i..].split_at_mut(1);
            solved[0] /= row[i];
            for (rest, entry) in rest.iter_mut().zip(&row[i + 1..]) {
                *rest -= solved[0] * entry;
            }
        }
        for (i, row) in self.factors.chunks_exact(n).enumerate().rev() {
            let (rest, solved) = self.work.split_at_mut(i);
            for (rest, entry) in rest.iter_mut().zip(&row[..i]) {
                *rest -= solved[0] * entry;
            }
        }
        for (&row, solved) in self.rows.iter().zip(&self.work) {
            y[row] = *solved;
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
