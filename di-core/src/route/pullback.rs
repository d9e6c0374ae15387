//! Pullback by pushforwards.

use super::ViaPushforward;
use crate::{Backend, PreparePullback, PreparePushforward, Result, Scalar, Seeds, Workspace};
use ndarray::{Array2, ArrayViewMut2};

/// A backend whose pullback is derived.
pub trait DerivedPullback: Backend {
    /// [`ViaPushforward`].
    type Route;
}

/// A way to make a pullback; the methods are those of [`PreparePullback`].
#[expect(clippy::missing_errors_doc, reason = "said where each method is linked")]
pub trait PullbackRoute<B, F, T: Scalar, S> {
    /// What the route keeps between calls.
    type Workspace: Workspace;

    /// [`PreparePullback::init_pullback`].
    fn init(backend: &B, f: &F, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<usize>;

    /// [`PreparePullback::linearize`].
    fn linearize(backend: &B, f: &F, workspace: &mut Self::Workspace, x: &[T], y: Option<&mut [T]>) -> Result<()>;

    /// [`PreparePullback::compute_pullback`].
    fn compute(
        backend: &B,
        f: &F,
        workspace: &mut Self::Workspace,
        dy: Seeds<'_, T>,
        dx: ArrayViewMut2<'_, T>,
    ) -> Result<()>;
}

impl<B, F, T: Scalar, S> PreparePullback<F, T, S> for B
where
    B: DerivedPullback<Route: PullbackRoute<B, F, T, S>>,
{
    type Workspace = <B::Route as PullbackRoute<B, F, T, S>>::Workspace;

    fn init_pullback(&self, f: &F, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<usize> {
        B::Route::init(self, f, x, batch, workspace)
    }

    fn linearize(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], y: Option<&mut [T]>) -> Result<()> {
        B::Route::linearize(self, f, workspace, x, y)
    }

    fn compute_pullback(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        dy: Seeds<'_, T>,
        dx: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        B::Route::compute(self, f, workspace, dy, dx)
    }
}

/// The Jacobian at the point of linearization.
#[derive(Clone, Debug)]
pub struct JacobianWorkspace<W, T> {
    pushforward: W,
    jac: Array2<T>,
}

impl<W: Default, T: Scalar> Default for JacobianWorkspace<W, T> {
    fn default() -> Self {
        Self { pushforward: W::default(), jac: Array2::from_elem((0, 0), T::zero()) }
    }
}

impl<B, F, T: Scalar, S> PullbackRoute<B, F, T, S> for ViaPushforward
where
    B: PreparePushforward<F, T, S>,
{
    type Workspace = JacobianWorkspace<B::Workspace, T>;

    fn init(backend: &B, f: &F, x: &[T], _batch: usize, workspace: &mut Self::Workspace) -> Result<usize> {
        let outputs = backend.init_pushforward(f, x, x.len(), &mut workspace.pushforward)?;
        if workspace.jac.dim() != (outputs, x.len()) {
            workspace.jac = Array2::from_elem((outputs, x.len()), T::zero());
        }
        Ok(outputs)
    }

    fn linearize(backend: &B, f: &F, workspace: &mut Self::Workspace, x: &[T], y: Option<&mut [T]>) -> Result<()> {
        let JacobianWorkspace { pushforward, jac } = workspace;
        backend.compute_pushforward(f, pushforward, x, Seeds::identity(x.len()), y, jac.view_mut())
    }

    fn compute(
        _backend: &B,
        _f: &F,
        workspace: &mut Self::Workspace,
        dy: Seeds<'_, T>,
        mut dx: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        dx.fill(T::zero());
        for i in dy.support() {
            let row = workspace.jac.row(i);
            for j in 0..dy.width() {
                let seed = dy.get(i, j);
                if !seed.is_identically_zero() {
                    dx.column_mut(j).zip_mut_with(&row, |sum, &entry| *sum += entry * seed);
                }
            }
        }
        Ok(())
    }
}
