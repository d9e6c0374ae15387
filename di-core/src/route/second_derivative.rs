//! Second derivative by differentiating the derivative.

use super::{DerivativeFn, Nested};
use crate::{
    Backend, CurveShape, Encloses, PrepareDerivative, PrepareSecondDerivative, Result, Scalar, SecondOrder, Workspace,
};

/// A backend whose second derivative is derived.
pub trait DerivedSecondDerivative: Backend {
    /// [`Nested`].
    type Route;
}

/// A way to make a second derivative; the methods are those of [`PrepareSecondDerivative`].
#[expect(clippy::missing_errors_doc, reason = "said where each method is linked")]
pub trait SecondDerivativeRoute<B, F, T: Scalar, S> {
    /// What is held in the place of the function.
    type Function: Encloses<F>;
    /// What the route keeps between calls.
    type Workspace: Workspace;

    /// [`PrepareSecondDerivative::enclose_second_derivative`].
    fn enclose(backend: &B, f: F) -> Self::Function;

    /// [`PrepareSecondDerivative::init_second_derivative`].
    fn init(backend: &B, f: &Self::Function, x: T, workspace: &mut Self::Workspace) -> Result<usize>;

    /// [`PrepareSecondDerivative::compute_second_derivative`].
    fn compute(
        backend: &B,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: T,
        y: Option<&mut [T]>,
        dy: Option<&mut [T]>,
        ddy: &mut [T],
    ) -> Result<()>;
}

impl<B, F, T: Scalar, S> PrepareSecondDerivative<F, T, S> for B
where
    B: DerivedSecondDerivative<Route: SecondDerivativeRoute<B, F, T, S>>,
{
    type Function = <B::Route as SecondDerivativeRoute<B, F, T, S>>::Function;
    type Workspace = <B::Route as SecondDerivativeRoute<B, F, T, S>>::Workspace;

    fn enclose_second_derivative(&self, f: F) -> Self::Function {
        B::Route::enclose(self, f)
    }

    fn init_second_derivative(&self, f: &Self::Function, x: T, workspace: &mut Self::Workspace) -> Result<usize> {
        B::Route::init(self, f, x, workspace)
    }

    fn compute_second_derivative(
        &self,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: T,
        y: Option<&mut [T]>,
        dy: Option<&mut [T]>,
        ddy: &mut [T],
    ) -> Result<()> {
        B::Route::compute(self, f, workspace, x, y, dy, ddy)
    }
}

/// Value, first and second derivatives, twice the first in between.
#[derive(Clone, Debug, Default)]
pub struct NestedDerivativeWorkspace<W, T> {
    outer: W,
    y: Vec<T>,
    dy: Vec<T>,
}

impl<O, I, F, T: Scalar, S: 'static> PrepareSecondDerivative<F, T, S> for SecondOrder<O, I>
where
    I: Backend,
    O: PrepareDerivative<DerivativeFn<I, F, S>, T, CurveShape>,
{
    type Function = DerivativeFn<I, F, S>;
    type Workspace = NestedDerivativeWorkspace<O::Workspace, T>;

    fn enclose_second_derivative(&self, f: F) -> Self::Function {
        DerivativeFn::new(self.inner.clone(), f)
    }

    fn init_second_derivative(&self, f: &Self::Function, x: T, workspace: &mut Self::Workspace) -> Result<usize> {
        let outputs = f.guard(|| self.outer.init_derivative(f, x, &mut workspace.outer))?;
        workspace.y.resize(outputs, T::zero());
        workspace.dy.resize(outputs, T::zero());
        Ok(outputs / 2)
    }

    fn compute_second_derivative(
        &self,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: T,
        y: Option<&mut [T]>,
        dy: Option<&mut [T]>,
        ddy: &mut [T],
    ) -> Result<()> {
        let NestedDerivativeWorkspace { outer, y: values, dy: derivatives } = workspace;
        let m = ddy.len();
        f.guard(|| self.outer.compute_derivative(f, outer, x, Some(values), derivatives))?;
        if let Some(y) = y {
            y.copy_from_slice(&values[..m]);
        }
        if let Some(dy) = dy {
            dy.copy_from_slice(&values[m..]);
        }
        ddy.copy_from_slice(&derivatives[m..]);
        Ok(())
    }
}

impl<B: Backend, F, T: Scalar, S> SecondDerivativeRoute<B, F, T, S> for Nested
where
    SecondOrder<B, B>: PrepareSecondDerivative<F, T, S>,
{
    type Function = <SecondOrder<B, B> as PrepareSecondDerivative<F, T, S>>::Function;
    type Workspace = <SecondOrder<B, B> as PrepareSecondDerivative<F, T, S>>::Workspace;

    fn enclose(backend: &B, f: F) -> Self::Function {
        SecondOrder::nested(backend).enclose_second_derivative(f)
    }

    fn init(backend: &B, f: &Self::Function, x: T, workspace: &mut Self::Workspace) -> Result<usize> {
        SecondOrder::nested(backend).init_second_derivative(f, x, workspace)
    }

    fn compute(
        backend: &B,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: T,
        y: Option<&mut [T]>,
        dy: Option<&mut [T]>,
        ddy: &mut [T],
    ) -> Result<()> {
        SecondOrder::nested(backend).compute_second_derivative(f, workspace, x, y, dy, ddy)
    }
}
