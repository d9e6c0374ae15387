//! `ADBench`'s files of measured points.

use super::{HandComplicated, HandModel, HandSimple, PARAMETERS};
use crate::data::{Lines, Result, number, read};
use std::path::Path;

impl HandSimple {
    /// Reads a file: the function, and the pose to evaluate it at.
    ///
    /// # Errors
    ///
    /// [`DataError::Read`](crate::DataError::Read), or [`DataError::File`](crate::DataError::File) with the error of
    /// [`parse`](Self::parse).
    pub fn read(model: &HandModel, path: &Path) -> Result<(Self, Vec<f64>)> {
        read(path, |text| Self::parse(model, text))
    }

    /// Reads the text of a file: the count of measured points and 26, a line `vertex x y z` for each point, and 26 lines of
    /// a parameter.
    ///
    /// # Errors
    ///
    /// [`DataError::Malformed`](crate::DataError::Malformed), with the line.
    pub fn parse(model: &HandModel, text: &str) -> Result<(Self, Vec<f64>)> {
        let mut lines = Lines::of_words(text);
        let (vertices, targets) = measured(&mut lines, "vertex", model.vertices())?;
        let theta = lines.rows(PARAMETERS, 1, "parameter")?;
        lines.end()?;
        Ok((Self::new(model, vertices, targets)?, theta))
    }
}

impl HandComplicated {
    /// As [`HandSimple::read`].
    ///
    /// # Errors
    ///
    /// As [`HandSimple::read`].
    pub fn read(model: &HandModel, path: &Path) -> Result<(Self, Vec<f64>)> {
        read(path, |text| Self::parse(model, text))
    }

    /// Reads the text of a file: as [`HandSimple::parse`], with triangles, and a line `u1 u2` for each point before the
    /// parameters.
    ///
    /// # Errors
    ///
    /// As [`HandSimple::parse`].
    pub fn parse(model: &HandModel, text: &str) -> Result<(Self, Vec<f64>)> {
        let mut lines = Lines::of_words(text);
        let (triangles, targets) = measured(&mut lines, "triangle", model.triangles())?;
        let inside = lines.rows(targets.len(), 2, "point of a triangle")?;
        let mut x = lines.rows(PARAMETERS, 1, "parameter")?;
        x.extend(inside);
        lines.end()?;
        Ok((Self::new(model, triangles, targets)?, x))
    }
}

/// Counts, and what belongs to each measured point with its place.
fn measured(lines: &mut Lines<'_>, what: &str, limit: usize) -> Result<(Vec<usize>, Vec<[f64; 3]>)> {
    let [count, parameters] = lines.counts("N parameters")?;
    if parameters != PARAMETERS {
        return Err(lines.malformed("26 parameters"));
    }
    let (mut indices, mut targets) = (Vec::new(), Vec::new());
    for point in 1..=count {
        let expected = format!("measured point {point} of {count}: a {what} below {limit} and three finite numbers");
        let fields = lines.fields(&expected)?;
        let parse = || match fields.as_slice() {
            [index, x, y, z] => {
                let index = index.parse().ok().filter(|index: &usize| *index < limit)?;
                Some((index, [number(x)?, number(y)?, number(z)?]))
            }
            _ => None,
        };
        let (index, target) = parse().ok_or_else(|| lines.malformed(&expected))?;
        indices.push(index);
        targets.push(target);
    }
    Ok((indices, targets))
}
