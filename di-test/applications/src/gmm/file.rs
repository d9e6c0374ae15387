//! `ADBench`'s file of a mixture.

use super::Gmm;
use crate::data::{Lines, Result, read};
use std::path::Path;

impl Gmm {
    /// Reads a file: the function, and the parameters to evaluate it at.
    ///
    /// # Errors
    ///
    /// [`DataError::Read`](crate::DataError::Read), or [`DataError::File`](crate::DataError::File) with the error of
    /// [`parse`](Self::parse).
    pub fn read(path: &Path) -> Result<(Self, Vec<f64>)> {
        read(path, Self::parse)
    }

    /// Reads the text of a file: the counts `d K n`, K lines of `α`, K lines of a mean, K lines of an inverse factor, n
    /// lines of a point, and `γ m`.
    ///
    /// # Errors
    ///
    /// [`DataError::Malformed`](crate::DataError::Malformed), with the line.
    pub fn parse(text: &str) -> Result<(Self, Vec<f64>)> {
        let mut lines = Lines::of_words(text);
        let [dimension, components, count] = lines.counts("d K n")?;
        let mut parameters = lines.rows(components, 1, "weight")?;
        parameters.extend(lines.rows(components, dimension, "mean")?);
        parameters.extend(lines.rows(components, dimension * (dimension + 1) / 2, "inverse factor")?);
        let points = lines.rows(count, dimension, "point")?;
        let expected = "the prior `γ m`, a number above 0 and a whole number below 1000000";
        let (scale, freedom) = match lines.fields(expected)?.as_slice() {
            [scale, freedom] => (scale.parse().ok(), freedom.parse().ok()),
            _ => (None, None),
        };
        let scale = scale.filter(|scale: &f64| scale.is_finite() && *scale > 0.0);
        let freedom = freedom.filter(|freedom: &u32| *freedom < 1_000_000);
        let (Some(scale), Some(freedom)) = (scale, freedom) else { return Err(lines.malformed(expected)) };
        lines.end()?;
        Ok((Self::new(dimension, components, points, scale, freedom)?, parameters))
    }
}
