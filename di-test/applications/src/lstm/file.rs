//! `ADBench`'s file of a network.

use super::Lstm;
use crate::data::{Lines, Result, read};
use std::path::Path;

impl Lstm {
    /// Reads a file: the function, and the parameters to evaluate it at.
    ///
    /// # Errors
    ///
    /// [`DataError::Read`](crate::DataError::Read), or [`DataError::File`](crate::DataError::File) with the error of
    /// [`parse`](Self::parse).
    pub fn read(path: &Path) -> Result<(Self, Vec<f64>)> {
        read(path, Self::parse)
    }

    /// Reads the text of a file: the counts `l c b`, 2l lines of 4b parameters, three lines of b parameters, 2l lines of b
    /// numbers of the state, and c lines of a vector.
    ///
    /// # Errors
    ///
    /// [`DataError::Malformed`](crate::DataError::Malformed), with the line, and [`DataError::Length`](crate::DataError::Length)
    /// for a sequence of one vector.
    pub fn parse(text: &str) -> Result<(Self, Vec<f64>)> {
        let mut lines = Lines::of_words(text);
        let [layers, count, width] = lines.counts("l c b")?;
        let mut parameters = lines.rows(2 * layers, 4 * width, "parameters of layers")?;
        parameters.extend(lines.rows(3, width, "parameters of input and output")?);
        let state = lines.rows(2 * layers, width, "state")?;
        let sequence = lines.rows(count, width, "vector")?;
        lines.end()?;
        Ok((Self::new(layers, width, state, sequence)?, parameters))
    }
}
