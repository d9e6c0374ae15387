//! A pattern with values.

use super::Pattern;
use crate::{Error, Result, Scalar};
use ndarray::{Array2, ArrayView2, ArrayViewMut2};

/// A sparse m×n matrix: a [`Pattern`] and the values of its entries, in column order.
///
/// The structure is made once; values are overwritten in place, without allocating.
///
/// # Examples
///
/// ```
/// use di_core::{Pattern, SparseMatrix};
///
/// let pattern = Pattern::from_entries(2, 3, [(0, 0), (1, 0), (1, 2)])?;
/// let mut matrix = SparseMatrix::from_values(pattern, vec![1.0, 2.0, 3.0])?;
/// matrix.values_mut()[2] = 5.0;
/// assert_eq!(matrix.get(1, 2), Some(5.0));
/// assert_eq!(matrix.get(0, 1), None);
/// assert_eq!(matrix.apply(&[1.0, 1.0, 1.0])?, [1.0, 7.0]);
/// # Ok::<(), di_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SparseMatrix<T = f64> {
    pattern: Pattern,
    values: Vec<T>,
}

impl<T: Scalar> SparseMatrix<T> {
    /// The matrix of this pattern whose entries are all zero.
    #[must_use]
    pub fn zeros(pattern: Pattern) -> Self {
        let values = vec![T::zero(); pattern.nnz()];
        Self { pattern, values }
    }

    /// The matrix with these values, in column order.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if there are not as many values as entries.
    pub fn from_values(pattern: Pattern, values: Vec<T>) -> Result<Self> {
        Error::check_length("values", pattern.nnz(), values.len())?;
        Ok(Self { pattern, values })
    }

    /// The entries of `dense` that are in the pattern.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if the shapes differ.
    pub fn from_dense(pattern: Pattern, dense: ArrayView2<'_, T>) -> Result<Self> {
        Error::check_length("dense.rows", pattern.rows(), dense.nrows())?;
        Error::check_length("dense.columns", pattern.columns(), dense.ncols())?;
        let values = pattern.entries().map(|(i, j)| dense[[i, j]]).collect();
        Ok(Self { pattern, values })
    }

    /// Where entries are.
    #[must_use]
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// The number of rows, m.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.pattern.rows()
    }

    /// The number of columns, n.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.pattern.columns()
    }

    /// The values, in column order.
    #[must_use]
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The values, in column order, to be overwritten.
    #[must_use]
    pub fn values_mut(&mut self) -> &mut [T] {
        &mut self.values
    }

    /// The pattern and the values, in column order.
    #[must_use]
    pub fn into_parts(self) -> (Pattern, Vec<T>) {
        (self.pattern, self.values)
    }

    /// The entry `(i, j)`, found by bisection; `None` if it is not in the pattern.
    #[must_use]
    pub fn get(&self, i: usize, j: usize) -> Option<T> {
        self.pattern.position(i, j).map(|place| self.values[place])
    }

    /// All entries `(i, j, value)` in column order.
    pub fn triplets(&self) -> impl Iterator<Item = (usize, usize, T)> + '_ {
        self.pattern.entries().zip(&self.values).map(|((i, j), &value)| (i, j, value))
    }

    /// The matrix with all its zeros.
    #[must_use]
    pub fn to_dense(&self) -> Array2<T> {
        let mut dense = Array2::from_elem((self.rows(), self.columns()), T::zero());
        self.scatter(&mut dense.view_mut());
        dense
    }

    /// Writes the matrix with all its zeros into `dense`.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `dense` has another shape; it is then unchanged.
    pub fn dense_into(&self, mut dense: ArrayViewMut2<'_, T>) -> Result<()> {
        Error::check_length("dense.rows", self.rows(), dense.nrows())?;
        Error::check_length("dense.columns", self.columns(), dense.ncols())?;
        dense.fill(T::zero());
        self.scatter(&mut dense);
        Ok(())
    }

    fn scatter(&self, dense: &mut ArrayViewMut2<'_, T>) {
        for (i, j, value) in self.triplets() {
            dense[[i, j]] = value;
        }
    }
}
