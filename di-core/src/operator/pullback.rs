//! Pullback: cotangents of the outputs carried back to the inputs.

use super::prepared::{Preparation, check_batch, column, column_mut, prepared_access};
use crate::{Backend, Error, Result, Scalar, Seeds, VectorShape, Workspace};
use ndarray::{Array2, ArrayView2, ArrayViewMut2};
use std::marker::PhantomData;

/// A backend that can pull cotangents of `F` back; a primitive that engines implement.
///
/// # For backend authors
///
/// Lengths are checked before any of these is called. `linearize` keeps in the workspace what `compute` needs, so that
/// any number of cotangents can follow one evaluation; neither must allocate after `warm`.
#[doc(alias = "vjp")]
#[diagnostic::on_unimplemented(
    message = "backend `{Self}` has no pullback of `{F}` with scalar `{T}`",
    note = "the function must be callable with the backend's own scalars: write it once for all, `impl<T: Real> VectorFn<T> for …`",
    note = "generic code bounds the backend by `VectorBackend<F>`, which has every operator",
    note = "a backend author adds the operator by one line: `impl DerivedPullback for … {{ type Route = ViaPushforward; }}`"
)]
pub trait PreparePullback<F, T: Scalar = f64, S = VectorShape>: Backend {
    /// What the engine keeps between calls.
    type Workspace: Workspace;

    /// Sizes the buffers for points as long as `x` and `batch` cotangents at a time; returns the number of outputs.
    ///
    /// Does not evaluate `f`. Buffers that are there already are kept where they fit.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] or [`Error::Option`] if the backend cannot do this.
    fn init_pullback(&self, f: &F, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<usize>;

    /// Evaluates `f` at `x`, keeps what pulling back needs, and writes `f(x)` into `y`, if wanted.
    ///
    /// # Errors
    ///
    /// [`Error::Backend`] if the engine fails; `y` is then unchanged.
    fn linearize(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], y: Option<&mut [T]>) -> Result<()>;

    /// Writes the pullback of each column of `dy`, at the point of the last `linearize`, into that column of `dx`.
    ///
    /// # Errors
    ///
    /// [`Error::Backend`] if the engine fails; `dx` is then unchanged.
    fn compute_pullback(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        dy: Seeds<'_, T>,
        dx: ArrayViewMut2<'_, T>,
    ) -> Result<()>;

    /// Linearizes at `x` and pulls back once: writes `f(x)` into `y`, if wanted, and the pullback of each column of `dy`
    /// into that column of `dx`.
    ///
    /// Override it where the value falls out of pulling back, so that `f` is not evaluated for it alone. What a later
    /// [`compute_pullback`](Self::compute_pullback) finds is unspecified.
    ///
    /// # Errors
    ///
    /// As [`linearize`](Self::linearize) and [`compute_pullback`](Self::compute_pullback), but that `y` may be written.
    #[inline]
    fn compute_value_and_pullback(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        dy: Seeds<'_, T>,
        y: Option<&mut [T]>,
        dx: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        self.linearize(f, workspace, x, y)?;
        self.compute_pullback(f, workspace, dy, dx)
    }

    /// How many directions of one call share a pass: the first so many, the next … A call that is cut at multiples of it
    /// gives the same numbers, bit by bit, so that passes can be spread over threads; unless it is said, calls are not cut.
    fn pullback_width(&self, _workspace: &Self::Workspace) -> usize {
        usize::MAX
    }

