//! Pullback: a run of the adjoint for each cotangent.

use crate::generated::adjoint;
use crate::pushforward::plain;
use crate::{Enclosure, Enzyme, Number};
use di_core::ndarray::ArrayViewMut2;
use di_core::{Map, PreparePullback, Result, Seeds, Shadow};
use std::fmt::Debug;

/// The point of linearization, a cotangent, its pullback, the outputs, and the function's shadow.
#[derive(Clone, Debug)]
pub struct AdjointWorkspace<T, S> {
    x: Vec<T>,
    dx: Vec<T>,
    y: Vec<T>,
    /// Copied from what the caller gives at each run, which consumes it.
    dy: Vec<T>,
    enclosure: Enclosure<S>,
}

impl<T, S> Default for AdjointWorkspace<T, S> {
    fn default() -> Self {
        Self { x: Vec::new(), dx: Vec::new(), y: Vec::new(), dy: Vec::new(), enclosure: Enclosure::default() }
    }
}

impl<F, T: Number, S> PreparePullback<F, T, S> for Enzyme
where
    F: Map<S, T> + Shadow<Shadow: Clone + Debug + Send + 'static>,
{
    type Workspace = AdjointWorkspace<T, F::Shadow>;

    fn init_pullback(&self, f: &F, x: &[T], _batch: usize, workspace: &mut Self::Workspace) -> Result<usize> {
        workspace.enclosure.renew::<F>(self.function_activity())?;
        let outputs = f.output_count(x.len());
        workspace.x.resize(x.len(), T::zero());
        workspace.dx.resize(x.len(), T::zero());
        workspace.y.resize(outputs, T::zero());
        workspace.dy.resize(outputs, T::zero());
        Ok(outputs)
    }

    fn linearize(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], y: Option<&mut [T]>) -> Result<()> {
        workspace.x.copy_from_slice(x);
        plain(f, x, &mut workspace.y, y);
        Ok(())
    }

    fn compute_pullback(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        dy: Seeds<'_, T>,
        dx: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        let AdjointWorkspace { x, dx: pullback, y, dy: cotangent, enclosure } = workspace;
        enclosure.ready::<F, S, T>(self.function_activity(), f, x)?;
        pull_back::<F, T, S>(f, x, &dy, Buffers { pullback, y, cotangent, enclosure }, dx)
    }

    fn compute_value_and_pullback(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        dy: Seeds<'_, T>,
        y: Option<&mut [T]>,
        mut dx: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        let AdjointWorkspace { dx: pullback, y: value, dy: cotangent, enclosure, .. } = workspace;
        enclosure.ready::<F, S, T>(self.function_activity(), f, x)?;
        if dx.is_empty() || value.is_empty() {
            dx.fill(T::zero());
            plain(f, x, value, y);
            return Ok(());
        }
        pull_back::<F, T, S>(f, x, &dy, Buffers { pullback, y: value, cotangent, enclosure }, dx)?;
        if let Some(y) = y {
            y.copy_from_slice(value);
        }
        Ok(())
    }

    /// Evaluates `f` as it is, and pushes a tangent of zeros forward.
    fn warm_pullback(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], _outputs: usize) -> Result<()> {
        workspace.enclosure.ready::<F, S, T>(self.function_activity(), f, x)
    }
}

/// What a run of the adjoint writes into.
struct Buffers<'w, T, S> {
    pullback: &'w mut [T],
    y: &'w mut [T],
    cotangent: &'w mut [T],
    enclosure: &'w mut Enclosure<S>,
}

/// Runs the adjoint once for each column of `dy`.
fn pull_back<F, T: Number, S>(
    f: &F,
    x: &[T],
    dy: &Seeds<'_, T>,
    buffers: Buffers<'_, T, F::Shadow>,
    mut dx: ArrayViewMut2<'_, T>,
) -> Result<()>
where
    F: Map<S, T> + Shadow<Shadow: 'static>,
{
    let Buffers { pullback, y, cotangent, enclosure } = buffers;
    if dx.is_empty() || y.is_empty() {
        dx.fill(T::zero());
        return Ok(());
    }
    for (j, mut column) in dx.columns_mut().into_iter().enumerate() {
        cotangent.iter_mut().enumerate().for_each(|(i, entry)| *entry = dy.get(i, j));
        pullback.fill(T::zero());
        // An output that the function leaves unwritten is not a number, rather than that of an earlier call.
        y.fill(T::nan());
        enclosure.run(f, |shadow| adjoint(f, shadow, (x, pullback), (y, cotangent)))?;
        column.iter_mut().zip(&*pullback).for_each(|(to, &from)| *to = from);
    }
    Ok(())
}
