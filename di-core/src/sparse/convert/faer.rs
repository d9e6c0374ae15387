//! To and from `faer`.

use super::{narrowed, widened};
use crate::{Result, Scalar, SparseMatrix};
use faer::sparse::{SparseColMat, SymbolicSparseColMat};

impl<T: Scalar> SparseMatrix<T> {
    /// The matrix as `faer` keeps it, in compressed columns.
    ///
    /// Later values are copied by `converted.val_mut().copy_from_slice(matrix.values())`.
    #[must_use]
    pub fn to_faer(&self) -> SparseColMat<usize, T> {
        let (starts, indices) = widened(self.pattern());
        let symbolic = SymbolicSparseColMat::new_checked(self.rows(), self.columns(), starts, None, indices);
        SparseColMat::new(symbolic, self.values().to_vec())
    }

    /// From a matrix of `faer`.
    ///
    /// # Errors
    ///
    /// [`Error::Pattern`](crate::Error::Pattern) if a dimension does not fit into `u32`.
    pub fn from_faer(matrix: &SparseColMat<usize, T>) -> Result<Self> {
        let mut starts = vec![0];
        let mut indices = Vec::new();
        let mut values = Vec::new();
        for j in 0..matrix.ncols() {
            // A column of `faer` may be shorter than its room.
            indices.extend(matrix.row_idx_of_col(j));
            values.extend_from_slice(matrix.val_of_col(j));
            starts.push(indices.len());
        }
        Self::from_values(narrowed(matrix.nrows(), &starts, &indices)?, values)
    }
}
