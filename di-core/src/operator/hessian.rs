//! Hessian: all second derivatives of a function `R^n → R`.

use super::prepared::{Encloses, Preparation, prepared_access};
use crate::{Backend, Error, Result, Scalar, Workspace};
use ndarray::{Array2, ArrayViewMut2};
use std::marker::PhantomData;

/// A backend that can prepare Hessians of `F`.
///
/// # For backend authors
///
/// Derive it by `impl DerivedHessian for … { type Route = ViaHvp; }`, or implement `enclose` (by returning `f`), `init`,
/// `compute` and `warm`; lengths are checked before they are called.
#[diagnostic::on_unimplemented(
    message = "backend `{Self}` has no Hessian of `{F}` with scalar `{T}`",
    note = "the function must be callable with the backend's own scalars, nested: write it once for all, `impl<T: Real> ScalarFn<T> for …`",
    note = "generic code bounds the backend by `ScalarBackend<F>`, which has every operator",
    note = "combine two backends by `SecondOrder {{ outer, inner }}`"
)]
pub trait PrepareHessian<F, T: Scalar = f64>: Backend {
    /// What is held in the place of `F`: `F` itself, or a function made of it, such as its gradient.
    type Function: Encloses<F>;
    /// What the engine keeps between calls.
    type Workspace: Workspace;

    /// Takes the function.
    fn enclose_hessian(&self, f: F) -> Self::Function;

    /// Sizes the buffers for points as long as `x`, without evaluating `f`.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] or [`Error::Option`] if the backend cannot do this.
    fn init_hessian(&self, f: &Self::Function, x: &[T], workspace: &mut Self::Workspace) -> Result<()>;

    /// Writes the Hessian into `hess` and the gradient into `grad`, if wanted; returns the value. All come from the same
    /// passes; nothing is allocated.
    ///
    /// # Errors
    ///
    /// [`Error::Backend`] if the engine fails; outputs are then unchanged.
    fn compute_hessian(
        &self,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: &[T],
        grad: Option<&mut [T]>,
        hess: ArrayViewMut2<'_, T>,
    ) -> Result<T>;

    /// Evaluates `f` once with the engine's scalars, so that all buffers have their final size.
    ///
    /// # Errors
    ///
    /// As [`compute_hessian`](Self::compute_hessian).
    fn warm_hessian(&self, f: &Self::Function, workspace: &mut Self::Workspace, x: &[T]) -> Result<()>;

    /// Prepares for points as long as `x`.
    ///
    /// # Cost
    ///
    /// One Hessian-vector product.
    ///
    /// # Errors
    ///
    /// As [`init_hessian`](Self::init_hessian) and [`compute_hessian`](Self::compute_hessian).
    fn prepare_hessian(&self, f: F, x: &[T]) -> Result<PreparedHessian<Self, F, T>> {
        let f = self.enclose_hessian(f);
        let core = Preparation::new(self.clone(), f, x.len(), |b, f, w| fit::<Self, F, T>(b, f, w, x))?;
        Ok(PreparedHessian { core, scalar: PhantomData })
    }
}

/// A prepared Hessian.
///
/// ```math
/// H(x)_{ij} = \frac{\partial^2 f}{\partial x_i \partial x_j}(x)
/// ```
pub trait Hessian<T = f64> {
    /// The number n of inputs.
    fn input_len(&self) -> usize;

