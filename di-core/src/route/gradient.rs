//! Gradient by pushforwards or pullback.

use super::{ViaPullback, ViaPushforward};
use crate::operator::{column_mut, row_mut};
use crate::{
    Backend, PrepareGradient, PreparePullback, PreparePushforward, Result, Scalar, ScalarShape, Seeds, Workspace,
};
use std::slice::from_mut;

/// A backend whose gradient is derived.
pub trait DerivedGradient: Backend {
    /// [`ViaPushforward`] or [`ViaPullback`].
    type Route;
}

/// A way to make a gradient; the methods are those of [`PrepareGradient`].
#[expect(clippy::missing_errors_doc, reason = "said where each method is linked")]
pub trait GradientRoute<B, F, T: Scalar> {
    /// What the route keeps between calls.
    type Workspace: Workspace;

    /// [`PrepareGradient::init_gradient`].
    fn init(backend: &B, f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<()>;

    /// [`PrepareGradient::compute_gradient`].
    fn compute(
        backend: &B,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        y: Option<&mut T>,
        grad: &mut [T],
    ) -> Result<()>;

    /// [`PrepareGradient::warm_gradient`].
    fn warm(backend: &B, f: &F, workspace: &mut Self::Workspace, x: &[T]) -> Result<()>;
}

impl<B, F, T: Scalar> PrepareGradient<F, T> for B
where
    B: DerivedGradient<Route: GradientRoute<B, F, T>>,
{
    type Workspace = <B::Route as GradientRoute<B, F, T>>::Workspace;

    fn init_gradient(&self, f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<()> {
        B::Route::init(self, f, x, workspace)
    }

    #[inline]
    fn compute_gradient(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        y: Option<&mut T>,
        grad: &mut [T],
    ) -> Result<()> {
        B::Route::compute(self, f, workspace, x, y, grad)
    }

    fn warm_gradient(&self, f: &F, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        B::Route::warm(self, f, workspace, x)
    }
}

impl<B, F, T: Scalar> GradientRoute<B, F, T> for ViaPushforward
where
    B: PreparePushforward<F, T, ScalarShape>,
{
    type Workspace = B::Workspace;

    fn init(backend: &B, f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<()> {
        backend.init_pushforward(f, x, x.len(), workspace).map(drop)
    }

    fn compute(
        backend: &B,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        y: Option<&mut T>,
        grad: &mut [T],
    ) -> Result<()> {
        backend.compute_pushforward(f, workspace, x, Seeds::identity(x.len()), y.map(from_mut), row_mut(grad))
    }

    fn warm(backend: &B, f: &F, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        backend.warm_pushforward(f, workspace, x, 1)
    }
}

impl<B, F, T: Scalar> GradientRoute<B, F, T> for ViaPullback
where
    B: PreparePullback<F, T, ScalarShape>,
{
    type Workspace = B::Workspace;

    fn init(backend: &B, f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<()> {
        backend.init_pullback(f, x, 1, workspace).map(drop)
    }

    #[inline]
    fn compute(
        backend: &B,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        y: Option<&mut T>,
        grad: &mut [T],
    ) -> Result<()> {
        backend.compute_value_and_pullback(f, workspace, x, Seeds::identity(1), y.map(from_mut), column_mut(grad))
    }

    fn warm(backend: &B, f: &F, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        backend.warm_pullback(f, workspace, x, 1)
    }
}
