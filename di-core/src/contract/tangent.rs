//! Functions with tangent code.

use super::Enclosed;
use crate::{Scalar, Shadow};

/// A function that comes with its tangent: `x, ẋ ↦ y, ẏ`.
///
/// ```math
/// y = f(x), \qquad \dot y_k = J(x)\, \dot x_k, \quad k = 1 \dots K
/// ```
///
/// It stands beside an implementation of [`UnaryFn`](crate::UnaryFn), [`CurveFn`](crate::CurveFn),
/// [`ScalarFn`](crate::ScalarFn) or [`VectorFn`](crate::VectorFn), whichever the function has, with the arguments of any
/// of them as slices. Write it for every `T: Real`: with duals in the place of `T` it gives second derivatives.
///
/// ```
/// use di_core::{Enclosed, Real, ScalarFn, Shadow, TangentFn};
///
/// /// `Σ x_i²`
/// #[derive(Clone, Debug, Shadow)]
/// #[shadow(constant)]
/// struct SumOfSquares;
/// impl<T: Real> ScalarFn<T> for SumOfSquares {
///     fn call(&self, x: &[T]) -> T {
///         x.iter().map(|&x| x * x).sum()
///     }
/// }
/// impl<T: Real> TangentFn<T> for SumOfSquares {
///     fn tangent_into<const K: usize>(
///         &self, _: Enclosed<'_, ()>, x: &[T], dx: &[[T; K]], y: Option<&mut [T]>, dy: &mut [[T; K]],
///     ) {
///         dy[0] = [T::zero(); K];
///         for (&x, dx) in x.iter().zip(dx) {
///             for (dy, &dx) in dy[0].iter_mut().zip(dx) {
///                 *dy += x * dx * 2.0;
///             }
///         }
///         if let Some(y) = y {
///             y[0] = self.call(x);
///         }
///     }
/// }
/// ```
///
/// # References
///
/// Griewank and Walther, *Evaluating Derivatives*, 2nd ed. (2008), section 3.1.
#[diagnostic::on_unimplemented(
    message = "`{Self}` comes with no tangent for the scalar `{T}`",
    label = "has no tangent code",
    note = "this backend runs derivative code that stands beside the function: put `#[differentiable]` on its `impl` block, or write `impl<T: Real> TangentFn<T> for …` by hand",
    note = "a function without derivative code suits the other backends: `NumDual`, `Tape`, `FiniteDiff`"
)]
pub trait TangentFn<T: Scalar>: Shadow {
    /// Whether it depends on the function and the lengths alone which entries of `y` and `dy` are written, and not on `x`: an
    /// engine then makes sure once that all are, and not at each run. `#[differentiable]` finds out.
    ///
    /// It must not depend on interior state either, such as a `Cell`, and no entry of an output may be read before it is written.
    /// A promise that is not kept lets outputs hold numbers of an earlier call.
    const STEADY: bool = false;

    /// Writes the pushforwards of `K` tangents at `x` into `dy`, and `f(x)` into `y`, if wanted.
    ///
    /// | argument | length | role |
    /// | --- | --- | --- |
    /// | `enclosed` | | the function's own memory: its shadow is zero at entry, unspecified on return |
    /// | `x`, `dx` | n | point and tangents, duplicated; the `K` tangents of one entry are adjacent |
    /// | `y`, `dy` | m | duplicated; all entries of `dy`, and of `y` if it is there, are overwritten |
    ///
    /// # Cost
    ///
    /// One evaluation of the function, with `K` tangents; must not allocate after the first call at a length.
    fn tangent_into<const K: usize>(
        &self,
        enclosed: Enclosed<'_, Self::Shadow>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    );
}

impl<T: Scalar, F: TangentFn<T>> TangentFn<T> for &F {
    const STEADY: bool = F::STEADY;

    #[inline]
    fn tangent_into<const K: usize>(
        &self,
        enclosed: Enclosed<'_, Self::Shadow>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        (**self).tangent_into(enclosed, x, dx, y, dy);
    }
}
