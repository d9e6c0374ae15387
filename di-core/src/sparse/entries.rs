//! Patterns from entries in any order, from columns and from rows.

use super::Pattern;
use super::compressed::{Compressed, check_dimension, narrow};
use crate::{Error, Result};

impl Pattern {
    /// The pattern of these entries `(row, column)`, in any order; repetitions are united.
    ///
    /// # Cost
    ///
    /// Linear in the entries, rows and columns.
    ///
    /// # Errors
    ///
    /// [`Error::Pattern`] if an entry is outside the matrix, or a dimension does not fit into `u32`.
    pub fn from_entries(
        rows: usize,
        columns: usize,
        entries: impl IntoIterator<Item = (usize, usize)>,
    ) -> Result<Self> {
        check_dimension("rows", rows)?;
        check_dimension("columns", columns)?;
        let entries = entries.into_iter();
        let mut pairs = Vec::with_capacity(entries.size_hint().0.min(1 << 20));
        for (i, j) in entries {
            check_index("entries", "row", rows, i)?;
            check_index("entries", "column", columns, j)?;
            pairs.push((narrow(i), narrow(j)));
        }
        // Two passes of counting sort: by row, then by column; the rows of each column then ascend.
        let by_column = Compressed::group(rows, columns, &pairs).transposed().without_duplicates();
        Ok(Self::by_columns(by_column))
    }

    /// The pattern whose column `j` has entries in the rows that the `j`-th item lists, in any order.
    ///
    /// # Errors
    ///
    /// [`Error::Pattern`] if a row is out of range, or a dimension does not fit into `u32`.
    ///
    /// # Examples
    ///
    /// ```
    /// use di_core::Pattern;
    ///
    /// let pattern = Pattern::from_columns(3, [vec![0, 2], vec![], vec![1]])?;
    /// assert_eq!(pattern, Pattern::from_entries(3, 3, [(0, 0), (2, 0), (1, 2)])?);
    /// # Ok::<(), di_core::Error>(())
    /// ```
    pub fn from_columns<C>(rows: usize, columns: impl IntoIterator<Item = C>) -> Result<Self>
    where
        C: IntoIterator<Item = usize>,
    {
        Ok(Self::by_columns(lists("columns", "row", rows, columns)?))
    }

    /// The pattern whose row `i` has entries in the columns that the `i`-th item lists, in any order.
    ///
    /// # Errors
    ///
    /// As [`from_columns`](Self::from_columns).
    pub fn from_rows<R>(columns: usize, rows: impl IntoIterator<Item = R>) -> Result<Self>
    where
        R: IntoIterator<Item = usize>,
    {
        Ok(Self::by_rows(lists("rows", "column", columns, rows)?))
    }

    /// The pattern in compressed columns, as other libraries keep it: column `j` has entries in the rows
    /// `row_indices[column_starts[j] .. column_starts[j + 1]]`, in any order.
    ///
    /// The vectors are taken over; nothing is copied if the rows of each column ascend.
    ///
    /// # Errors
    ///
    /// [`Error::Pattern`] if a row is out of range, the starts do not begin with 0, descend or do not end with the
    /// number of rows listed, or a dimension does not fit into `u32`.
    pub fn from_compressed_columns(rows: usize, column_starts: Vec<usize>, row_indices: Vec<u32>) -> Result<Self> {
        compressed("column_starts", "row_indices", "row", rows, column_starts, row_indices).map(Self::by_columns)
    }

    /// The pattern in compressed rows: row `i` has entries in the columns
    /// `column_indices[row_starts[i] .. row_starts[i + 1]]`, in any order.
    ///
    /// # Errors
    ///
    /// As [`from_compressed_columns`](Self::from_compressed_columns).
    pub fn from_compressed_rows(columns: usize, row_starts: Vec<usize>, column_indices: Vec<u32>) -> Result<Self> {
        compressed("row_starts", "column_indices", "column", columns, row_starts, column_indices).map(Self::by_rows)
    }
}

/// An error unless `index < len`.
fn check_index(argument: &'static str, what: &str, len: usize, index: usize) -> Result<()> {
    if index < len {
        return Ok(());
    }
    Err(Error::pattern(argument, format!("a {what} below {len}"), format!("{what} {index}")))
}

/// Compresses lists of minor indices.
fn lists<L: IntoIterator<Item = usize>>(
    argument: &'static str,
    what: &str,
    minor_len: usize,
    lists: impl IntoIterator<Item = L>,
) -> Result<Compressed> {
    let mut starts = vec![0];
    let mut indices = Vec::new();
    for list in lists {
        for index in list {
            check_index(argument, what, minor_len, index)?;
            check_dimension(argument, index)?;
            indices.push(narrow(index));
        }
        starts.push(indices.len());
    }
    compressed(argument, argument, what, minor_len, starts, indices)
}

/// Checks compressed indices and sorts them where need be.
fn compressed(
    starts_name: &'static str,
    indices_name: &'static str,
    what: &str,
    minor_len: usize,
    starts: Vec<usize>,
    indices: Vec<u32>,
) -> Result<Compressed> {
    check_dimension(indices_name, minor_len)?;
    check_dimension(starts_name, starts.len().saturating_sub(1))?;
    if starts.first() != Some(&0) {
        let found = starts.first().map_or_else(|| "nothing".into(), ToString::to_string);
        return Err(Error::pattern(starts_name, "0 as its first item".into(), found));
    }
    if let Some((first, second)) = starts.iter().zip(&starts[1..]).find(|(first, second)| first > second) {
        let found = format!("{second} after {first}");
        return Err(Error::pattern(starts_name, "ascending items".into(), found));
    }
    let last = starts[starts.len() - 1];
    if last != indices.len() {
        return Err(Error::pattern(starts_name, format!("{} as its last item", indices.len()), last.to_string()));
    }
    if let Some(&index) = indices.iter().find(|&&index| index as usize >= minor_len) {
        check_index(indices_name, what, minor_len, index as usize)?;
    }
    let lists = Compressed { minor_len, starts, indices };
    let ascends = |major| lists.slice(major).windows(2).all(|pair| pair[0] < pair[1]);
    if (0..lists.major_len()).all(ascends) {
        return Ok(lists);
    }
    // Transposing twice sorts in linear time.
    Ok(lists.transposed().transposed().without_duplicates())
}
