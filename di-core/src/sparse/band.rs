//! Dense, empty and banded patterns.

use super::Pattern;
use super::compressed::{Compressed, narrow};
use crate::Result;
use std::ops::Range;

impl Pattern {
    /// Every entry of a matrix of `rows` × `columns`.
    ///
    /// # Errors
    ///
    /// [`Error::Pattern`](crate::Error::Pattern) if a dimension does not fit into `u32`, or the pattern into memory.
    pub fn dense(rows: usize, columns: usize) -> Result<Self> {
        runs(rows, columns, rows.checked_mul(columns), |_| 0..rows)
    }

    /// No entry.
    ///
    /// # Errors
    ///
    /// As [`dense`](Self::dense).
    pub fn empty(rows: usize, columns: usize) -> Result<Self> {
        runs(rows, columns, Some(0), |_| 0..0)
    }

    /// The main diagonal of an n×n matrix.
    ///
    /// # Errors
    ///
    /// As [`dense`](Self::dense).
    pub fn diagonal(n: usize) -> Result<Self> {
        Self::banded(n, n, 0, 0)
    }

    /// The main diagonal and its two neighbours of an n×n matrix.
    ///
    /// # Errors
    ///
    /// As [`dense`](Self::dense).
    pub fn tridiagonal(n: usize) -> Result<Self> {
        Self::banded(n, n, 1, 1)
    }

    /// The entries `(i, j)` with `i - j ≤ lower` and `j - i ≤ upper`.
    ///
    /// # Errors
    ///
    /// As [`dense`](Self::dense).
    ///
    /// # Examples
    ///
    /// ```
    /// use di_core::Pattern;
    ///
    /// let upper = Pattern::banded(4, 5, 0, 1)?;
    /// assert_eq!(upper.row(2), [2, 3]);
    /// # Ok::<(), di_core::Error>(())
    /// ```
    pub fn banded(rows: usize, columns: usize, lower: usize, upper: usize) -> Result<Self> {
        let run = |j: usize| j.saturating_sub(upper).min(rows)..j.saturating_add(lower).saturating_add(1).min(rows);
        let widest = lower.saturating_add(upper).saturating_add(1).min(rows);
        runs(rows, columns, widest.checked_mul(columns), run)
    }
}

/// The pattern whose column `j` has entries in the rows `run(j)`.
fn runs(rows: usize, columns: usize, entries: Option<usize>, run: impl Fn(usize) -> Range<usize>) -> Result<Pattern> {
    let half = Compressed::build(columns, rows, entries, |j, indices| indices.extend(run(j).map(narrow)))?;
    Ok(Pattern::by_columns(half))
}
