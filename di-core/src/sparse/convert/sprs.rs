//! To and from `sprs`.

use super::{narrowed, widened};
use crate::{Result, Scalar, SparseMatrix};
use sprs::CsMat;

impl<T: Scalar> SparseMatrix<T> {
    /// The matrix as `sprs` keeps it, in compressed columns.
    ///
    /// Later values are copied by `converted.data_mut().copy_from_slice(matrix.values())`.
    #[must_use]
    pub fn to_sprs(&self) -> CsMat<T> {
        let (starts, indices) = widened(self.pattern());
        CsMat::new_csc((self.rows(), self.columns()), starts, indices, self.values().to_vec())
    }

    /// From a matrix of `sprs`, in compressed columns or rows.
    ///
    /// # Errors
    ///
    /// [`Error::Pattern`](crate::Error::Pattern) if a dimension does not fit into `u32`.
    pub fn from_sprs(matrix: &CsMat<T>) -> Result<Self> {
        let columns = matrix.to_csc();
        let starts = columns.indptr().to_proper().to_vec();
        let pattern = narrowed(columns.rows(), &starts, columns.indices())?;
        Self::from_values(pattern, columns.data().to_vec())
    }
}
