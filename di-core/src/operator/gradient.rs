//! Gradient: all first derivatives of a function `R^n → R`.

use super::prepared::{Preparation, prepared_access};
use crate::{Backend, Error, Result, Scalar, Workspace};
use std::marker::PhantomData;

/// A backend that can prepare gradients of `F`.
///
/// # For backend authors
///
/// Derive it by `impl DerivedGradient for … { type Route = …; }`, or implement `init` and `compute`; lengths are
/// checked before they are called.
#[diagnostic::on_unimplemented(
    message = "backend `{Self}` has no gradient of `{F}` with scalar `{T}`",
    note = "the function must be callable with the backend's own scalars: write it once for all, `impl<T: Real> ScalarFn<T> for …`",
    note = "generic code bounds the backend by `ScalarBackend<F>`, which has every operator",
    note = "a backend author adds the operator by one line: `impl DerivedGradient for … {{ type Route = ViaPushforward; }}`"
)]
pub trait PrepareGradient<F, T: Scalar = f64>: Backend {
    /// What the engine keeps between calls.
    type Workspace: Workspace;

    /// Sizes the buffers for points as long as `x`, without evaluating `f`.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] or [`Error::Option`] if the backend cannot do this.
    fn init_gradient(&self, f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<()>;

    /// Writes the value into `y`, if wanted, and the gradient into `grad`, without allocating.
    ///
    /// # Errors
    ///
    /// [`Error::Backend`] if the engine fails; `grad` is then unchanged.
    fn compute_gradient(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        y: Option<&mut T>,
        grad: &mut [T],
    ) -> Result<()>;

    /// Evaluates `f` once with the engine's scalars, so that all buffers have their final size.
    ///
    /// # Errors
    ///
    /// As [`compute_gradient`](Self::compute_gradient).
    fn warm_gradient(&self, f: &F, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        self.compute_gradient(f, workspace, x, Some(&mut T::zero()), &mut vec![T::zero(); x.len()])
    }

    /// Prepares for points as long as `x`.
    ///
    /// # Cost
    ///
    /// One evaluation of `f` with the engine's scalars (differences: two).
    ///
    /// # Errors
    ///
    /// As [`init_gradient`](Self::init_gradient) and [`compute_gradient`](Self::compute_gradient).
    fn prepare_gradient(&self, f: F, x: &[T]) -> Result<PreparedGradient<Self, F, T>> {
        let core = Preparation::new(self.clone(), f, x.len(), |b, f, w| fit::<_, F, T>(b, f, w, x))?;
        Ok(PreparedGradient { core, scalar: PhantomData })
    }
}

/// A prepared gradient.
///
/// ```math
/// \nabla f(x)_i = \frac{\partial f}{\partial x_i}(x)
/// ```
pub trait Gradient<T = f64> {
    /// The number n of inputs.
    fn input_len(&self) -> usize;

    /// Writes `f(x)` into `y`, if wanted, and the gradient of `f` at `x` into `grad`.
    ///
    /// | argument | length | role |
    /// | --- | --- | --- |
    /// | `x` | n | the point; need not be the point of preparation |
    /// | `y` | 1 | overwritten |
    /// | `grad` | n | overwritten; what it held does not matter |
    ///
    /// # Cost
    ///
    /// By one pullback: one recording of `f` and one sweep. By pushforwards of width w: `ceil(n/w)` evaluations, at
    /// least one. By differences: n + 1 evaluations (central: 2n, and one if the value is wanted). By derivative code: one
    /// run, which is shorter where the value is not wanted. Allocates nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `x` or `grad` has another length than at preparation; outputs are then unchanged.
    ///
    /// # References
    ///
    /// Griewank and Walther, *Evaluating Derivatives*, 2nd ed. (2008), chapter 3.
    fn evaluate_gradient(&mut self, x: &[T], y: Option<&mut T>, grad: &mut [T]) -> Result<()>;

    /// Writes the gradient of `f` at `x` into `grad` and returns `f(x)`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_gradient`](Self::evaluate_gradient).
    fn value_and_gradient_into(&mut self, x: &[T], grad: &mut [T]) -> Result<T>
    where
        T: Scalar,
    {
        let mut y = T::zero();
        self.evaluate_gradient(x, Some(&mut y), grad)?;
        Ok(y)
    }

    /// Writes the gradient of `f` at `x` into `grad`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_gradient`](Self::evaluate_gradient).
    fn gradient_into(&mut self, x: &[T], grad: &mut [T]) -> Result<()> {
        self.evaluate_gradient(x, None, grad)
    }

