//! Pullback: a run of the adjoint for each cotangent.

use crate::pushforward::evaluate;
use crate::written::Written;
use crate::{Enclosure, EnzymeStyle};
use di_core::ndarray::{Array2, ArrayViewMut2};
use di_core::{AdjointFn, Map, PreparePullback, Result, Scalar, Seeds};

/// The point of linearization, a cotangent and its pullback, and the function's shadow.
#[derive(Clone, Debug)]
pub struct AdjointWorkspace<T, S> {
    x: Vec<T>,
    cotangent: Vec<T>,
    pullback: Vec<T>,
    /// Values of outputs.
    written: Written,
    enclosure: Enclosure<S>,
}

impl<T, S> Default for AdjointWorkspace<T, S> {
    fn default() -> Self {
        let (written, enclosure) = (Written::default(), Enclosure::default());
        Self { x: Vec::new(), cotangent: Vec::new(), pullback: Vec::new(), written, enclosure }
    }
}

impl<F, T: Scalar, S> PreparePullback<F, T, S> for EnzymeStyle
where
    F: AdjointFn<T, Shadow: Clone + std::fmt::Debug + Send + 'static> + Map<S, T>,
{
    type Workspace = AdjointWorkspace<T, F::Shadow>;

    fn init_pullback(&self, f: &F, x: &[T], _batch: usize, workspace: &mut Self::Workspace) -> Result<usize> {
        let outputs = f.output_count(x.len());
        workspace.x.resize(x.len(), T::zero());
        workspace.pullback.resize(x.len(), T::zero());
        workspace.cotangent.resize(outputs, T::zero());
        workspace.written = Written::default();
        workspace.enclosure.make(f, self.function_activity());
        Ok(outputs)
    }

    fn linearize(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], y: Option<&mut [T]>) -> Result<()> {
        workspace.x.copy_from_slice(x);
        if let Some(y) = y {
            evaluate(f, x, y);
        }
        Ok(())
    }

    fn compute_pullback(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        dy: Seeds<'_, T>,
        dx: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        let AdjointWorkspace { x, cotangent, pullback, written, enclosure } = workspace;
        pull_back::<F, T, S>(f, Buffers { cotangent, pullback, written, enclosure }, x, &dy, None, dx);
        Ok(())
    }

    /// Each cotangent has a run of its own.
    fn pullback_width(&self, _workspace: &Self::Workspace) -> usize {
        1
    }

    fn compute_value_and_pullback(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        dy: Seeds<'_, T>,
        y: Option<&mut [T]>,
        dx: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        let AdjointWorkspace { cotangent, pullback, written, enclosure, .. } = workspace;
        pull_back::<F, T, S>(f, Buffers { cotangent, pullback, written, enclosure }, x, &dy, y, dx);
        Ok(())
    }

    /// A plain evaluation, then runs of the adjoint with the value and without: each may take other memory.
    fn warm_pullback(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], outputs: usize) -> Result<()> {
        let seeds = Seeds::first(outputs);
        let mut y = vec![T::zero(); outputs];
        let mut dx = Array2::from_elem((x.len(), seeds.width()), T::zero());
        self.linearize(f, workspace, x, Some(&mut y))?;
        self.compute_value_and_pullback(f, workspace, x, seeds.clone(), Some(&mut y), dx.view_mut())?;
        self.compute_value_and_pullback(f, workspace, x, seeds, None, dx.view_mut())?;
        // What the function owns may have grown.
        workspace.enclosure.start(f);
        Ok(())
    }
}

/// What a run of the adjoint writes into.
struct Buffers<'w, T, S> {
    cotangent: &'w mut [T],
    pullback: &'w mut [T],
    written: &'w mut Written,
    enclosure: &'w mut Enclosure<S>,
}

/// Runs the adjoint once for each column of `dy`; the first run gives the value.
fn pull_back<F: AdjointFn<T> + Map<S, T>, T: Scalar, S>(
    f: &F,
    buffers: Buffers<'_, T, F::Shadow>,
    x: &[T],
    dy: &Seeds<'_, T>,
    mut y: Option<&mut [T]>,
    mut dx: ArrayViewMut2<'_, T>,
) {
    let Buffers { cotangent, pullback, written, enclosure } = buffers;
    if dx.is_empty() || cotangent.is_empty() {
        dx.fill(T::zero());
        if let Some(y) = y {
            evaluate(f, x, y);
        }
        return;
    }
    if let Some(y) = &mut y {
        written.begin(x, y);
    }
    for (j, mut column) in dx.columns_mut().into_iter().enumerate() {
        match dy {
            Seeds::Basis { start, .. } => {
                cotangent.fill(T::zero());
                cotangent[start + j] = T::one();
            }
            Seeds::Groups { .. } => {
                cotangent.iter_mut().enumerate().for_each(|(i, to)| *to = dy.get(i, j));
            }
            Seeds::Dense(view) => match view.column(j).as_slice() {
                Some(column) => cotangent.copy_from_slice(column),
                None => cotangent.iter_mut().zip(view.column(j)).for_each(|(to, &from)| *to = from),
            },
        }
        let mut run = |pullback: &mut [T]| {
            pullback.fill(T::zero());
            f.adjoint_into(enclosure.start(f), x, pullback, y.as_deref_mut(), cotangent);
            if let Some(y) = y.take() {
                written.end(F::STEADY, y);
            }
        };
        if let Some(column) = column.as_slice_mut() {
            run(column);
        } else {
            run(pullback);
            column.iter_mut().zip(&*pullback).for_each(|(to, &from)| *to = from);
        }
    }
}
