//! Writing files.

use super::ResultsError;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

/// Writes a file; what was there before stays until the new one is whole.
pub(super) fn replace(path: &Path, content: &[u8]) -> Result<(), ResultsError> {
    let failed = |source| ResultsError::File { path: path.into(), source };
    let mut whole = OsString::from(path);
    whole.push(".part");
    fs::write(&whole, content).map_err(failed)?;
    fs::rename(&whole, path).map_err(failed)
}
