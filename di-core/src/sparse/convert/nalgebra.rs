//! To and from `nalgebra-sparse`.

use super::{narrowed, widened};
use crate::{Error, Result, Scalar, SparseMatrix};
use nalgebra_sparse::CscMatrix;

impl<T: Scalar> SparseMatrix<T> {
    /// The matrix as `nalgebra-sparse` keeps it, in compressed columns.
    ///
    /// Later values are copied by `converted.values_mut().copy_from_slice(matrix.values())`.
    ///
    /// # Errors
    ///
    /// [`Error::Pattern`] if that crate refuses the pattern.
    pub fn to_nalgebra(&self) -> Result<CscMatrix<T>> {
        let (starts, indices) = widened(self.pattern());
        CscMatrix::try_from_csc_data(self.rows(), self.columns(), starts, indices, self.values().to_vec())
            .map_err(|refused| Error::pattern("self", "compressed columns".into(), refused.to_string()))
    }

    /// From a matrix of `nalgebra-sparse`.
    ///
    /// # Errors
    ///
    /// [`Error::Pattern`] if a dimension does not fit into `u32`.
    pub fn from_nalgebra(matrix: &CscMatrix<T>) -> Result<Self> {
        let pattern = narrowed(matrix.nrows(), matrix.col_offsets(), matrix.row_indices())?;
        Self::from_values(pattern, matrix.values().to_vec())
    }
}