    /// Evaluates `f` once with the engine's scalars, so that all buffers have their final size.
    ///
    /// # Errors
    ///
    /// As [`linearize`](Self::linearize).
    fn warm_pullback(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], outputs: usize) -> Result<()> {
        let seeds = Seeds::first(outputs);
        let mut dx = Array2::from_elem((x.len(), seeds.width()), T::zero());
        self.compute_value_and_pullback(f, workspace, x, seeds, None, dx.view_mut())
    }

    /// Prepares for points as long as `x`, one cotangent at a time.
    ///
    /// # Cost
    ///
    /// One evaluation of `f` and one sweep; by forward mode and differences one Jacobian.
    ///
    /// # Errors
    ///
    /// As [`init_pullback`](Self::init_pullback) and [`linearize`](Self::linearize).
    fn prepare_pullback(&self, f: F, x: &[T]) -> Result<PreparedPullback<Self, F, T, S>> {
        self.prepare_pullback_batch(f, x, 1)
    }

    /// Prepares for points as long as `x` and `batch` cotangents at a time; a call may have more or fewer.
    ///
    /// # Errors
    ///
    /// As [`prepare_pullback`](Self::prepare_pullback).
    fn prepare_pullback_batch(&self, f: F, x: &[T], batch: usize) -> Result<PreparedPullback<Self, F, T, S>> {
        let core = Preparation::new(self.clone(), f, x.len(), |b, f, w| fit::<_, F, T, S>(b, f, w, x, batch))?;
        let value = vec![T::zero(); core.outputs];
        Ok(PreparedPullback { core, batch, value, shape: PhantomData })
    }
}

/// A prepared pullback.
///
/// ```math
/// \bar x = J(x)^T\, \bar y, \qquad J = \frac{\partial f}{\partial x}
/// ```
pub trait Pullback<T = f64> {
    /// The number n of inputs.
    fn input_len(&self) -> usize;

    /// The number m of outputs.
    fn output_len(&self) -> usize;

    /// Writes `f(x)` into `y`, if wanted, and the pullback of each column of `dy` into that column of `dx`.
    ///
    /// | argument | shape | role |
    /// | --- | --- | --- |
    /// | `x` | n | the point; need not be the point of preparation |
    /// | `dy` | m × k | cotangents, one a column |
    /// | `y` | m | overwritten |
    /// | `dx` | n × k | overwritten, not accumulated |
    ///
    /// # Cost
    ///
    /// Reverse mode of width w: one recording of `f` and `ceil(k/w)` sweeps. Forward mode and differences: a Jacobian.
    /// Allocates nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] naming the argument whose length does not fit; outputs are then unchanged.
    ///
    /// # References
    ///
    /// Griewank and Walther, *Evaluating Derivatives*, 2nd ed. (2008), section 3.2.
    fn evaluate_pullback(
        &mut self,
        x: &[T],
        dy: ArrayView2<'_, T>,
        y: Option<&mut [T]>,
        dx: ArrayViewMut2<'_, T>,
    ) -> Result<()>;

    /// Writes `f(x)` into `y` and the pullback of `dy` into `dx`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_pullback`](Self::evaluate_pullback).
    fn value_and_pullback_into(&mut self, x: &[T], dy: &[T], y: &mut [T], dx: &mut [T]) -> Result<()> {
        Error::check_length("dy", self.output_len(), dy.len())?;
        Error::check_length("dx", self.input_len(), dx.len())?;
        self.evaluate_pullback(x, column(dy), Some(y), column_mut(dx))
    }

    /// Writes the pullback of `dy` into `dx`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_pullback`](Self::evaluate_pullback).
    fn pullback_into(&mut self, x: &[T], dy: &[T], dx: &mut [T]) -> Result<()> {
        Error::check_length("dy", self.output_len(), dy.len())?;
        Error::check_length("dx", self.input_len(), dx.len())?;
        self.evaluate_pullback(x, column(dy), None, column_mut(dx))
    }

    /// `f(x)` and the pullback of `dy`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_pullback`](Self::evaluate_pullback).
    fn value_and_pullback(&mut self, x: &[T], dy: &[T]) -> Result<(Vec<T>, Vec<T>)>
    where
        T: Scalar,
    {
        let mut y = vec![T::zero(); self.output_len()];
        let mut dx = vec![T::zero(); self.input_len()];
        self.value_and_pullback_into(x, dy, &mut y, &mut dx)?;
        Ok((y, dx))
    }

