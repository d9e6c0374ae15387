//! Jacobian: all first derivatives of a function `R^n → R^m`.

use super::prepared::{Preparation, prepared_access};
use crate::{Backend, Error, Result, Scalar, Workspace};
use ndarray::{Array2, ArrayViewMut2};
use std::marker::PhantomData;

/// A backend that can prepare Jacobians of `F`.
///
/// # For backend authors
///
/// Derive it by `impl DerivedJacobian for … { type Route = …; }`, or implement `init`, `compute` and `warm`; lengths are
/// checked before they are called.
#[diagnostic::on_unimplemented(
    message = "backend `{Self}` has no Jacobian of `{F}` with scalar `{T}`",
    note = "the function must be callable with the backend's own scalars: write it once for all, `impl<T: Real> VectorFn<T> for …`",
    note = "generic code bounds the backend by `VectorBackend<F>`, which has every operator",
    note = "a backend author adds the operator by one line: `impl DerivedJacobian for … {{ type Route = ViaPushforward; }}`"
)]
pub trait PrepareJacobian<F, T: Scalar = f64>: Backend {
    /// What the engine keeps between calls.
    type Workspace: Workspace;

    /// Sizes the buffers for points as long as `x`, without evaluating `f`; returns the number of outputs.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] or [`Error::Option`] if the backend cannot do this.
    fn init_jacobian(&self, f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<usize>;

    /// Writes the Jacobian into `jac` and the value into `y`, if wanted, without allocating.
    ///
    /// # Errors
    ///
    /// [`Error::Backend`] if the engine fails; outputs are then unchanged.
    fn compute_jacobian(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        y: Option<&mut [T]>,
        jac: ArrayViewMut2<'_, T>,
    ) -> Result<()>;

    /// Evaluates `f` once with the engine's scalars, so that all buffers have their final size.
    ///
    /// # Errors
    ///
    /// As [`compute_jacobian`](Self::compute_jacobian).
    fn warm_jacobian(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], outputs: usize) -> Result<()>;

    /// Prepares for points as long as `x`.
    ///
    /// # Cost
    ///
    /// One evaluation of `f` with the engine's scalars (differences: two); no identity matrix of seeds is stored.
    ///
    /// # Errors
    ///
    /// As [`init_jacobian`](Self::init_jacobian) and [`compute_jacobian`](Self::compute_jacobian).
    fn prepare_jacobian(&self, f: F, x: &[T]) -> Result<PreparedJacobian<Self, F, T>> {
        let core = Preparation::new(self.clone(), f, x.len(), |b, f, w| fit::<_, F, T>(b, f, w, x))?;
        Ok(PreparedJacobian { core, scalar: PhantomData })
    }
}

/// A prepared Jacobian.
///
/// ```math
/// J(x)_{ij} = \frac{\partial f_i}{\partial x_j}(x)
/// ```
pub trait Jacobian<T = f64> {
    /// The number n of inputs.
    fn input_len(&self) -> usize;

    /// The number m of outputs.
    fn output_len(&self) -> usize;

