//! Where the entries of a sparse matrix can be.

use super::compressed::Compressed;
use std::fmt;
use std::sync::Arc;

/// The entries of an m×n matrix that can differ from zero, sorted and unique, by columns and by rows.
///
/// A clone shares the memory. Two patterns are equal if they have the same shape and the same entries.
///
/// # Cost
///
/// 8 bytes an entry, 8 bytes a row and 8 bytes a column. Making one is linear in them.
///
/// # Examples
///
/// ```
/// use di_core::Pattern;
///
/// let pattern = Pattern::from_entries(2, 3, [(1, 2), (0, 0), (1, 0), (1, 2)])?;
/// assert_eq!((pattern.rows(), pattern.columns(), pattern.nnz()), (2, 3, 3));
/// assert_eq!(pattern.row(1), [0, 2]);
/// assert_eq!(pattern.column(0), [0, 1]);
/// assert!(pattern.contains(1, 2) && !pattern.contains(0, 2));
/// # Ok::<(), di_core::Error>(())
/// ```
///
/// # References
///
/// Davis, *Direct Methods for Sparse Linear Systems* (2006), chapter 2.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Pattern(Arc<Halves>);

#[derive(PartialEq, Eq, Hash)]
struct Halves {
    by_column: Compressed,
    by_row: Compressed,
}

impl Pattern {
    /// From sorted, unique columns.
    pub(crate) fn by_columns(by_column: Compressed) -> Self {
        let by_row = by_column.transposed();
        Self(Arc::new(Halves { by_column, by_row }))
    }

    /// From sorted, unique rows.
    pub(crate) fn by_rows(by_row: Compressed) -> Self {
        let by_column = by_row.transposed();
        Self(Arc::new(Halves { by_column, by_row }))
    }

    /// From both, which hold the same entries.
    pub(crate) fn from_halves(by_column: Compressed, by_row: Compressed) -> Self {
        Self(Arc::new(Halves { by_column, by_row }))
    }

    pub(crate) fn column_half(&self) -> &Compressed {
        &self.0.by_column
    }

    pub(crate) fn row_half(&self) -> &Compressed {
        &self.0.by_row
    }

    /// The number of rows, m.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.0.by_row.major_len()
    }

    /// The number of columns, n.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.0.by_column.major_len()
    }

    /// The number of entries.
    #[must_use]
    pub fn nnz(&self) -> usize {
        self.0.by_column.indices.len()
    }

    /// The rows of the entries of column `j`, ascending.
    ///
    /// # Panics
    ///
    /// If there is no column `j`.
    #[inline]
    #[must_use]
    pub fn column(&self, j: usize) -> &[u32] {
        self.0.by_column.slice(j)
    }

    /// The columns of the entries of row `i`, ascending.
    ///
    /// # Panics
    ///
    /// If there is no row `i`.
    #[inline]
    #[must_use]
    pub fn row(&self, i: usize) -> &[u32] {
        self.0.by_row.slice(i)
    }

    /// Where each column starts among the entries in column order: n + 1 numbers, the last of them [`nnz`](Self::nnz).
    #[must_use]
    pub fn column_starts(&self) -> &[usize] {
        &self.0.by_column.starts
    }

    /// The rows of all entries, in column order.
    #[must_use]
    pub fn row_indices(&self) -> &[u32] {
        &self.0.by_column.indices
    }

    /// Where each row starts among the entries in row order: m + 1 numbers.
    #[must_use]
    pub fn row_starts(&self) -> &[usize] {
        &self.0.by_row.starts
    }

    /// The columns of all entries, in row order.
    #[must_use]
    pub fn column_indices(&self) -> &[u32] {
        &self.0.by_row.indices
    }

    /// All entries `(i, j)` in column order.
    pub fn entries(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (0..self.columns()).flat_map(|j| self.column(j).iter().map(move |&i| (i as usize, j)))
    }

    /// Whether `(i, j)` is an entry; not if it is outside the matrix.
    #[must_use]
    pub fn contains(&self, i: usize, j: usize) -> bool {
        self.position(i, j).is_some()
    }

    /// The place of `(i, j)` among the entries in column order, by bisection; `None` if it is no entry.
    #[must_use]
    pub fn position(&self, i: usize, j: usize) -> Option<usize> {
        let row = u32::try_from(i).ok()?;
        let start = *self.column_starts().get(j)?;
        let end = *self.column_starts().get(j + 1)?;
        self.row_indices()[start..end].binary_search(&row).ok().map(|place| start + place)
    }

    /// The most entries that a column has.
    #[must_use]
    pub fn longest_column(&self) -> usize {
        (0..self.columns()).map(|j| self.column(j).len()).max().unwrap_or(0)
    }

    /// The most entries that a row has: no column colouring needs fewer colours.
    #[must_use]
    pub fn longest_row(&self) -> usize {
        (0..self.rows()).map(|i| self.row(i).len()).max().unwrap_or(0)
    }

    /// Whether the memory of the two is the same, as it is after a clone; equality is then certain, and costs nothing.
    #[must_use]
    pub fn shares_memory(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pattern")
            .field("rows", &self.rows())
            .field("columns", &self.columns())
            .field("nnz", &self.nnz())
            .finish_non_exhaustive()
    }
}
