//! What can be wrong with a file of reference data.

use super::Model;
use std::io;
use std::path::PathBuf;

/// Why a file of reference data cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NistError {
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
        source: Box<NistError>,
    },
    /// A line, or the end of the file, is not what it should be.
    #[error("line {line}: expected {expected}, found {found}")]
    Malformed {
        /// The number of the line, from 1.
        line: usize,
        /// What should be there.
        expected: String,
        /// What is there.
        found: String,
    },
    /// There is no model of this name.
    #[error("line {line}: expected the name of a dataset with a model ({}), found `{name}`", Model::NAMES.join(", "))]
    UnknownModel {
        /// The number of the line, from 1.
        line: usize,
        /// The dataset's name in the file.
        name: String,
    },
    /// The file has another number of parameters than the model.
    #[error("line {line}: expected {expected} parameters for the model of `{name}`, found {found}")]
    ParameterCount {
        /// The number of the line of the last parameter, from 1.
        line: usize,
        /// The dataset's name in the file.
        name: String,
        /// The model's number of parameters.
        expected: usize,
        /// The file's number of parameters.
        found: usize,
    },
}
