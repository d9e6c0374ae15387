//! Functions with adjoint code.

use super::Enclosed;
use crate::{Scalar, Shadow};

/// A function that comes with its adjoint: `x, ȳ ↦ y, x̄`.
///
/// ```math
/// y = f(x), \qquad \bar x \mathrel{+}= J(x)^{\mathsf T}\, \bar y
/// ```
///
/// It stands beside an implementation of [`UnaryFn`](crate::UnaryFn), [`CurveFn`](crate::CurveFn),
/// [`ScalarFn`](crate::ScalarFn) or [`VectorFn`](crate::VectorFn), whichever the function has, with the arguments of any
/// of them as slices. Write it for every `T: Real`: with duals in the place of `T` it gives Hessian-vector products,
/// forward over reverse, without a tape.
///
/// ```
/// use di_core::{AdjointFn, Enclosed, Real, ScalarFn, Shadow};
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
/// impl<T: Real> AdjointFn<T> for SumOfSquares {
///     fn adjoint_into(&self, _: Enclosed<'_, ()>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
///         for (&x, dx) in x.iter().zip(dx) {
///             *dx += x * dy[0] * 2.0;
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
/// Griewank and Walther, *Evaluating Derivatives*, 2nd ed. (2008), section 3.2.
#[diagnostic::on_unimplemented(
    message = "`{Self}` comes with no adjoint for the scalar `{T}`",
    label = "has no adjoint code",
    note = "this backend runs derivative code that stands beside the function: put `#[differentiable]` on its `impl` block, or write `impl<T: Real> AdjointFn<T> for …` by hand",
    note = "a function without derivative code suits the other backends: `NumDual`, `Tape`, `FiniteDiff`"
)]
pub trait AdjointFn<T: Scalar>: Shadow {
    /// Whether it depends on the function and the lengths alone which entries of `y` are written, and not on `x`: an engine
    /// then makes sure once that all are, and not at each run. `#[differentiable]` finds out.
    ///
    /// It must not depend on interior state either, such as a `Cell`, and no entry of an output may be read before it is written.
    /// A promise that is not kept lets outputs hold numbers of an earlier call.
    const STEADY: bool = false;

    /// Adds the pullback of the cotangent `dy` at `x` to `dx`, and writes `f(x)` into `y`, if wanted.
    ///
    /// | argument | length | role |
    /// | --- | --- | --- |
    /// | `enclosed` | | the function's own memory: its shadow is zero at entry, unspecified on return |
    /// | `x`, `dx` | n | the point, duplicated; to `dx` the pullback is added: it accumulates |
    /// | `y` | m | overwritten, if it is there |
    /// | `dy` | m | the cotangent; consumed: what it holds on return is unspecified |
    ///
    /// # Cost
    ///
    /// One evaluation of the function and of its reverse; must not allocate after the first call at a length.
    fn adjoint_into(
        &self,
        enclosed: Enclosed<'_, Self::Shadow>,
        x: &[T],
        dx: &mut [T],
        y: Option<&mut [T]>,
        dy: &mut [T],
    );
}

impl<T: Scalar, F: AdjointFn<T>> AdjointFn<T> for &F {
    const STEADY: bool = F::STEADY;

    #[inline]
    fn adjoint_into(
        &self,
        enclosed: Enclosed<'_, Self::Shadow>,
        x: &[T],
        dx: &mut [T],
        y: Option<&mut [T]>,
        dy: &mut [T],
    ) {
        (**self).adjoint_into(enclosed, x, dx, y, dy);
    }
}