    /// `f(x)` and the gradient of `f` at `x`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_gradient`](Self::evaluate_gradient).
    fn value_and_gradient(&mut self, x: &[T]) -> Result<(T, Vec<T>)>
    where
        T: Scalar,
    {
        let mut grad = vec![T::zero(); self.input_len()];
        let value = self.value_and_gradient_into(x, &mut grad)?;
        Ok((value, grad))
    }

    /// The gradient of `f` at `x`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_gradient`](Self::evaluate_gradient).
    fn gradient(&mut self, x: &[T]) -> Result<Vec<T>>
    where
        T: Scalar,
    {
        let mut grad = vec![T::zero(); self.input_len()];
        self.gradient_into(x, &mut grad)?;
        Ok(grad)
    }
}

/// What [`PrepareGradient::prepare_gradient`] returns.
#[derive(Clone, Debug)]
pub struct PreparedGradient<B: PrepareGradient<F, T>, F, T: Scalar = f64> {
    core: Preparation<B, F, B::Workspace>,
    scalar: PhantomData<fn() -> T>,
}

prepared_access!([B: PrepareGradient<F, T>, F, T: Scalar] PreparedGradient<B, F, T> where {} of F);

impl<B: PrepareGradient<F, T>, F, T: Scalar> PreparedGradient<B, F, T> {
    /// Prepares for points as long as `x`, keeping the buffers.
    ///
    /// # Errors
    ///
    /// As [`PrepareGradient::prepare_gradient`].
    pub fn resize(&mut self, x: &[T]) -> Result<()> {
        self.core.resize(x.len(), |b, f, w| fit::<_, F, T>(b, f, w, x))
    }
}

/// Sizes and warms the buffers.
fn fit<B, F, T: Scalar>(backend: &B, f: &F, workspace: &mut B::Workspace, x: &[T]) -> Result<usize>
where
    B: PrepareGradient<F, T>,
{
    backend.init_gradient(f, x, workspace)?;
    backend.warm_gradient(f, workspace, x)?;
    Ok(1)
}

impl<B: PrepareGradient<F, T>, F, T: Scalar> Gradient<T> for PreparedGradient<B, F, T> {
    fn input_len(&self) -> usize {
        self.core.inputs
    }

    fn evaluate_gradient(&mut self, x: &[T], y: Option<&mut T>, grad: &mut [T]) -> Result<()> {
        let core = &mut self.core;
        core.check_point(x)?;
        Error::check_length("grad", core.inputs, grad.len())?;
        core.refresh(|b, f, w| b.init_gradient(f, x, w).map(|()| 1))?;
        // The value waits until nothing can fail any more.
        let mut value = T::zero();
        let held = y.is_some().then_some(&mut value);
        core.backend.compute_gradient(&core.function, &mut core.workspace, x, held, grad)?;
        if let Some(y) = y {
            *y = value;
        }
        Ok(())
    }
}

/// The gradient of `f` at `x`, prepared and used once.
///
/// ```
/// use di_core::{Zero, from_fn, gradient};
///
/// let f = from_fn(|x: &[f64]| x[0] * x[1]);
/// assert_eq!(gradient(&Zero, f, &[2.0, 3.0])?, [0.0, 0.0]);
/// # Ok::<(), di_core::Error>(())
/// ```
///
/// # Errors
///
/// As [`PrepareGradient::prepare_gradient`].
pub fn gradient<B, F, T: Scalar>(backend: &B, f: F, x: &[T]) -> Result<Vec<T>>
where
    B: PrepareGradient<F, T>,
{
    once(backend, &f, x, None)
}

/// `f(x)` and the gradient of `f` at `x`, prepared and used once.
///
/// # Errors
///
/// As [`gradient`].
pub fn value_and_gradient<B, F, T: Scalar>(backend: &B, f: F, x: &[T]) -> Result<(T, Vec<T>)>
where
    B: PrepareGradient<F, T>,
{
    let mut y = T::zero();
    let grad = once(backend, &f, x, Some(&mut y))?;
    Ok((y, grad))
}

/// The gradient without a prepared object.
fn once<B, F, T: Scalar>(backend: &B, f: &F, x: &[T], y: Option<&mut T>) -> Result<Vec<T>>
where
    B: PrepareGradient<F, T>,
{
    let mut workspace = B::Workspace::default();
    backend.init_gradient(f, x, &mut workspace)?;
    let mut grad = vec![T::zero(); x.len()];
    backend.compute_gradient(f, &mut workspace, x, y, &mut grad)?;
    Ok(grad)
}
