//! `ADBench`'s file of cameras and points.

use super::{BundleAdjustment, CAMERA, POINT};
use crate::data::{Lines, Result, read};
use std::path::Path;

impl BundleAdjustment {
    /// Reads a file: the function, and the point to evaluate it at.
    ///
    /// # Errors
    ///
    /// [`DataError::Read`](crate::DataError::Read), or [`DataError::File`](crate::DataError::File) with the error of
    /// [`parse`](Self::parse).
    pub fn read(path: &Path) -> Result<(Self, Vec<f64>)> {
        read(path, Self::parse)
    }

    /// Reads the text of a file: the counts `n m p`, one camera, one point, one weight and one feature.
    ///
    /// All n cameras are the one of the file, and so are points, weights and features. Observation i is of point i mod m by
    /// camera i mod n.
    ///
    /// # Errors
    ///
    /// [`DataError::Malformed`](crate::DataError::Malformed), with the line.
    pub fn parse(text: &str) -> Result<(Self, Vec<f64>)> {
        let mut lines = Lines::of_words(text);
        let [cameras, points, observations] = lines.counts("n m p")?;
        let camera = lines.numbers(CAMERA, "the camera")?;
        let point = lines.numbers(POINT, "the point")?;
        let weight = lines.numbers(1, "the weight")?;
        let feature = lines.numbers(2, "the feature")?;
        lines.end()?;
        let pairs = (0..observations).map(|i| [i % cameras, i % points]).collect();
        let function = Self::new(cameras, points, pairs, vec![[feature[0], feature[1]]; observations])?;
        let x = [camera.repeat(cameras), point.repeat(points), weight.repeat(observations)].concat();
        Ok((function, x))
    }
}
