//! Jacobian by pushforwards, pullbacks, or the cheaper of the two.

use super::scratch::same_outputs;
use super::{ValueWorkspace, ViaEither, ViaPullback, ViaPushforward};
use crate::{Backend, PrepareJacobian, PreparePullback, PreparePushforward, Result, Scalar, Seeds, Workspace};
use ndarray::ArrayViewMut2;

/// A backend whose Jacobian is derived.
pub trait DerivedJacobian: Backend {
    /// [`ViaPushforward`], [`ViaPullback`] or [`ViaEither`].
    type Route;
}

/// A way to make a Jacobian; the methods are those of [`PrepareJacobian`].
#[expect(clippy::missing_errors_doc, reason = "said where each method is linked")]
pub trait JacobianRoute<B, F, T: Scalar> {
    /// What the route keeps between calls.
    type Workspace: Workspace;

    /// [`PrepareJacobian::init_jacobian`].
    fn init(backend: &B, f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<usize>;

    /// [`PrepareJacobian::compute_jacobian`].
    fn compute(
        backend: &B,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        y: Option<&mut [T]>,
        jac: ArrayViewMut2<'_, T>,
    ) -> Result<()>;

    /// [`PrepareJacobian::warm_jacobian`].
    fn warm(backend: &B, f: &F, workspace: &mut Self::Workspace, x: &[T], outputs: usize) -> Result<()>;
}

impl<B, F, T: Scalar> PrepareJacobian<F, T> for B
where
    B: DerivedJacobian<Route: JacobianRoute<B, F, T>>,
{
    type Workspace = <B::Route as JacobianRoute<B, F, T>>::Workspace;

    fn init_jacobian(&self, f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<usize> {
        B::Route::init(self, f, x, workspace)
    }

    fn compute_jacobian(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        y: Option<&mut [T]>,
        jac: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        B::Route::compute(self, f, workspace, x, y, jac)
    }

    fn warm_jacobian(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], outputs: usize) -> Result<()> {
        B::Route::warm(self, f, workspace, x, outputs)
    }
}

impl<B, F, T: Scalar> JacobianRoute<B, F, T> for ViaPushforward
where
    B: PreparePushforward<F, T>,
{
    type Workspace = B::Workspace;

    fn init(backend: &B, f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<usize> {
        backend.init_pushforward(f, x, x.len(), workspace)
    }

    fn compute(
        backend: &B,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        y: Option<&mut [T]>,
        jac: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        backend.compute_pushforward(f, workspace, x, Seeds::identity(x.len()), y, jac)
    }

    fn warm(backend: &B, f: &F, workspace: &mut Self::Workspace, x: &[T], outputs: usize) -> Result<()> {
        backend.warm_pushforward(f, workspace, x, outputs)
    }
}

impl<B, F, T: Scalar> JacobianRoute<B, F, T> for ViaPullback
where
    B: PreparePullback<F, T>,
{
    type Workspace = ValueWorkspace<B::Workspace, T>;

    fn init(backend: &B, f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<usize> {
        let outputs = backend.init_pullback(f, x, 1, &mut workspace.pullback)?;
        workspace.fit(outputs);
        same_outputs(outputs, backend.init_pullback(f, x, outputs, &mut workspace.pullback)?)
    }

    fn compute(
        backend: &B,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        y: Option<&mut [T]>,
        jac: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        let seeds = Seeds::identity(jac.nrows());
        let jac = jac.reversed_axes();
        workspace.hold(y, |buffers, y| backend.compute_value_and_pullback(f, buffers, x, seeds, y, jac))
    }

    fn warm(backend: &B, f: &F, workspace: &mut Self::Workspace, x: &[T], outputs: usize) -> Result<()> {
        backend.warm_pullback(f, &mut workspace.pullback, x, outputs)
    }
}

/// The buffers of the direction that was chosen; those of the other one stay empty.
#[derive(Clone, Debug, Default)]
pub struct EitherWorkspace<P, Q> {
    pushforward: P,
    pullback: Q,
    /// Whether the pullback is the one in use.
    reverse: bool,
}

impl<B, F, T: Scalar> JacobianRoute<B, F, T> for ViaEither
where
    B: PreparePushforward<F, T> + PreparePullback<F, T>,
{
    type Workspace = EitherWorkspace<
        <ViaPushforward as JacobianRoute<B, F, T>>::Workspace,
        <ViaPullback as JacobianRoute<B, F, T>>::Workspace,
    >;

    fn init(backend: &B, f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<usize> {
        // Either tells the number of outputs: first the one in use, whose buffers are kept if it stays.
        if workspace.reverse {
            let outputs = ViaPullback::init(backend, f, x, &mut workspace.pullback)?;
            if x.len() > outputs {
                return Ok(outputs);
            }
        }
        let outputs = ViaPushforward::init(backend, f, x, &mut workspace.pushforward)?;
        workspace.reverse = x.len() > outputs;
        if !workspace.reverse {
            return Ok(outputs);
        }
        workspace.pushforward = Default::default();
        ViaPullback::init(backend, f, x, &mut workspace.pullback)
    }

    fn compute(
        backend: &B,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        y: Option<&mut [T]>,
        jac: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        if workspace.reverse {
            ViaPullback::compute(backend, f, &mut workspace.pullback, x, y, jac)
        } else {
            ViaPushforward::compute(backend, f, &mut workspace.pushforward, x, y, jac)
        }
    }

    fn warm(backend: &B, f: &F, workspace: &mut Self::Workspace, x: &[T], outputs: usize) -> Result<()> {
        if workspace.reverse {
            ViaPullback::warm(backend, f, &mut workspace.pullback, x, outputs)
        } else {
            ViaPushforward::warm(backend, f, &mut workspace.pushforward, x, outputs)
        }
    }
}