    /// The pullback of `dy`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_pullback`](Self::evaluate_pullback).
    fn pullback(&mut self, x: &[T], dy: &[T]) -> Result<Vec<T>>
    where
        T: Scalar,
    {
        let mut dx = vec![T::zero(); self.input_len()];
        self.pullback_into(x, dy, &mut dx)?;
        Ok(dx)
    }
}

/// What [`PreparePullback::prepare_pullback`] returns.
#[derive(Clone, Debug)]
pub struct PreparedPullback<B: PreparePullback<F, T, S>, F, T: Scalar = f64, S = VectorShape> {
    core: Preparation<B, F, B::Workspace>,
    batch: usize,
    /// The value, for as long as the pullback can fail.
    value: Vec<T>,
    shape: PhantomData<fn() -> (T, S)>,
}

prepared_access!([B: PreparePullback<F, T, S>, F, T: Scalar, S] PreparedPullback<B, F, T, S> where {} of F);

impl<B: PreparePullback<F, T, S>, F, T: Scalar, S> PreparedPullback<B, F, T, S> {
    /// Prepares for points as long as `x`, keeping the buffers.
    ///
    /// # Errors
    ///
    /// As [`PreparePullback::prepare_pullback`].
    pub fn resize(&mut self, x: &[T]) -> Result<()> {
        let batch = self.batch;
        self.core.resize(x.len(), |b, f, w| fit::<_, F, T, S>(b, f, w, x, batch))?;
        self.value.resize(self.core.outputs, T::zero());
        Ok(())
    }

    /// Evaluates `f` at `x` once; cotangents that follow do not evaluate it again.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `x` has another length than at preparation.
    pub fn at(&mut self, x: &[T]) -> Result<PullbackAt<'_, B, F, T, S>> {
        self.linearize(x, None)?;
        Ok(PullbackAt { prepared: self })
    }

    /// As [`at`](Self::at), and writes `f(x)` into `y`.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `x` or `y` has another length than at preparation.
    pub fn value_at(&mut self, x: &[T], y: &mut [T]) -> Result<PullbackAt<'_, B, F, T, S>> {
        self.linearize(x, Some(y))?;
        Ok(PullbackAt { prepared: self })
    }

    fn linearize(&mut self, x: &[T], y: Option<&mut [T]>) -> Result<()> {
        self.ready(x, y.as_deref())?;
        let core = &mut self.core;
        core.backend.linearize(&core.function, &mut core.workspace, x, y)
    }

    /// Checks lengths, and the buffers if the function was reached.
    fn ready(&mut self, x: &[T], y: Option<&[T]>) -> Result<()> {
        let core = &mut self.core;
        core.check_point(x)?;
        if let Some(y) = y {
            Error::check_length("y", core.outputs, y.len())?;
        }
        core.refresh(|b, f, w| b.init_pullback(f, x, self.batch, w))
    }

    fn check(&self, dy: &ArrayView2<'_, T>, dx: &ArrayViewMut2<'_, T>) -> Result<()> {
        check_batch([("dy", self.core.outputs), ("dx", self.core.inputs)], "dx.columns", dy, dx)
    }
}

/// Sizes and warms the buffers.
fn fit<B, F, T: Scalar, S>(backend: &B, f: &F, workspace: &mut B::Workspace, x: &[T], batch: usize) -> Result<usize>
where
    B: PreparePullback<F, T, S>,
{
    let outputs = backend.init_pullback(f, x, batch, workspace)?;
    backend.warm_pullback(f, workspace, x, outputs)?;
    Ok(outputs)
}

impl<B: PreparePullback<F, T, S>, F, T: Scalar, S> Pullback<T> for PreparedPullback<B, F, T, S> {
    fn input_len(&self) -> usize {
        self.core.inputs
    }

    fn output_len(&self) -> usize {
        self.core.outputs
    }

