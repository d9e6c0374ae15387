//! The backend whose derivatives are all zero.

use crate::{
    Backend, DerivedDerivative, DerivedGradient, DerivedHessian, DerivedHvp, DerivedJacobian, DerivedSecondDerivative,
    Map, Mode, Nested, PreparePullback, PreparePushforward, Result, Scalar, Seeds, ViaEither, ViaHvp, ViaPullback,
    ViaPushforward, unwritten,
};
use ndarray::ArrayViewMut2;

/// Evaluates the function once with plain numbers and writes zeros where derivatives go; for tests of this interface and
/// for measuring what it costs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Zero;

impl Backend for Zero {
    type Primitive = ViaPushforward;

    fn name(&self) -> String {
        "zero".into()
    }

    fn mode(&self) -> Mode {
        Mode::Mixed
    }
}

impl DerivedDerivative for Zero {
    type Route = ViaPushforward;
}
impl DerivedGradient for Zero {
    type Route = ViaPullback;
}
impl DerivedJacobian for Zero {
    type Route = ViaEither;
}
impl DerivedSecondDerivative for Zero {
    type Route = Nested;
}
impl DerivedHvp for Zero {
    type Route = Nested;
}
impl DerivedHessian for Zero {
    type Route = ViaHvp;
}

/// The value, where it is computed before anyone asks for it.
type Value<T> = Vec<T>;

/// Evaluates `f` and hands out the value.
fn evaluate<F: Map<S, T>, T: Scalar, S>(f: &F, value: &mut Value<T>, x: &[T], y: Option<&mut [T]>) {
    // An output that the function leaves unwritten is not a number, rather than that of an earlier call.
    value.fill(unwritten(x));
    f.map_into(x, value);
    if let Some(y) = y {
        y.copy_from_slice(value);
    }
}

/// Writes zeros; into contiguous memory as fast as memory can be set.
fn clear<T: Scalar>(mut view: ArrayViewMut2<'_, T>) {
    match view.as_slice_mut() {
        Some(slice) => slice.fill(T::zero()),
        None => view.fill(T::zero()),
    }
}

/// Makes room for the value.
fn init<F: Map<S, T>, T: Scalar, S>(f: &F, x: &[T], value: &mut Value<T>) -> usize {
    let outputs = f.output_count(x.len());
    value.resize(outputs, T::zero());
    outputs
}

impl<F: Map<S, T>, T: Scalar, S> PreparePushforward<F, T, S> for Zero {
    type Workspace = Value<T>;

    fn init_pushforward(&self, f: &F, x: &[T], _batch: usize, workspace: &mut Value<T>) -> Result<usize> {
        Ok(init(f, x, workspace))
    }

    fn compute_pushforward(
        &self,
        f: &F,
        workspace: &mut Value<T>,
        x: &[T],
        _dx: Seeds<'_, T>,
        y: Option<&mut [T]>,
        dy: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        evaluate(f, workspace, x, y);
        clear(dy);
        Ok(())
    }
}

impl<F: Map<S, T>, T: Scalar, S> PreparePullback<F, T, S> for Zero {
    type Workspace = Value<T>;

    fn init_pullback(&self, f: &F, x: &[T], _batch: usize, workspace: &mut Value<T>) -> Result<usize> {
        Ok(init(f, x, workspace))
    }

    fn linearize(&self, f: &F, workspace: &mut Value<T>, x: &[T], y: Option<&mut [T]>) -> Result<()> {
        evaluate(f, workspace, x, y);
        Ok(())
    }

    fn compute_pullback(
        &self,
        _f: &F,
        _workspace: &mut Value<T>,
        _dy: Seeds<'_, T>,
        dx: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        clear(dx);
        Ok(())
    }
}
