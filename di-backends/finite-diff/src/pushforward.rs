//! Pushforward by first differences.

use crate::backend::{FiniteDiff, Scheme};
use crate::step::Steps;
use di_core::ndarray::{ArrayViewMut1, ArrayViewMut2};
use di_core::{Map, PreparePushforward, Result, Scalar, Seeds, unwritten};

/// Points and values of first differences.
#[derive(Clone, Debug, Default)]
pub struct PushforwardWorkspace<T> {
    steps: Steps,
    point: Vec<T>,
    shift: Vec<T>,
    /// The value at the point, for forward differences.
    centre: Vec<T>,
    plus: Vec<T>,
    minus: Vec<T>,
}

impl<F: Map<S, T>, T: Scalar, S> PreparePushforward<F, T, S> for FiniteDiff {
    type Workspace = PushforwardWorkspace<T>;

    fn init_pushforward(&self, f: &F, x: &[T], _batch: usize, workspace: &mut Self::Workspace) -> Result<usize> {
        workspace.steps = Steps::first::<T>(self)?;
        let outputs = f.output_count(x.len());
        let PushforwardWorkspace { point, shift, centre, plus, minus, .. } = workspace;
        for (buffer, len) in [(point, x.len()), (shift, x.len()), (centre, outputs), (plus, outputs), (minus, outputs)]
        {
            buffer.resize(len, T::zero());
        }
        Ok(outputs)
    }

    /// Each direction has evaluations of its own.
    fn pushforward_width(&self, _workspace: &Self::Workspace) -> usize {
        1
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
        let forward = self.scheme == Scheme::Forward;
        if forward || y.is_some() {
            evaluate(f, x, &mut workspace.centre);
        }
        workspace.point.copy_from_slice(x);
        for (j, dy) in dy.columns_mut().into_iter().enumerate() {
            match &dx {
                Seeds::Basis { start, .. } => workspace.along_coordinate(f, x, start + j, forward, dy),
                _ => workspace.along_direction(f, x, &dx, j, forward, dy),
            }
        }
        if let Some(y) = y {
            y.copy_from_slice(&workspace.centre);
        }
        Ok(())
    }
}

impl<T: Scalar> PushforwardWorkspace<T> {
    /// The derivative along a unit vector; the coordinate is restored, not subtracted from.
    fn along_coordinate<F: Map<S, T>, S>(&mut self, f: &F, x: &[T], i: usize, forward: bool, dy: ArrayViewMut1<'_, T>) {
        let h = self.steps.at(x[i]);
        self.point[i] = x[i] + h;
        evaluate(f, &self.point, &mut self.plus);
        if !forward {
            self.point[i] = x[i] - h;
            evaluate(f, &self.point, &mut self.minus);
        }
        self.point[i] = x[i];
        self.differences(forward, dy, |change| change / h);
    }

    /// The derivative along any direction.
    fn along_direction<F: Map<S, T>, S>(
        &mut self,
        f: &F,
        x: &[T],
        dx: &Seeds<'_, T>,
        column: usize,
        forward: bool,
        mut dy: ArrayViewMut1<'_, T>,
    ) {
        let Some(along) = self.steps.along(x, dx, column, &mut self.shift) else {
            dy.fill(T::zero());
            return;
        };
        shifted(x, &self.shift, &mut self.point, |x, shift| x + shift);
        evaluate(f, &self.point, &mut self.plus);
        if !forward {
            shifted(x, &self.shift, &mut self.point, |x, shift| x - shift);
            evaluate(f, &self.point, &mut self.minus);
        }
        self.differences(forward, dy, |change| along.rate(change));
    }

    /// Writes the rate of each output's change.
    fn differences(&self, forward: bool, dy: ArrayViewMut1<'_, T>, rate: impl Fn(T) -> T) {
        let half = T::lift(0.5);
        for (i, dy) in dy.into_iter().enumerate() {
            *dy =
                if forward { rate(self.plus[i] - self.centre[i]) } else { rate((self.plus[i] - self.minus[i]) * half) };
        }
    }
}

/// Writes the value at `x` into `y`: an output that the function leaves unwritten is not a number, rather than that of
/// another evaluation.
pub(crate) fn evaluate<F: Map<S, T>, T: Scalar, S>(f: &F, x: &[T], y: &mut [T]) {
    y.fill(unwritten(x));
    f.map_into(x, y);
}

/// Writes the point at one end of a shift.
pub(crate) fn shifted<T: Scalar>(x: &[T], shift: &[T], point: &mut [T], op: impl Fn(T, T) -> T) {
    for ((point, &x), &shift) in point.iter_mut().zip(x).zip(shift) {
        *point = op(x, shift);
    }
}
