//! Patterns that need no detection.

use super::{DetectionError, HessianDetector, JacobianDetector};
use crate::{Error, Pattern, Result};

/// A pattern that is known from theory, as a detector.
///
/// An entry that is missing makes derivatives wrong without notice: at its place, and at those that share its colour.
///
/// ```
/// use di_core::{HessianDetector, KnownPattern, Pattern, from_fn};
///
/// let detector = KnownPattern(Pattern::tridiagonal(3)?);
/// let f = from_fn(|x: &[f64]| x[0] * x[1] + x[1] * x[2]);
/// assert_eq!(detector.hessian_pattern(&f, &[0.0; 3])?, detector.0);
/// # Ok::<(), di_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPattern(pub Pattern);

impl<F, T> JacobianDetector<F, T> for KnownPattern {
    /// The pattern; an error if it has not one column for each input. Its rows are not compared with anything.
    fn jacobian_pattern(&self, _f: &F, x: &[T]) -> Result<Pattern> {
        Error::check_length("pattern.columns", x.len(), self.0.columns())?;
        Ok(self.0.clone())
    }
}

impl<F, T> HessianDetector<F, T> for KnownPattern {
    /// The pattern; an error if it is not n × n and symmetric.
    fn hessian_pattern(&self, _f: &F, x: &[T]) -> Result<Pattern> {
        Error::check_length("pattern.rows", x.len(), self.0.rows())?;
        Error::check_length("pattern.columns", x.len(), self.0.columns())?;
        match self.0.entries().find(|&(i, j)| !self.0.contains(j, i)) {
            Some((row, column)) => Err(DetectionError::Asymmetric { row, column }.into()),
            None => Ok(self.0.clone()),
        }
    }
}
