//! Pushforward: a run of the tangent for each direction.

use crate::generated::tangent;
use crate::{Enclosure, Enzyme, Number};
use di_core::ndarray::ArrayViewMut2;
use di_core::{Map, PreparePushforward, Result, Seeds, Shadow};
use std::fmt::Debug;

/// A tangent of the inputs, the outputs and theirs, and the function's shadow.
#[derive(Clone, Debug)]
pub struct TangentWorkspace<T, S> {
    dx: Vec<T>,
    y: Vec<T>,
    dy: Vec<T>,
    enclosure: Enclosure<S>,
}

impl<T, S> Default for TangentWorkspace<T, S> {
    fn default() -> Self {
        Self { dx: Vec::new(), y: Vec::new(), dy: Vec::new(), enclosure: Enclosure::default() }
    }
}

impl<F, T: Number, S> PreparePushforward<F, T, S> for Enzyme
where
    F: Map<S, T> + Shadow<Shadow: Clone + Debug + Send + 'static>,
{
    type Workspace = TangentWorkspace<T, F::Shadow>;

    fn init_pushforward(&self, f: &F, x: &[T], _batch: usize, workspace: &mut Self::Workspace) -> Result<usize> {
        workspace.enclosure.renew::<F>(self.function_activity())?;
        let outputs = f.output_count(x.len());
        workspace.dx.resize(x.len(), T::zero());
        workspace.y.resize(outputs, T::zero());
        workspace.dy.resize(outputs, T::zero());
        Ok(outputs)
    }

    fn compute_pushforward(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        y: Option<&mut [T]>,
        mut dy: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        let TangentWorkspace { dx: direction, y: value, dy: result, enclosure } = workspace;
        enclosure.ready::<F, S, T>(self.function_activity(), f, x)?;
        if dy.is_empty() || x.is_empty() {
            dy.fill(T::zero());
            plain(f, x, value, y);
            return Ok(());
        }
        for (j, mut column) in dy.columns_mut().into_iter().enumerate() {
            direction.iter_mut().enumerate().for_each(|(i, entry)| *entry = dx.get(i, j));
            // An output that the function leaves unwritten is not a number, rather than that of an earlier call.
            value.fill(T::nan());
            result.fill(T::nan());
            enclosure.run(f, |shadow| tangent(f, shadow, (x, direction), (value, result)))?;
            column.iter_mut().zip(&*result).for_each(|(to, &from)| *to = from);
        }
        if let Some(y) = y {
            y.copy_from_slice(value);
        }
        Ok(())
    }

    /// Evaluates `f` as it is, and pushes a tangent of zeros forward.
    fn warm_pushforward(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], _outputs: usize) -> Result<()> {
        workspace.enclosure.ready::<F, S, T>(self.function_activity(), f, x)
    }
}

/// A plain evaluation, if the value is wanted: there is nothing to differentiate.
pub(crate) fn plain<F: Map<S, T>, T: Number, S>(f: &F, x: &[T], value: &mut [T], y: Option<&mut [T]>) {
    if let Some(y) = y {
        value.fill(T::nan());
        f.map_into(x, value);
        y.copy_from_slice(value);
    }
}
