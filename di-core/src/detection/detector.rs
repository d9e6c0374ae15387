//! What finds patterns.

use crate::Result;
use crate::{Pattern, ScalarShape, VectorShape};

/// Finds where the Jacobian of a function `F` can differ from zero.
///
/// # For callers
///
/// | detector | the pattern holds |
/// | --- | --- |
/// | [`TracerDetector::global`](crate::TracerDetector::global) | at every point |
/// | [`TracerDetector::local`](crate::TracerDetector::local) | near the points of detection, while control flow stays the same |
/// | [`KnownPattern`](crate::KnownPattern) | where its author says |
/// | [`DenseDetector`](crate::DenseDetector) | probably |
///
/// # For backend authors
///
/// An entry that can differ from zero must be in the pattern; one that cannot may be. The shape `S` is that of the
/// function: a gradient, as a Jacobian of one row, by [`ScalarShape`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot find the pattern of the Jacobian of `{F}` with scalar `{T}`",
    note = "a tracing detector calls the function with `Tracer`: write it once for all scalars, `impl<T: Real> VectorFn<T> for …`",
    note = "for a closure of plain `f64` use `DenseDetector` with finite differences, or `KnownPattern`"
)]
pub trait JacobianDetector<F, T = f64, S = VectorShape> {
    /// The pattern of the Jacobian of `f`, m × n, at points as long as `x`.
    ///
    /// # Errors
    ///
    /// [`Error::Detection`](crate::Error::Detection) if there is no pattern to be relied on, and
    /// [`Error::Length`](crate::Error::Length) if a length does not fit.
    fn jacobian_pattern(&self, f: &F, x: &[T]) -> Result<Pattern>;
}

/// Finds where the Hessian of a function `F` can differ from zero.
///
/// # For callers
///
/// See [`JacobianDetector`] for a choice of detectors.
///
/// # For backend authors
///
/// As [`JacobianDetector`]; the pattern is symmetric.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot find the pattern of the Hessian of `{F}` with scalar `{T}`",
    note = "a tracing detector calls the function with `Tracer`: write it once for all scalars, `impl<T: Real> ScalarFn<T> for …`",
    note = "for a closure of plain `f64` use `DenseDetector` with finite differences, or `KnownPattern`"
)]
pub trait HessianDetector<F, T = f64, S = ScalarShape> {
    /// The pattern of the Hessian of `f`, n × n, at points as long as `x`.
    ///
    /// # Errors
    ///
    /// As [`jacobian_pattern`](JacobianDetector::jacobian_pattern).
    fn hessian_pattern(&self, f: &F, x: &[T]) -> Result<Pattern>;
}
