//! Patterns made of blocks.

use super::Pattern;
use super::compressed::{Compressed, narrow};
use crate::{Error, Result};

impl Pattern {
    /// Blocks along the diagonal, each with its own pattern and shape; zero elsewhere.
    ///
    /// # Errors
    ///
    /// [`Error::Pattern`] if a dimension of the whole does not fit into `u32`.
    ///
    /// # Examples
    ///
    /// ```
    /// use di_core::Pattern;
    ///
    /// let pattern = Pattern::block_diagonal(&[Pattern::dense(2, 1)?, Pattern::dense(1, 2)?])?;
    /// assert_eq!(pattern, Pattern::from_entries(3, 3, [(0, 0), (1, 0), (2, 1), (2, 2)])?);
    /// # Ok::<(), di_core::Error>(())
    /// ```
    pub fn block_diagonal(blocks: &[Self]) -> Result<Self> {
        let mut rows = 0_usize;
        let mut columns = 0_usize;
        let mut above = Vec::with_capacity(blocks.len());
        for block in blocks {
            above.extend(std::iter::repeat_n(rows, block.columns()));
            rows = sum(rows, block.rows())?;
            columns = sum(columns, block.columns())?;
        }
        let entries = blocks.iter().map(Self::nnz).sum();
        let mut sources = blocks.iter().flat_map(|block| (0..block.columns()).map(|j| block.column(j)));
        let half = Compressed::build(columns, rows, Some(entries), |j, indices| {
            let source = sources.next().unwrap_or(&[]);
            indices.extend(source.iter().map(|&i| i + narrow(above[j])));
        })?;
        Ok(Self::by_columns(half))
    }

    /// `block` at every block entry `(i, j)` with `i - j ≤ lower` and `j - i ≤ upper`, of `count` × `count` blocks.
    ///
    /// # Errors
    ///
    /// [`Error::Pattern`] if a dimension does not fit into `u32`, or the pattern into memory.
    pub fn block_banded(count: usize, lower: usize, upper: usize, block: &Self) -> Result<Self> {
        Self::banded(count, count, lower, upper)?.kronecker(block)
    }

    /// The Kronecker product `self ⊗ inner`: `inner` at each entry of `self`.
    ///
    /// # Errors
    ///
    /// [`Error::Pattern`] if a dimension does not fit into `u32`, or the pattern into memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use di_core::Pattern;
    ///
    /// let outer = Pattern::from_entries(1, 2, [(0, 1)])?;
    /// assert_eq!(outer.kronecker(&Pattern::diagonal(2)?)?, Pattern::from_entries(2, 4, [(0, 2), (1, 3)])?);
    /// # Ok::<(), di_core::Error>(())
    /// ```
    pub fn kronecker(&self, inner: &Self) -> Result<Self> {
        let rows = product(self.rows(), inner.rows())?;
        let columns = product(self.columns(), inner.columns())?;
        let entries = self.nnz().checked_mul(inner.nnz());
        let half = Compressed::build(columns, rows, entries, |j, indices| {
            let source = inner.column(j % inner.columns());
            for &block in self.column(j / inner.columns()) {
                let above = block * narrow(inner.rows());
                indices.extend(source.iter().map(|&i| above + i));
            }
        })?;
        Ok(Self::by_columns(half))
    }
}

fn sum(a: usize, b: usize) -> Result<usize> {
    a.checked_add(b).ok_or_else(too_large)
}

pub(super) fn product(a: usize, b: usize) -> Result<usize> {
    a.checked_mul(b).ok_or_else(too_large)
}

fn too_large() -> Error {
    Error::pattern("blocks", "a size that fits into memory".into(), "a greater one".into())
}