    fn evaluate_pullback(
        &mut self,
        x: &[T],
        dy: ArrayView2<'_, T>,
        y: Option<&mut [T]>,
        dx: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        self.check(&dy, &dx)?;
        self.ready(x, y.as_deref())?;
        let Self { core: Preparation { backend, function, workspace, .. }, value, .. } = self;
        let held = y.is_some().then_some(&mut value[..]);
        backend.compute_value_and_pullback(function, workspace, x, dy.into(), held, dx)?;
        if let Some(y) = y {
            y.copy_from_slice(value);
        }
        Ok(())
    }
}

/// A prepared pullback that is fixed at a point; made by [`PreparedPullback::at`].
#[derive(Debug)]
pub struct PullbackAt<'p, B: PreparePullback<F, T, S>, F, T: Scalar = f64, S = VectorShape> {
    prepared: &'p mut PreparedPullback<B, F, T, S>,
}

impl<B: PreparePullback<F, T, S>, F, T: Scalar, S> PullbackAt<'_, B, F, T, S> {
    /// Writes the pullback of each column of `dy` into that column of `dx`, without evaluating `f`; an engine that runs
    /// derivative code runs the adjoint for each.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] naming the argument whose length does not fit; `dx` is then unchanged.
    pub fn pullback_batch_into(&mut self, dy: ArrayView2<'_, T>, dx: ArrayViewMut2<'_, T>) -> Result<()> {
        self.prepared.check(&dy, &dx)?;
        let core = &mut self.prepared.core;
        core.backend.compute_pullback(&core.function, &mut core.workspace, dy.into(), dx)
    }

    /// Writes the pullback of `dy` into `dx`, without evaluating `f`.
    ///
    /// # Errors
    ///
    /// As [`pullback_batch_into`](Self::pullback_batch_into).
    pub fn pullback_into(&mut self, dy: &[T], dx: &mut [T]) -> Result<()> {
        self.pullback_batch_into(column(dy), column_mut(dx))
    }

    /// The pullback of `dy`, without evaluating `f`.
    ///
    /// # Errors
    ///
    /// As [`pullback_batch_into`](Self::pullback_batch_into).
    pub fn pullback(&mut self, dy: &[T]) -> Result<Vec<T>> {
        let mut dx = vec![T::zero(); self.prepared.core.inputs];
        self.pullback_into(dy, &mut dx)?;
        Ok(dx)
    }
}

/// The pullback of `dy` at `x`, prepared and used once.
///
/// ```
/// use di_core::{Zero, pullback, from_vector_fn};
///
/// let f = from_vector_fn(1, |x: &[f64], y: &mut [f64]| y[0] = x[0] * x[1]);
/// assert_eq!(pullback(&Zero, f, &[2.0, 3.0], &[1.0])?, [0.0, 0.0]);
/// # Ok::<(), di_core::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Length`] if `dy` is not as long as the output; else as [`PreparePullback::prepare_pullback`].
#[doc(alias = "vjp")]
pub fn pullback<B, F, T: Scalar>(backend: &B, f: F, x: &[T], dy: &[T]) -> Result<Vec<T>>
where
    B: PreparePullback<F, T>,
{
    value_and_pullback(backend, f, x, dy).map(|(_, dx)| dx)
}

/// `f(x)` and the pullback of `dy` at `x`, prepared and used once.
///
/// # Errors
///
/// As [`pullback`].
pub fn value_and_pullback<B, F, T: Scalar>(backend: &B, f: F, x: &[T], dy: &[T]) -> Result<(Vec<T>, Vec<T>)>
where
    B: PreparePullback<F, T>,
{
    let mut workspace = B::Workspace::default();
    let outputs = backend.init_pullback(&f, x, 1, &mut workspace)?;
    Error::check_length("dy", outputs, dy.len())?;
    let mut y = vec![T::zero(); outputs];
    let mut dx = vec![T::zero(); x.len()];
    let cotangent = column(dy).into();
    backend.compute_value_and_pullback(&f, &mut workspace, x, cotangent, Some(&mut y), column_mut(&mut dx))?;
    Ok((y, dx))
}
