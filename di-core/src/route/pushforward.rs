//! Pushforward by pullbacks.

use super::scratch::same_outputs;
use super::{Scratch, ValueWorkspace, ViaPullback};
use crate::{Backend, ChunkWidth, PreparePullback, PreparePushforward, Result, Scalar, Seeds, Workspace};
use ndarray::ArrayViewMut2;

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

/// Rows of the Jacobian, some at a time, and the products with them that are not given out yet.
#[derive(Clone, Debug, Default)]
pub struct RowWorkspace<W, T> {
    engine: ValueWorkspace<W, T>,
    rows: Scratch<T>,
    products: Scratch<T>,
    width: usize,
}

impl<B, F, T: Scalar, S> PushforwardRoute<B, F, T, S> for ViaPullback
where
    B: PreparePullback<F, T, S>,
{
    type Workspace = RowWorkspace<B::Workspace, T>;

    fn init(backend: &B, f: &F, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<usize> {
        let RowWorkspace { engine, rows, products, width } = workspace;
        let outputs = backend.init_pullback(f, x, 1, &mut engine.pullback)?;
        engine.fit(outputs);
        *width = ChunkWidth::Auto.pick(outputs, size_of::<T>());
        rows.reserve(x.len(), *width);
        products.reserve(outputs, batch);
        same_outputs(outputs, backend.init_pullback(f, x, *width, &mut engine.pullback)?)
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
        let RowWorkspace { engine, rows, products, width } = workspace;
        let mut products = products.matrix(dy.nrows(), dy.ncols());
        engine.hold(y, |buffers, y| {
            backend.linearize(f, buffers, x, y)?;
            if dx.width() == 0 {
                return Ok(());
            }
            let outputs = products.nrows();
            for start in (0..outputs).step_by(*width) {
                let count = (*width).min(outputs - start);
                let mut rows = rows.matrix(x.len(), count);
                let seeds = Seeds::Basis { dim: outputs, start, width: count };
                backend.compute_pullback(f, buffers, seeds, rows.view_mut())?;
                for row in 0..count {
                    for j in 0..dx.width() {
                        let mut sum = T::zero();
                        for i in dx.support() {
                            let seed = dx.get(i, j);
                            if !seed.is_identically_zero() {
                                sum += rows[(i, row)] * seed;
                            }
                        }
                        products[(start + row, j)] = sum;
                    }
                }
            }
            Ok(())
        })?;
        dy.assign(&products);
        Ok(())
    }
}
