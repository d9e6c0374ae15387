//! Conversions to and from sparse matrices of other crates, each behind a feature of the crate's name.
//!
//! All of them keep compressed columns in the same order, so that later values can be copied into an existing matrix as
//! one slice.

#[cfg(feature = "faer")]
mod faer;
#[cfg(feature = "nalgebra-sparse")]
mod nalgebra;
#[cfg(feature = "sprs")]
mod sprs;

/// Starts and indices as the other crates keep them.
#[cfg(any(feature = "faer", feature = "nalgebra-sparse", feature = "sprs"))]
fn widened(pattern: &super::Pattern) -> (Vec<usize>, Vec<usize>) {
    let indices = pattern.row_indices().iter().map(|&i| i as usize).collect();
    (pattern.column_starts().to_vec(), indices)
}

/// A pattern from the columns of another crate, which ascend.
#[cfg(any(feature = "faer", feature = "nalgebra-sparse", feature = "sprs"))]
fn narrowed(rows: usize, starts: &[usize], indices: &[usize]) -> crate::Result<super::Pattern> {
    super::compressed::check_dimension("rows", rows)?;
    let indices = indices.iter().map(|&i| super::compressed::narrow(i)).collect();
    super::Pattern::from_compressed_columns(rows, starts.to_vec(), indices)
}
