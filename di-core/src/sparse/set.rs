//! Patterns as sets of entries.

use super::Pattern;
use super::compressed::Compressed;
use crate::{Error, Result};

impl Pattern {
    /// The entries of either pattern.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if the shapes differ.
    pub fn union(&self, other: &Self) -> Result<Self> {
        Error::check_length("other.rows", self.rows(), other.rows())?;
        Error::check_length("other.columns", self.columns(), other.columns())?;
        if self.shares_memory(other) {
            return Ok(self.clone());
        }
        let entries = self.nnz().checked_add(other.nnz());
        let half = Compressed::build(self.columns(), self.rows(), entries, |j, indices| {
            merge(self.column(j), other.column(j), indices);
        })?;
        Ok(Self::by_columns(half))
    }

    /// The entries `(j, i)` for each entry `(i, j)`.
    #[must_use]
    pub fn transposed(&self) -> Self {
        Self::from_halves(self.row_half().clone(), self.column_half().clone())
    }

    /// Whether the pattern is square and equal to its transposed.
    #[must_use]
    pub fn is_symmetric(&self) -> bool {
        self.column_half() == self.row_half()
    }

    /// Whether every entry of `self` is one of `other`, which has the same shape.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        let within = |j| {
            let mut rest = other.column(j).iter();
            self.column(j).iter().all(|i| rest.any(|k| k == i))
        };
        (self.rows(), self.columns()) == (other.rows(), other.columns()) && (0..self.columns()).all(within)
    }
}

/// Appends the union of two ascending lists.
fn merge(mut a: &[u32], mut b: &[u32], out: &mut Vec<u32>) {
    while let (Some(&i), Some(&k)) = (a.first(), b.first()) {
        out.push(i.min(k));
        a = &a[usize::from(i <= k)..];
        b = &b[usize::from(k <= i)..];
    }
    out.extend_from_slice(a);
    out.extend_from_slice(b);
}
