//! Detection by one evaluation with numbers that record.

use super::run::{Trace, trace};
use super::{HessianDetector, JacobianDetector, Tracer, hessian, jacobian};
use crate::{CurveShape, Error, Map, Pattern, Result, Scalar, Shape, UnaryShape};
use std::any::TypeId;

/// Finds patterns by evaluating the function with [`Tracer`] in the place of numbers.
///
/// Which second derivatives of an operation vanish is known for each operation, so that the Hessian of a sum of terms
/// has the entries of the terms, and that of a linear function none. An entry that can differ from zero is never missed.
/// One that is zero for another reason may be in the pattern: `x - x`, or `sin(x)² + cos(x)²`.
///
/// # Cost
///
/// One evaluation of the function, at some 10 ns for each operation; the patterns are read off in time near linear in
/// the number of operations and entries. No dense vector is kept for a number.
///
/// # Examples
///
/// ```
/// use di_core::{HessianDetector, Pattern, Real, TracerDetector, scalar_fn};
///
/// fn chain<T: Real>(x: &[T]) -> T {
///     x.windows(2).map(|w| (w[1] - w[0]).powi(3)).sum()
/// }
/// let pattern = TracerDetector::global().hessian_pattern(&scalar_fn!(chain), &[0.0; 6])?;
/// assert_eq!(pattern, Pattern::tridiagonal(6)?);
/// # Ok::<(), di_core::Error>(())
/// ```
///
/// # References
///
/// Walther, "Computing sparse Hessians with automatic differentiation", *ACM Transactions on Mathematical Software* 34
/// (2008); Hill and Dalle, "Sparser, better, faster, stronger: sparsity detection for efficient automatic
/// differentiation", *Transactions on Machine Learning Research* (2025).
#[derive(Clone, Debug, Default)]
pub struct TracerDetector {
    /// The points beside that of detection, if detection is local.
    points: Option<Vec<Vec<f64>>>,
}

impl TracerDetector {
    /// Detection whose pattern holds at every point.
    ///
    /// Numbers have no value. `max`, `min`, `abs` and the like depend on all their operands. Control flow that asks for
    /// the value of a number which depends on an input, by a comparison or a conversion into a plain number, is
    /// [`DetectionError::Branch`](crate::DetectionError::Branch); comparisons of constants are not.
    ///
    /// The function's own constants are taken as they are where they decide control flow, or are an exponent of `powi`;
    /// after a change of such a constant detect anew. Factors and summands may change freely, from or to zero too.
    #[must_use]
    pub const fn global() -> Self {
        Self { points: None }
    }

    /// Detection whose pattern holds near the point of detection.
    ///
    /// Numbers have values, which control flow follows, and `max` and `min` depend on the operand that they return (at
    /// a tie on both). Everything else is as in global detection: a product with an exact zero depends on both factors.
    ///
    /// # Where the pattern stops being valid
    ///
    /// Wherever control flow, or the choice of a `max` or `min`, differs from that at the point of detection: the entries
    /// of the other branch are missing, and derivatives computed with the pattern are wrong there, without notice. Unite
    /// points of all branches by [`at`](Self::at), or write the function without branches. At a point on the border of
    /// two branches only the one that is taken is seen.
    #[must_use]
    pub const fn local() -> Self {
        Self { points: Some(Vec::new()) }
    }

    /// Unites the pattern near `point` with those near the others. Without effect on global detection, which holds there
    /// anyway.
    ///
    /// ```
    /// use di_core::{JacobianDetector, Real, ScalarShape, TracerDetector, scalar_fn};
    ///
    /// fn kink<T: Real>(x: &[T]) -> T {
    ///     if x[0] > x[1] { x[0] } else { x[1] }
    /// }
    /// let near = TracerDetector::local();
    /// assert_eq!(near.jacobian_pattern(&scalar_fn!(kink), &[2.0, 1.0])?.nnz(), 1);
    /// assert_eq!(near.at(&[1.0, 2.0]).jacobian_pattern(&scalar_fn!(kink), &[2.0, 1.0])?.nnz(), 2);
    /// # Ok::<(), di_core::Error>(())
    /// ```
    #[must_use]
    pub fn at(mut self, point: &[f64]) -> Self {
        if let Some(points) = &mut self.points {
            points.push(point.to_vec());
        }
        self
    }

    /// Evaluates `f` at all points, and unites the patterns that `read` gets of the recordings.
    fn detect<F: Map<S, Tracer>, T: Scalar, S: Shape>(
        &self,
        f: &F,
        x: &[T],
        second_order: bool,
        read: fn(&Trace, usize) -> Result<Pattern>,
    ) -> Result<Pattern> {
        let shape = TypeId::of::<S>();
        if shape == TypeId::of::<UnaryShape>() || shape == TypeId::of::<CurveShape>() {
            Error::check_length("x", 1, x.len())?;
        }
        let others = self.points.as_deref().unwrap_or_default();
        for point in others {
            Error::check_length("point of the detector", x.len(), point.len())?;
        }
        let outputs = f.output_count(x.len());
        let read_at = |x: &[f64]| {
            let modes = [self.points.is_some(), second_order];
            read(&trace(x, outputs, modes, |x, y| f.map_into(x, y))?, x.len())
        };
        let x: Vec<f64> = x.iter().map(|x| x.to_f64().unwrap_or(f64::NAN)).collect();
        others.iter().try_fold(read_at(&x)?, |pattern, point| pattern.union(&read_at(point)?))
    }
}

impl<F: Map<S, Tracer>, T: Scalar, S: Shape> JacobianDetector<F, T, S> for TracerDetector {
    fn jacobian_pattern(&self, f: &F, x: &[T]) -> Result<Pattern> {
        self.detect(f, x, false, jacobian::pattern)
    }
}

/// Of a function with several outputs: of a sum of them with any weights, as in a Lagrangian.
impl<F: Map<S, Tracer>, T: Scalar, S: Shape> HessianDetector<F, T, S> for TracerDetector {
    fn hessian_pattern(&self, f: &F, x: &[T]) -> Result<Pattern> {
        self.detect(f, x, true, hessian::pattern)
    }
}
