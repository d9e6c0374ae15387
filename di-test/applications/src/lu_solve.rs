//! A linear system.

mod pullback;

use crate::data::{Result, check_least};
use crate::random::Random;
use di_core::{Cache, Real, Shadow, VectorFn, differentiable};

pub use pullback::LuSolvePullback;

/// The solution of a dense linear system, by elimination in place with partial pivoting.
///
/// The n² + n inputs are the matrix, row by row, and the right-hand side; the n outputs are the solution, or not-a-number if
/// a pivot is 0.
///
/// # References
///
/// Golub and Van Loan, *Matrix Computations*, 4th ed. (2013), section 3.4.
#[derive(Clone, Debug, Shadow)]
pub struct LuSolve {
    #[shadow(constant)]
    size: usize,
    matrix: Cache,
}

impl LuSolve {
    /// Of so many equations.
    ///
    /// # Errors
    ///
    /// [`DataError::TooFew`](crate::DataError::TooFew) if there is none.
    pub fn new(size: usize) -> Result<Self> {
        check_least("equations", 1, size)?;
        Ok(Self { size, matrix: Cache::new() })
    }

    /// The number of inputs.
    #[must_use]
    pub fn input_len(&self) -> usize {
        self.size * (self.size + 1)
    }

    /// A random system that is well conditioned and needs rows to be exchanged.
    #[must_use]
    pub fn point(&self, seed: u64) -> Vec<f64> {
        let mut random = Random::new(seed);
        let mut x = random.vector(self.input_len(), -1.0, 1.0);
        let mut columns: Vec<usize> = (0..self.size).collect();
        for row in (0..self.size).rev() {
            columns.swap(row, random.below(row + 1));
            x[row * self.size + columns[row]] += 2.0 * crate::data::real(self.size);
        }
        x
    }
}

#[differentiable]
impl<T: Real> VectorFn<T> for LuSolve {
    fn output_len(&self, _input_len: usize) -> usize {
        self.size
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let n = self.size;
        let mut buffer = self.matrix.buffer::<T>(n * n);
        let a = &mut buffer[..];
        a.copy_from_slice(&x[..n * n]);
        y.copy_from_slice(&x[n * n..]);
        for k in 0..n {
            let mut pivot = k;
            for i in k + 1..n {
                if a[i * n + k].abs() > a[pivot * n + k].abs() {
                    pivot = i;
                }
            }
            if a[pivot * n + k] == T::zero() {
                y.fill(T::nan());
                return;
            }
            if pivot != k {
                for j in k..n {
                    a.swap(k * n + j, pivot * n + j);
                }
                y.swap(k, pivot);
            }
            for i in k + 1..n {
                let factor = a[i * n + k] / a[k * n + k];
                for j in k + 1..n {
                    a[i * n + j] -= factor * a[k * n + j];
                }
                y[i] -= factor * y[k];
            }
        }
        for i in (0..n).rev() {
            let mut sum = y[i];
            for j in i + 1..n {
                sum -= a[i * n + j] * y[j];
            }
            y[i] = sum / a[i * n + i];
        }
    }
}