    /// Writes the Jacobian of `f` at `x` into `jac` and `f(x)` into `y`, if wanted.
    ///
    /// | argument | shape | role |
    /// | --- | --- | --- |
    /// | `x` | n | the point; need not be the point of preparation |
    /// | `y` | m | overwritten |
    /// | `jac` | m × n | overwritten; may be any view, also a transposed one |
    ///
    /// # Cost
    ///
    /// Forward mode of width w: `ceil(n/w)` evaluations of `f`, at least one. Reverse mode of width w: one recording and
    /// `ceil(m/w)` sweeps. A backend with both modes: the former if n is at most m, else the latter. Differences: n + 1
    /// evaluations (central: 2n, and one for the value). Allocates nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] naming the argument whose length does not fit; outputs are then unchanged.
    ///
    /// # References
    ///
    /// Griewank and Walther, *Evaluating Derivatives*, 2nd ed. (2008), sections 3.1 and 3.2.
    fn evaluate_jacobian(&mut self, x: &[T], y: Option<&mut [T]>, jac: ArrayViewMut2<'_, T>) -> Result<()>;

    /// Writes `f(x)` into `y` and the Jacobian of `f` at `x` into `jac`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_jacobian`](Self::evaluate_jacobian).
    fn value_and_jacobian_into(&mut self, x: &[T], y: &mut [T], jac: ArrayViewMut2<'_, T>) -> Result<()> {
        self.evaluate_jacobian(x, Some(y), jac)
    }

    /// Writes the Jacobian of `f` at `x` into `jac`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_jacobian`](Self::evaluate_jacobian).
    fn jacobian_into(&mut self, x: &[T], jac: ArrayViewMut2<'_, T>) -> Result<()> {
        self.evaluate_jacobian(x, None, jac)
    }

    /// `f(x)` and the Jacobian of `f` at `x`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_jacobian`](Self::evaluate_jacobian).
    fn value_and_jacobian(&mut self, x: &[T]) -> Result<(Vec<T>, Array2<T>)>
    where
        T: Scalar,
    {
        let mut y = vec![T::zero(); self.output_len()];
        let mut jac = Array2::from_elem((self.output_len(), self.input_len()), T::zero());
        self.evaluate_jacobian(x, Some(&mut y), jac.view_mut())?;
        Ok((y, jac))
    }

    /// The Jacobian of `f` at `x`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_jacobian`](Self::evaluate_jacobian).
    fn jacobian(&mut self, x: &[T]) -> Result<Array2<T>>
    where
        T: Scalar,
    {
        let mut jac = Array2::from_elem((self.output_len(), self.input_len()), T::zero());
        self.evaluate_jacobian(x, None, jac.view_mut())?;
        Ok(jac)
    }
}

/// What [`PrepareJacobian::prepare_jacobian`] returns.
#[derive(Clone, Debug)]
pub struct PreparedJacobian<B: PrepareJacobian<F, T>, F, T: Scalar = f64> {
    core: Preparation<B, F, B::Workspace>,
    scalar: PhantomData<fn() -> T>,
}

prepared_access!([B: PrepareJacobian<F, T>, F, T: Scalar] PreparedJacobian<B, F, T> where {} of F);

impl<B: PrepareJacobian<F, T>, F, T: Scalar> PreparedJacobian<B, F, T> {
    /// Prepares for points as long as `x`, keeping the buffers.
    ///
    /// # Errors
    ///
    /// As [`PrepareJacobian::prepare_jacobian`].
    pub fn resize(&mut self, x: &[T]) -> Result<()> {
        self.core.resize(x.len(), |b, f, w| fit::<_, F, T>(b, f, w, x))
    }
}

/// Sizes and warms the buffers.
fn fit<B, F, T: Scalar>(backend: &B, f: &F, workspace: &mut B::Workspace, x: &[T]) -> Result<usize>
where
    B: PrepareJacobian<F, T>,
{
    let outputs = backend.init_jacobian(f, x, workspace)?;
    backend.warm_jacobian(f, workspace, x, outputs)?;
    Ok(outputs)
}

impl<B: PrepareJacobian<F, T>, F, T: Scalar> Jacobian<T> for PreparedJacobian<B, F, T> {
    fn input_len(&self) -> usize {
        self.core.inputs
    }

    fn output_len(&self) -> usize {
        self.core.outputs
    }

    fn evaluate_jacobian(&mut self, x: &[T], y: Option<&mut [T]>, jac: ArrayViewMut2<'_, T>) -> Result<()> {
        let core = &mut self.core;
        core.check_point(x)?;
        if let Some(y) = &y {
            Error::check_length("y", core.outputs, y.len())?;
        }
        Error::check_length("jac.rows", core.outputs, jac.nrows())?;
        Error::check_length("jac.columns", core.inputs, jac.ncols())?;
        core.refresh(|b, f, w| b.init_jacobian(f, x, w))?;
        core.backend.compute_jacobian(&core.function, &mut core.workspace, x, y, jac)
    }
}

/// The Jacobian of `f` at `x`, prepared and used once.
///
/// ```
/// use di_core::{Zero, from_vector_fn, jacobian};
///
/// let f = from_vector_fn(1, |x: &[f64], y: &mut [f64]| y[0] = x[0] * x[1]);
/// assert_eq!(jacobian(&Zero, f, &[2.0, 3.0])?.dim(), (1, 2));
/// # Ok::<(), di_core::Error>(())
/// ```
///
/// # Errors
///
/// As [`PrepareJacobian::prepare_jacobian`].
pub fn jacobian<B, F, T: Scalar>(backend: &B, f: F, x: &[T]) -> Result<Array2<T>>
where
    B: PrepareJacobian<F, T>,
{
    value_and_jacobian(backend, f, x).map(|(_, jac)| jac)
}

/// `f(x)` and the Jacobian of `f` at `x`, prepared and used once.
///
/// # Errors
///
/// As [`jacobian`].
pub fn value_and_jacobian<B, F, T: Scalar>(backend: &B, f: F, x: &[T]) -> Result<(Vec<T>, Array2<T>)>
where
    B: PrepareJacobian<F, T>,
{
    let mut workspace = B::Workspace::default();
    let outputs = backend.init_jacobian(&f, x, &mut workspace)?;
    let mut y = vec![T::zero(); outputs];
    let mut jac = Array2::from_elem((outputs, x.len()), T::zero());
    backend.compute_jacobian(&f, &mut workspace, x, Some(&mut y), jac.view_mut())?;
    Ok((y, jac))
}
