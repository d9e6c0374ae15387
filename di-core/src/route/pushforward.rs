//! Pushforward by pullbacks.

use super::ViaPullback;
use crate::{Backend, ChunkWidth, PreparePullback, PreparePushforward, Result, Scalar, Seeds, Workspace};
use ndarray::{ArrayViewMut2, aview_mut1};

/// A backend whose pushforward is derived.
pub trait DerivedPushforward: Backend {
    /// [`ViaPullback`].
    type Route;
}

/// A way to make a pushforward; the methods are those of [`PreparePushforward`].
#[expect(clippy::missing_errors_doc, reason = "said where each method is linked")]
pub trait PushforwardRoute<B, F, T: Scalar, S> {
    /// What the route keeps between calls.
    type Workspace: Workspace;

    /// [`PreparePushforward::init_pushforward`].
    fn init(backend: &B, f: &F, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<usize>;

    /// [`PreparePushforward::compute_pushforward`].
    fn compute(
        backend: &B,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        y: Option<&mut [T]>,
        dy: ArrayViewMut2<'_, T>,
    ) -> Result<()>;
}

impl<B, F, T: Scalar, S> PreparePushforward<F, T, S> for B
where
    B: DerivedPushforward<Route: PushforwardRoute<B, F, T, S>>,
{
    type Workspace = <B::Route as PushforwardRoute<B, F, T, S>>::Workspace;

    fn init_pushforward(&self, f: &F, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<usize> {
        B::Route::init(self, f, x, batch, workspace)
    }

    fn compute_pushforward(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        y: Option<&mut [T]>,
        dy: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        B::Route::compute(self, f, workspace, x, dx, y, dy)
    }
}

/// Rows of the Jacobian, some at a time.
#[derive(Clone, Debug, Default)]
pub struct RowWorkspace<W, T> {
    pullback: W,
    rows: Vec<T>,
    width: usize,
}

impl<B, F, T: Scalar, S> PushforwardRoute<B, F, T, S> for ViaPullback
where
    B: PreparePullback<F, T, S>,
{
    type Workspace = RowWorkspace<B::Workspace, T>;

    fn init(backend: &B, f: &F, x: &[T], _batch: usize, workspace: &mut Self::Workspace) -> Result<usize> {
        let outputs = backend.init_pullback(f, x, 1, &mut workspace.pullback)?;
        workspace.width = ChunkWidth::Auto.pick(outputs, size_of::<T>());
        workspace.rows.resize(x.len() * workspace.width, T::zero());
        backend.init_pullback(f, x, workspace.width, &mut workspace.pullback)
    }

    fn compute(
        backend: &B,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        y: Option<&mut [T]>,
        mut dy: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        let RowWorkspace { pullback, rows, width } = workspace;
        backend.linearize(f, pullback, x, y)?;
        let outputs = dy.nrows();
        if dx.width() == 0 {
            return Ok(());
        }
        for start in (0..outputs).step_by(*width) {
            let count = (*width).min(outputs - start);
            let (rows, _) = rows.split_at_mut(x.len() * count);
            let Ok(mut rows) = aview_mut1(rows).into_shape_with_order((x.len(), count)) else {
                unreachable!("the slice was cut to that size")
            };
            let seeds = Seeds::Basis { dim: outputs, start, width: count };
            backend.compute_pullback(f, pullback, seeds, rows.view_mut())?;
            for row in 0..count {
                for j in 0..dx.width() {
                    let mut sum = T::zero();
                    for i in dx.support() {
                        let seed = dx.get(i, j);
                        if !seed.is_identically_zero() {
                            sum += rows[(i, row)] * seed;
                        }
                    }
                    dy[(start + row, j)] = sum;
                }
            }
        }
        Ok(())
    }
}