    /// Writes the Hessian of `f` at `x` into `hess`, the gradient into `grad`, if wanted, and returns `f(x)`; all from
    /// the same passes.
    ///
    /// | argument | shape | role |
    /// | --- | --- | --- |
    /// | `x` | n | the point; need not be the point of preparation |
    /// | `grad` | n | overwritten |
    /// | `hess` | n × n | overwritten, both triangles; may be any view |
    ///
    /// # Cost
    ///
    /// By an outer backend in forward mode of width w: `max(1, ceil(n/w))` gradients; the products wait in n × n numbers
    /// until the last. By one in reverse mode: one gradient, recorded, and `ceil(n/w)` sweeps. A gradient is one
    /// evaluation of `f` if the inner backend is in reverse mode, and `max(1, ceil(n/w))` if it is in forward mode, where w
    /// may be less than for plain numbers. An engine with a Hessian of its own says what it costs. Allocates nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] naming the argument whose length does not fit; outputs are then unchanged.
    ///
    /// # References
    ///
    /// Griewank and Walther, *Evaluating Derivatives*, 2nd ed. (2008), section 8.
    fn evaluate_hessian(&mut self, x: &[T], grad: Option<&mut [T]>, hess: ArrayViewMut2<'_, T>) -> Result<T>;

    /// Writes the gradient into `grad` and the Hessian into `hess`; returns `f(x)`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_hessian`](Self::evaluate_hessian).
    fn value_gradient_and_hessian_into(&mut self, x: &[T], grad: &mut [T], hess: ArrayViewMut2<'_, T>) -> Result<T> {
        self.evaluate_hessian(x, Some(grad), hess)
    }

    /// Writes the Hessian of `f` at `x` into `hess`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_hessian`](Self::evaluate_hessian).
    fn hessian_into(&mut self, x: &[T], hess: ArrayViewMut2<'_, T>) -> Result<()> {
        self.evaluate_hessian(x, None, hess).map(drop)
    }

    /// `f(x)`, the gradient and the Hessian of `f` at `x`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_hessian`](Self::evaluate_hessian).
    fn value_gradient_and_hessian(&mut self, x: &[T]) -> Result<(T, Vec<T>, Array2<T>)>
    where
        T: Scalar,
    {
        let n = self.input_len();
        let mut grad = vec![T::zero(); n];
        let mut hess = Array2::from_elem((n, n), T::zero());
        let value = self.evaluate_hessian(x, Some(&mut grad), hess.view_mut())?;
        Ok((value, grad, hess))
    }

    /// The Hessian of `f` at `x`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_hessian`](Self::evaluate_hessian).
    fn hessian(&mut self, x: &[T]) -> Result<Array2<T>>
    where
        T: Scalar,
    {
        self.value_gradient_and_hessian(x).map(|(_, _, hess)| hess)
    }
}

/// What [`PrepareHessian::prepare_hessian`] returns.
#[derive(Clone, Debug)]
pub struct PreparedHessian<B: PrepareHessian<F, T>, F, T: Scalar = f64> {
    core: Preparation<B, B::Function, B::Workspace>,
    scalar: PhantomData<fn() -> (F, T)>,
}

prepared_access!([B: PrepareHessian<F, T>, F, T: Scalar] PreparedHessian<B, F, T> where {} of B::Function);

impl<B: PrepareHessian<F, T>, F, T: Scalar> PreparedHessian<B, F, T> {
    /// Prepares for points as long as `x`, keeping the buffers.
    ///
    /// # Errors
    ///
    /// As [`PrepareHessian::prepare_hessian`].
    pub fn resize(&mut self, x: &[T]) -> Result<()> {
        self.core.resize(x.len(), |b, f, w| fit::<B, F, T>(b, f, w, x))
    }
}

/// Sizes and warms the buffers.
fn fit<B, F, T: Scalar>(backend: &B, f: &B::Function, workspace: &mut B::Workspace, x: &[T]) -> Result<usize>
where
    B: PrepareHessian<F, T>,
{
    backend.init_hessian(f, x, workspace)?;
    backend.warm_hessian(f, workspace, x)?;
    Ok(1)
}

impl<B: PrepareHessian<F, T>, F, T: Scalar> Hessian<T> for PreparedHessian<B, F, T> {
    fn input_len(&self) -> usize {
        self.core.inputs
    }

    fn evaluate_hessian(&mut self, x: &[T], grad: Option<&mut [T]>, hess: ArrayViewMut2<'_, T>) -> Result<T> {
        let core = &mut self.core;
        core.check_point(x)?;
        if let Some(grad) = &grad {
            Error::check_length("grad", core.inputs, grad.len())?;
        }
        Error::check_length("hess.rows", core.inputs, hess.nrows())?;
        Error::check_length("hess.columns", core.inputs, hess.ncols())?;
        core.refresh(|b, f, w| b.init_hessian(f, x, w).map(|()| 1))?;
        core.backend.compute_hessian(&core.function, &mut core.workspace, x, grad, hess)
    }
}

/// The Hessian of `f` at `x`, prepared and used once.
///
/// ```
/// use di_core::{Zero, from_fn, hessian};
///
/// let f = from_fn(|x: &[f64]| x[0] * x[1]);
/// assert_eq!(hessian(&Zero, f, &[2.0, 3.0])?.dim(), (2, 2));
/// # Ok::<(), di_core::Error>(())
/// ```
///
/// # Errors
///
/// As [`PrepareHessian::prepare_hessian`].
pub fn hessian<B, F, T: Scalar>(backend: &B, f: F, x: &[T]) -> Result<Array2<T>>
where
    B: PrepareHessian<F, T>,
{
    value_gradient_and_hessian(backend, f, x).map(|(_, _, hess)| hess)
}

/// `f(x)`, the gradient and the Hessian of `f` at `x`, prepared and used once.
///
/// # Errors
///
/// As [`hessian`].
pub fn value_gradient_and_hessian<B, F, T: Scalar>(backend: &B, f: F, x: &[T]) -> Result<(T, Vec<T>, Array2<T>)>
where
    B: PrepareHessian<F, T>,
{
    let f = backend.enclose_hessian(f);
    let mut workspace = B::Workspace::default();
    backend.init_hessian(&f, x, &mut workspace)?;
    let mut grad = vec![T::zero(); x.len()];
    let mut hess = Array2::from_elem((x.len(), x.len()), T::zero());
    let value = backend.compute_hessian(&f, &mut workspace, x, Some(&mut grad), hess.view_mut())?;
    Ok((value, grad, hess))
}
