//! First derivatives as functions, to be differentiated once more.

use crate::{
    CurveFn, Encloses, ErasedWorkspace, Error, PrepareDerivative, PrepareGradient, Result, Scalar, UnaryShape,
    VectorFn, Workspace,
};
use std::cell::RefCell;
use std::marker::PhantomData;

/// A number of inputs that no point has.
const UNKNOWN: usize = usize::MAX;

/// The function `x ↦ (∇f(x), f(x))`, of n + 1 outputs.
///
/// It keeps the inner backend's buffers between calls, for whatever scalar it is called with.
#[derive(Clone, Debug)]
pub struct GradientFn<I, F> {
    inner: I,
    function: F,
    state: RefCell<State>,
}

/// The function `x ↦ (f(x), f'(x))`, of 2m outputs.
///
/// It keeps the inner backend's buffers between calls, for whatever scalar it is called with.
#[derive(Clone, Debug)]
pub struct DerivativeFn<I, F, S = UnaryShape> {
    inner: I,
    function: F,
    state: RefCell<State>,
    shape: PhantomData<fn() -> S>,
}

/// The inner backend's buffers and the last error, which a function has no way to return.
#[derive(Debug, Default)]
struct State {
    workspace: ErasedWorkspace,
    inputs: usize,
    /// The outputs of the user's function that the buffers fit.
    outputs: usize,
    error: Option<Error>,
}

impl Clone for State {
    fn clone(&self) -> Self {
        Self { workspace: self.workspace.clone(), inputs: self.inputs, outputs: self.outputs, error: None }
    }
}

impl State {
    /// Lets the next call look at the buffers again, because the function may change.
    fn forget(&mut self) {
        self.inputs = UNKNOWN;
    }

    /// Runs `compute` with buffers that `init` has sized for `inputs` and `outputs`; an error is kept and `y` filled with NaN.
    fn run<W: Workspace, T: Scalar>(
        &mut self,
        (inputs, outputs): (usize, usize),
        y: &mut [T],
        init: impl FnOnce(&mut W) -> Result<usize>,
        compute: impl FnOnce(&mut W, &mut [T]) -> Result<()>,
    ) {
        let (workspace, fresh) = self.workspace.get::<W>();
        let found = if fresh || self.inputs != inputs { init(workspace) } else { Ok(self.outputs) };
        self.outputs = *found.as_ref().unwrap_or(&UNKNOWN);
        // The function may promise another number of outputs than when the outer engine asked.
        let fits = found.and_then(|found| Error::check_length("outputs of the function", outputs, found));
        self.inputs = if fits.is_ok() { inputs } else { UNKNOWN };
        if let Err(error) = fits.and_then(|()| compute(workspace, y)) {
            y.fill(T::nan());
            self.error.get_or_insert(error);
        }
    }
}

/// Runs `outer`; the first error that is kept meanwhile comes before its own.
fn guard<R>(state: &RefCell<State>, outer: impl FnOnce() -> Result<R>) -> Result<R> {
    state.borrow_mut().error = None;
    let result = outer();
    state.borrow_mut().error.take().map_or(result, Err)
}

impl<I, F> GradientFn<I, F> {
    /// The gradient of `function` by `inner`.
    pub fn new(inner: I, function: F) -> Self {
        Self { inner, function, state: RefCell::default() }
    }

    /// Runs the outer backend; an error of the inner one, which a function has no way to return, comes before its own.
    pub(crate) fn guard<R>(&self, outer: impl FnOnce() -> Result<R>) -> Result<R> {
        guard(&self.state, outer)
    }
}

impl<I, F> Encloses<F> for GradientFn<I, F> {
    fn enclosed(&self) -> &F {
        &self.function
    }

    fn enclosed_mut(&mut self) -> &mut F {
        self.state.get_mut().forget();
        &mut self.function
    }
}

impl<I, F, T: Scalar> VectorFn<T> for GradientFn<I, F>
where
    I: PrepareGradient<F, T>,
{
    fn output_len(&self, input_len: usize) -> usize {
        input_len + 1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let Self { inner, function, state } = self;
        let init = |workspace: &mut I::Workspace| inner.init_gradient(function, x, workspace).map(|()| 1);
        state.borrow_mut().run((x.len(), 1), y, init, |workspace, y| {
            let (grad, value) = y.split_at_mut(x.len());
            inner.compute_gradient(function, workspace, x, Some(&mut value[0]), grad)
        });
    }
}

impl<I, F, S> DerivativeFn<I, F, S> {
    /// The derivative of `function` by `inner`.
    pub fn new(inner: I, function: F) -> Self {
        Self { inner, function, state: RefCell::default(), shape: PhantomData }
    }

    /// Runs the outer backend; an error of the inner one, which a function has no way to return, comes before its own.
    pub(crate) fn guard<R>(&self, outer: impl FnOnce() -> Result<R>) -> Result<R> {
        guard(&self.state, outer)
    }
}

impl<I, F, S> Encloses<F> for DerivativeFn<I, F, S> {
    fn enclosed(&self) -> &F {
        &self.function
    }

    fn enclosed_mut(&mut self) -> &mut F {
        self.state.get_mut().forget();
        &mut self.function
    }
}

impl<I, F, T: Scalar, S> CurveFn<T> for DerivativeFn<I, F, S>
where
    I: PrepareDerivative<F, T, S>,
{
    fn output_len(&self) -> usize {
        let state = &mut *self.state.borrow_mut();
        let (workspace, _) = state.workspace.get::<I::Workspace>();
        match self.inner.init_derivative(&self.function, T::zero(), workspace) {
            Ok(outputs) => {
                (state.inputs, state.outputs) = (1, outputs);
                2 * outputs
            }
            Err(error) => {
                state.error.get_or_insert(error);
                0
            }
        }
    }

    fn call_into(&self, x: T, y: &mut [T]) {
        let Self { inner, function, state, .. } = self;
        let init = |workspace: &mut I::Workspace| inner.init_derivative(function, x, workspace);
        state.borrow_mut().run((1, y.len() / 2), y, init, |workspace, y| {
            let (value, derivative) = y.split_at_mut(y.len() / 2);
            inner.compute_derivative(function, workspace, x, Some(value), derivative)
        });
    }
}
