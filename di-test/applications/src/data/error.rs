//! What can be wrong with the data of a problem.

use std::io;
use std::path::PathBuf;

/// Why data make no problem.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// The file cannot be read.
    #[error("cannot read `{}`: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The file is read, but it cannot be used.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: Box<DataError>,
    },
    /// A line, or the end of the text, is not what it should be.
    #[error("line {line}: expected {expected}, found {found}")]
    Malformed {
        /// The number of the line, from 1.
        line: usize,
        /// What should be there.
        expected: String,
        /// What is there.
        found: String,
    },
    /// Another number of values than the sizes ask for.
    #[error("expected {expected} numbers for {what}, found {found}")]
    Length {
        /// The argument.
        what: &'static str,
        /// The length that fits.
        expected: usize,
        /// The length that was given.
        found: usize,
    },
    /// Less than is needed.
    #[error("expected {least} {what} at least, found {found}")]
    TooFew {
        /// The argument.
        what: &'static str,
        /// The least that is needed.
        least: usize,
        /// What was given.
        found: usize,
    },
    /// An index of something that is not there.
    #[error("{what} has the index {index}, but there are {count}")]
    Index {
        /// The argument.
        what: &'static str,
        /// The index, from 0.
        index: usize,
        /// How many there are.
        count: usize,
    },
}
