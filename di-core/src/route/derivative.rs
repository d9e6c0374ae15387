//! Derivative by pushforward or pullback.

use super::scratch::same_outputs;
use super::{ValueWorkspace, ViaPullback, ViaPushforward};
use crate::operator::{column_mut, row_mut};
use crate::{Backend, PrepareDerivative, PreparePullback, PreparePushforward, Result, Scalar, Seeds, Workspace};

/// A backend whose derivative is derived.
pub trait DerivedDerivative: Backend {
    /// [`ViaPushforward`] or [`ViaPullback`].
    type Route;
}

/// A way to make a derivative; the methods are those of [`PrepareDerivative`].
#[expect(clippy::missing_errors_doc, reason = "said where each method is linked")]
pub trait DerivativeRoute<B, F, T: Scalar, S> {
    /// What the route keeps between calls.
    type Workspace: Workspace;

    /// [`PrepareDerivative::init_derivative`].
    fn init(backend: &B, f: &F, x: T, workspace: &mut Self::Workspace) -> Result<usize>;

    /// [`PrepareDerivative::compute_derivative`].
    fn compute(
        backend: &B,
        f: &F,
        workspace: &mut Self::Workspace,
        x: T,
        y: Option<&mut [T]>,
        dy: &mut [T],
    ) -> Result<()>;

    /// [`PrepareDerivative::warm_derivative`].
    fn warm(backend: &B, f: &F, workspace: &mut Self::Workspace, x: T, outputs: usize) -> Result<()>;
}

impl<B, F, T: Scalar, S> PrepareDerivative<F, T, S> for B
where
    B: DerivedDerivative<Route: DerivativeRoute<B, F, T, S>>,
{
    type Workspace = <B::Route as DerivativeRoute<B, F, T, S>>::Workspace;

    fn init_derivative(&self, f: &F, x: T, workspace: &mut Self::Workspace) -> Result<usize> {
        B::Route::init(self, f, x, workspace)
    }

    fn compute_derivative(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: T,
        y: Option<&mut [T]>,
        dy: &mut [T],
    ) -> Result<()> {
        B::Route::compute(self, f, workspace, x, y, dy)
    }

    fn warm_derivative(&self, f: &F, workspace: &mut Self::Workspace, x: T, outputs: usize) -> Result<()> {
        B::Route::warm(self, f, workspace, x, outputs)
    }
}

impl<B, F, T: Scalar, S> DerivativeRoute<B, F, T, S> for ViaPushforward
where
    B: PreparePushforward<F, T, S>,
{
    type Workspace = B::Workspace;

    fn init(backend: &B, f: &F, x: T, workspace: &mut Self::Workspace) -> Result<usize> {
        backend.init_pushforward(f, &[x], 1, workspace)
    }

    fn compute(
        backend: &B,
        f: &F,
        workspace: &mut Self::Workspace,
        x: T,
        y: Option<&mut [T]>,
        dy: &mut [T],
    ) -> Result<()> {
        backend.compute_pushforward(f, workspace, &[x], Seeds::identity(1), y, column_mut(dy))
    }

    fn warm(backend: &B, f: &F, workspace: &mut Self::Workspace, x: T, outputs: usize) -> Result<()> {
        backend.warm_pushforward(f, workspace, &[x], outputs)
    }
}

impl<B, F, T: Scalar, S> DerivativeRoute<B, F, T, S> for ViaPullback
where
    B: PreparePullback<F, T, S>,
{
    type Workspace = ValueWorkspace<B::Workspace, T>;

    fn init(backend: &B, f: &F, x: T, workspace: &mut Self::Workspace) -> Result<usize> {
        let outputs = backend.init_pullback(f, &[x], 1, &mut workspace.pullback)?;
        workspace.fit(outputs);
        same_outputs(outputs, backend.init_pullback(f, &[x], outputs, &mut workspace.pullback)?)
    }

    fn compute(
        backend: &B,
        f: &F,
        workspace: &mut Self::Workspace,
        x: T,
        y: Option<&mut [T]>,
        dy: &mut [T],
    ) -> Result<()> {
        let seeds = Seeds::identity(dy.len());
        workspace.hold(y, |buffers, y| backend.compute_value_and_pullback(f, buffers, &[x], seeds, y, row_mut(dy)))
    }

    fn warm(backend: &B, f: &F, workspace: &mut Self::Workspace, x: T, outputs: usize) -> Result<()> {
        backend.warm_pullback(f, &mut workspace.pullback, &[x], outputs)
    }
}
