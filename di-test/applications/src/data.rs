//! Reading of problem files.

mod error;
mod lines;

use std::fs;
use std::path::{Path, PathBuf};

pub use error::DataError;
pub(crate) use lines::{Lines, number};

/// What reading gives, or why it gives nothing.
pub(crate) type Result<R> = std::result::Result<R, DataError>;

/// The path of a problem file of `ADBench` that this crate carries, such as `gmm/gmm_d10_K25.txt`.
#[must_use]
pub fn adbench(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/adbench").join(name)
}

/// What `parse` makes of the text of a file; an error names the file.
pub(crate) fn read<R>(path: &Path, parse: impl FnOnce(&str) -> Result<R>) -> Result<R> {
    let text = fs::read_to_string(path).map_err(|source| DataError::Read { path: path.to_path_buf(), source })?;
    parse(&text).map_err(|source| DataError::File { path: path.to_path_buf(), source: Box::new(source) })
}

/// Fails unless there are as many numbers as there should be.
pub(crate) fn check_length(what: &'static str, expected: usize, found: usize) -> Result<()> {
    if expected == found { Ok(()) } else { Err(DataError::Length { what, expected, found }) }
}

/// Fails if a count is too small.
pub(crate) fn check_least(what: &'static str, least: usize, found: usize) -> Result<()> {
    if found >= least { Ok(()) } else { Err(DataError::TooFew { what, least, found }) }
}

/// Fails unless every index is below the count.
pub(crate) fn check_indices(what: &'static str, indices: &[usize], count: usize) -> Result<()> {
    match indices.iter().find(|&&index| index >= count) {
        Some(&index) => Err(DataError::Index { what, index, count }),
        None => Ok(()),
    }
}

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "counts of things in memory are below 2^53")]
pub(crate) const fn real(count: usize) -> f64 {
    count as f64
}
