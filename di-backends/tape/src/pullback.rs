//! The primitive: one recording, then a sweep for each group of cotangents.

use crate::recording::{LOST, Recording};
use crate::sweep::sweep;
use crate::{Tape, Var, active};
use di_core::ndarray::{ArrayViewMut2, Axis, Slice, Zip, aview2};
use di_core::{Error, Map, PreparePullback, Result, Scalar, Seeds};
use std::ops::Range;

/// A recording, its inputs and outputs, and adjoints; kept between calls.
#[derive(Clone, Debug)]
pub struct TapeWorkspace<T> {
    recording: Recording<T>,
    x: Vec<Var<T>>,
    y: Vec<Var<T>>,
    /// All zero between sweeps.
    adjoints: Vec<T>,
    /// Whether a sweep was left half-way, by a panic of the scalar.
    interrupted: bool,
    width: usize,
}

impl<T> Default for TapeWorkspace<T> {
    fn default() -> Self {
        Self {
            recording: Recording::default(),
            x: Vec::new(),
            y: Vec::new(),
            adjoints: Vec::new(),
            interrupted: false,
            width: 1,
        }
    }
}

impl<F, T: Scalar, S> PreparePullback<F, T, S> for Tape
where
    F: Map<S, Var<T>>,
{
    type Workspace = TapeWorkspace<T>;

    fn init_pullback(&self, f: &F, x: &[T], batch: usize, workspace: &mut TapeWorkspace<T>) -> Result<usize> {
        let outputs = f.output_count(x.len());
        workspace.x.resize(x.len(), Var::variable(T::nan(), LOST));
        workspace.y.resize(outputs, Var::variable(T::nan(), LOST));
        workspace.width = match self.width().pick(batch, size_of::<T>()) {
            8.. => 8,
            4..8 => 4,
            2..4 => 2,
            _ => 1,
        };
        Ok(outputs)
    }

    fn linearize(&self, f: &F, workspace: &mut TapeWorkspace<T>, x: &[T], y: Option<&mut [T]>) -> Result<()> {
        let TapeWorkspace { recording, x: inputs, y: outputs, adjoints, interrupted, width } = workspace;
        let base = recording.start(x.len()).map_err(Error::backend)?;
        for ((input, &value), id) in inputs.iter_mut().zip(x).zip(base + 1..) {
            *input = Var::variable(value, id);
        }
        outputs.fill(Var::variable(T::nan(), LOST));
        active::record(recording, || f.map_into(inputs, outputs));
        recording.check(outputs).map_err(Error::backend)?;
        if std::mem::take(interrupted) {
            adjoints.clear();
        }
        adjoints.resize(recording.slots() * *width, T::zero());
        if let Some(y) = y {
            for (y, output) in y.iter_mut().zip(outputs) {
                *y = output.value;
            }
        }
        Ok(())
    }

    fn pullback_width(&self, workspace: &TapeWorkspace<T>) -> usize {
        workspace.width
    }

    fn compute_pullback(
        &self,
        _f: &F,
        workspace: &mut TapeWorkspace<T>,
        dy: Seeds<'_, T>,
        mut dx: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        for start in (0..dy.width()).step_by(workspace.width) {
            let columns = start..dy.width().min(start + workspace.width);
            match workspace.width {
                1 => pull::<T, 1>(workspace, &dy, columns, &mut dx),
                2 => pull::<T, 2>(workspace, &dy, columns, &mut dx),
                4 => pull::<T, 4>(workspace, &dy, columns, &mut dx),
                _ => pull::<T, 8>(workspace, &dy, columns, &mut dx),
            }
        }
        Ok(())
    }
}

/// One sweep, for the cotangents of these columns.
fn pull<T: Scalar, const K: usize>(
    workspace: &mut TapeWorkspace<T>,
    dy: &Seeds<'_, T>,
    columns: Range<usize>,
    dx: &mut ArrayViewMut2<'_, T>,
) {
    let TapeWorkspace { recording, y, adjoints, interrupted, .. } = workspace;
    *interrupted = true;
    let inputs = dx.nrows();
    let (adjoints, _) = adjoints.as_chunks_mut::<K>();
    let mut plant = |y: &Var<T>, j: usize, seed: T| {
        if !seed.is_identically_zero() {
            adjoints[recording.result_slot(y.id)][j] += seed * y.slope;
        }
    };
    match dy {
        Seeds::Basis { start, .. } => {
            for (j, column) in columns.clone().enumerate() {
                plant(&y[start + column], j, T::one());
            }
        }
        Seeds::Groups { colors, start, .. } => {
            for (y, &color) in y.iter().zip(*colors) {
                let j = (color as usize).wrapping_sub(start + columns.start);
                if j < columns.len() {
                    plant(y, j, T::one());
                }
            }
        }
        Seeds::Dense(seeds) => {
            for (j, column) in columns.clone().enumerate() {
                Zip::from(seeds.column(column)).and(&*y).for_each(|&seed, y| plant(y, j, seed));
            }
        }
    }
    sweep(recording, adjoints);
    let found = aview2(&adjoints[1..=inputs]);
    let found = found.slice_axis(Axis(1), Slice::from(..columns.len()));
    dx.slice_axis_mut(Axis(1), Slice::from(columns)).assign(&found);
    adjoints[..=inputs].fill([T::zero(); K]);
    *interrupted = false;
}
