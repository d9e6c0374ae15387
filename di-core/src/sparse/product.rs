//! A sparse matrix as a linear map.

use super::SparseMatrix;
use crate::{Error, Result, Scalar};

impl<T: Scalar> SparseMatrix<T> {
    /// `A x`.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `x` is not as long as `A` has columns.
    pub fn apply(&self, x: &[T]) -> Result<Vec<T>> {
        let mut y = vec![T::zero(); self.rows()];
        self.apply_into(x, &mut y)?;
        Ok(y)
    }

    /// Writes `A x` into `y`.
    ///
    /// # Cost
    ///
    /// One multiplication and addition an entry; allocates nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `x` or `y` has a wrong length; `y` is then unchanged.
    pub fn apply_into(&self, x: &[T], y: &mut [T]) -> Result<()> {
        Error::check_length("x", self.columns(), x.len())?;
        Error::check_length("y", self.rows(), y.len())?;
        y.fill(T::zero());
        for (j, &weight) in x.iter().enumerate() {
            for (&i, &value) in self.column_entries(j) {
                y[i as usize] += value * weight;
            }
        }
        Ok(())
    }

    /// `Aᵀ y`.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `y` is not as long as `A` has rows.
    pub fn apply_transpose(&self, y: &[T]) -> Result<Vec<T>> {
        let mut x = vec![T::zero(); self.columns()];
        self.apply_transpose_into(y, &mut x)?;
        Ok(x)
    }

    /// Writes `Aᵀ y` into `x`.
    ///
    /// # Cost
    ///
    /// As [`apply_into`](Self::apply_into).
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `y` or `x` has a wrong length; `x` is then unchanged.
    pub fn apply_transpose_into(&self, y: &[T], x: &mut [T]) -> Result<()> {
        Error::check_length("y", self.rows(), y.len())?;
        Error::check_length("x", self.columns(), x.len())?;
        for (j, sum) in x.iter_mut().enumerate() {
            *sum = T::zero();
            for (&i, &value) in self.column_entries(j) {
                *sum += value * y[i as usize];
            }
        }
        Ok(())
    }

    /// Rows and values of column `j`.
    fn column_entries(&self, j: usize) -> impl Iterator<Item = (&u32, &T)> {
        let starts = self.pattern().column_starts();
        self.pattern().column(j).iter().zip(&self.values()[starts[j]..starts[j + 1]])
    }
}
