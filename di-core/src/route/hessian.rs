//! Hessian by Hessian-vector products.

use super::ViaHvp;
use crate::{Backend, Encloses, PrepareHessian, PrepareHvp, Result, Scalar, Seeds, Workspace};
use ndarray::{Array2, ArrayViewMut2};

/// A backend whose Hessian is derived.
pub trait DerivedHessian: Backend {
    /// [`ViaHvp`].
    type Route;
}

/// A way to make a Hessian; the methods are those of [`PrepareHessian`].
#[expect(clippy::missing_errors_doc, reason = "said where each method is linked")]
pub trait HessianRoute<B, F, T: Scalar> {
    /// What is held in the place of the function.
    type Function: Encloses<F>;
    /// What the route keeps between calls.
    type Workspace: Workspace;

    /// [`PrepareHessian::enclose_hessian`].
    fn enclose(backend: &B, f: F) -> Self::Function;

    /// [`PrepareHessian::init_hessian`].
    fn init(backend: &B, f: &Self::Function, x: &[T], workspace: &mut Self::Workspace) -> Result<()>;

    /// [`PrepareHessian::compute_hessian`].
    fn compute(
        backend: &B,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: &[T],
        grad: Option<&mut [T]>,
        hess: ArrayViewMut2<'_, T>,
    ) -> Result<T>;

    /// [`PrepareHessian::warm_hessian`].
    fn warm(backend: &B, f: &Self::Function, workspace: &mut Self::Workspace, x: &[T]) -> Result<()>;
}

impl<B, F, T: Scalar> PrepareHessian<F, T> for B
where
    B: DerivedHessian<Route: HessianRoute<B, F, T>>,
{
    type Function = <B::Route as HessianRoute<B, F, T>>::Function;
    type Workspace = <B::Route as HessianRoute<B, F, T>>::Workspace;

    fn enclose_hessian(&self, f: F) -> Self::Function {
        B::Route::enclose(self, f)
    }

    fn init_hessian(&self, f: &Self::Function, x: &[T], workspace: &mut Self::Workspace) -> Result<()> {
        B::Route::init(self, f, x, workspace)
    }

    fn compute_hessian(
        &self,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: &[T],
        grad: Option<&mut [T]>,
        hess: ArrayViewMut2<'_, T>,
    ) -> Result<T> {
        B::Route::compute(self, f, workspace, x, grad, hess)
    }

    fn warm_hessian(&self, f: &Self::Function, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        B::Route::warm(self, f, workspace, x)
    }
}

impl<B, F, T: Scalar> HessianRoute<B, F, T> for ViaHvp
where
    B: PrepareHvp<F, T>,
{
    type Function = B::Function;
    type Workspace = B::Workspace;

    fn enclose(backend: &B, f: F) -> Self::Function {
        backend.enclose_hvp(f)
    }

    fn init(backend: &B, f: &Self::Function, x: &[T], workspace: &mut Self::Workspace) -> Result<()> {
        backend.init_hvp(f, x, x.len(), workspace)
    }

    fn compute(
        backend: &B,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: &[T],
        grad: Option<&mut [T]>,
        hess: ArrayViewMut2<'_, T>,
    ) -> Result<T> {
        backend.compute_hvp(f, workspace, x, Seeds::identity(x.len()), grad, hess)
    }

    /// With a unit vector, as all calls: engines that copy other tangents need no room for them.
    fn warm(backend: &B, f: &Self::Function, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        let seeds = Seeds::first(x.len());
        let mut column = Array2::from_elem((x.len(), seeds.width()), T::zero());
        backend.compute_hvp(f, workspace, x, seeds, None, column.view_mut()).map(drop)
    }
}
