//! Pushforward: the derivative of a function along tangents.

use super::prepared::{Preparation, check_batch, column, column_mut, prepared_access};
use crate::{Backend, Error, Result, Scalar, Seeds, VectorShape, Workspace};
use ndarray::{Array2, ArrayView2, ArrayViewMut2};
use std::marker::PhantomData;

/// A backend that can push tangents of `F` forward; a primitive that engines implement.
///
/// # For backend authors
///
/// `init` and `compute` are all; lengths are checked before they are called, and `compute` must not
/// allocate for up to `batch` tangents.
#[doc(alias = "jvp")]
#[diagnostic::on_unimplemented(
    message = "backend `{Self}` has no pushforward of `{F}` with scalar `{T}`",
    note = "the function must be callable with the backend's own scalars: write it once for all, `impl<T: Real> VectorFn<T> for …`",
    note = "generic code bounds the backend by `VectorBackend<F>`, which has every operator",
    note = "a backend author adds the operator by one line: `impl DerivedPushforward for … {{ type Route = ViaPullback; }}`"
)]
pub trait PreparePushforward<F, T: Scalar = f64, S = VectorShape>: Backend {
    /// What the engine keeps between calls.
    type Workspace: Workspace;

    /// Sizes the buffers for points as long as `x` and `batch` tangents at a time; returns the number of outputs.
    ///
    /// Does not evaluate `f`. Buffers that are there already are kept where they fit.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] or [`Error::Option`] if the backend cannot do this.
    fn init_pushforward(&self, f: &F, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<usize>;

    /// Writes `f(x)` into `y`, if wanted, and the pushforward of each column of `dx` into that column of `dy`.
    ///
    /// Without tangents the value is computed all the same. Outputs are untouched if an error is returned.
    ///
    /// # Errors
    ///
    /// [`Error::Backend`] if the engine fails.
    fn compute_pushforward(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        y: Option<&mut [T]>,
        dy: ArrayViewMut2<'_, T>,
    ) -> Result<()>;

    /// How many directions of one call share a pass: the first so many, the next … A call that is cut at multiples of it
    /// gives the same numbers, bit by bit, so that passes can be spread over threads; unless it is said, calls are not cut.
    fn pushforward_width(&self, _workspace: &Self::Workspace) -> usize {
        usize::MAX
    }

    /// Evaluates `f` once with the engine's scalars, so that all buffers have their final size.
    ///
    /// # Errors
    ///
    /// As [`compute_pushforward`](Self::compute_pushforward).
    fn warm_pushforward(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], outputs: usize) -> Result<()> {
        let seeds = Seeds::first(x.len());
        let mut dy = Array2::from_elem((outputs, seeds.width()), T::zero());
        self.compute_pushforward(f, workspace, x, seeds, None, dy.view_mut())
    }

    /// Prepares for points as long as `x`, one tangent at a time.
    ///
    /// # Cost
    ///
    /// One evaluation of `f`, with one tangent (differences: two).
    ///
    /// # Errors
    ///
    /// As [`init_pushforward`](Self::init_pushforward) and [`compute_pushforward`](Self::compute_pushforward).
    fn prepare_pushforward(&self, f: F, x: &[T]) -> Result<PreparedPushforward<Self, F, T, S>> {
        self.prepare_pushforward_batch(f, x, 1)
    }

    /// Prepares for points as long as `x` and `batch` tangents at a time; a call may have fewer, or more, which may
    /// allocate.
    ///
    /// # Errors
    ///
    /// As [`prepare_pushforward`](Self::prepare_pushforward).
    fn prepare_pushforward_batch(&self, f: F, x: &[T], batch: usize) -> Result<PreparedPushforward<Self, F, T, S>> {
        let core = Preparation::new(self.clone(), f, x.len(), |b, f, w| fit::<_, F, T, S>(b, f, w, x, batch))?;
        Ok(PreparedPushforward { core, batch, shape: PhantomData })
    }
}

/// A prepared pushforward.
///
/// ```math
/// \dot y = J(x)\, \dot x, \qquad J = \frac{\partial f}{\partial x}
/// ```
pub trait Pushforward<T = f64> {
    /// The number n of inputs.
    fn input_len(&self) -> usize;

    /// The number m of outputs.
    fn output_len(&self) -> usize;

    /// Writes `f(x)` into `y`, if wanted, and the pushforward of each column of `dx` into that column of `dy`.
    ///
    /// | argument | shape | role |
    /// | --- | --- | --- |
    /// | `x` | n | the point; need not be the point of preparation |
    /// | `dx` | n × k | tangents, one a column |
    /// | `y` | m | overwritten |
    /// | `dy` | m × k | overwritten |
    ///
    /// # Cost
    ///
    /// Forward mode of width w: `ceil(k/w)` evaluations of `f`, at least one. Reverse mode: one recording and
    /// `ceil(m/w)` sweeps. Differences: one evaluation for each tangent (central: two) and one for the value. Allocates
    /// nothing for up to as many tangents as were prepared for.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] naming the argument whose length does not fit; outputs are then unchanged.
    ///
    /// # References
    ///
    /// Griewank and Walther, *Evaluating Derivatives*, 2nd ed. (2008), section 3.1.
    fn evaluate_pushforward(
        &mut self,
        x: &[T],
        dx: ArrayView2<'_, T>,
        y: Option<&mut [T]>,
        dy: ArrayViewMut2<'_, T>,
    ) -> Result<()>;

    /// Writes `f(x)` into `y` and the pushforward of `dx` into `dy`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_pushforward`](Self::evaluate_pushforward).
    fn value_and_pushforward_into(&mut self, x: &[T], dx: &[T], y: &mut [T], dy: &mut [T]) -> Result<()> {
        Error::check_length("dx", self.input_len(), dx.len())?;
        Error::check_length("dy", self.output_len(), dy.len())?;
        self.evaluate_pushforward(x, column(dx), Some(y), column_mut(dy))
    }

    /// Writes the pushforward of `dx` into `dy`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_pushforward`](Self::evaluate_pushforward).
    fn pushforward_into(&mut self, x: &[T], dx: &[T], dy: &mut [T]) -> Result<()> {
        Error::check_length("dx", self.input_len(), dx.len())?;
        Error::check_length("dy", self.output_len(), dy.len())?;
        self.evaluate_pushforward(x, column(dx), None, column_mut(dy))
    }

    /// `f(x)` and the pushforward of `dx`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_pushforward`](Self::evaluate_pushforward).
    fn value_and_pushforward(&mut self, x: &[T], dx: &[T]) -> Result<(Vec<T>, Vec<T>)>
    where
        T: Scalar,
    {
        let mut y = vec![T::zero(); self.output_len()];
        let mut dy = y.clone();
        self.value_and_pushforward_into(x, dx, &mut y, &mut dy)?;
        Ok((y, dy))
    }

    /// The pushforward of `dx`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_pushforward`](Self::evaluate_pushforward).
    fn pushforward(&mut self, x: &[T], dx: &[T]) -> Result<Vec<T>>
    where
        T: Scalar,
    {
        let mut dy = vec![T::zero(); self.output_len()];
        self.pushforward_into(x, dx, &mut dy)?;
        Ok(dy)
    }
}

/// What [`PreparePushforward::prepare_pushforward`] returns.
#[derive(Clone, Debug)]
pub struct PreparedPushforward<B: PreparePushforward<F, T, S>, F, T: Scalar = f64, S = VectorShape> {
    core: Preparation<B, F, B::Workspace>,
    batch: usize,
    shape: PhantomData<fn() -> (T, S)>,
}

prepared_access!([B: PreparePushforward<F, T, S>, F, T: Scalar, S] PreparedPushforward<B, F, T, S> where {} of F);

impl<B: PreparePushforward<F, T, S>, F, T: Scalar, S> PreparedPushforward<B, F, T, S> {
    /// Prepares for points as long as `x`, keeping the buffers.
    ///
    /// # Errors
    ///
    /// As [`PreparePushforward::prepare_pushforward`].
    pub fn resize(&mut self, x: &[T]) -> Result<()> {
        let batch = self.batch;
        self.core.resize(x.len(), |b, f, w| fit::<_, F, T, S>(b, f, w, x, batch))
    }
}

/// Sizes and warms the buffers.
fn fit<B, F, T: Scalar, S>(backend: &B, f: &F, workspace: &mut B::Workspace, x: &[T], batch: usize) -> Result<usize>
where
    B: PreparePushforward<F, T, S>,
{
    let outputs = backend.init_pushforward(f, x, batch, workspace)?;
    backend.warm_pushforward(f, workspace, x, outputs)?;
    Ok(outputs)
}

impl<B: PreparePushforward<F, T, S>, F, T: Scalar, S> Pushforward<T> for PreparedPushforward<B, F, T, S> {
    fn input_len(&self) -> usize {
        self.core.inputs
    }

    fn output_len(&self) -> usize {
        self.core.outputs
    }

    fn evaluate_pushforward(
        &mut self,
        x: &[T],
        dx: ArrayView2<'_, T>,
        y: Option<&mut [T]>,
        dy: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        let core = &mut self.core;
        core.check_point(x)?;
        check_batch([("dx", core.inputs), ("dy", core.outputs)], "dy.columns", &dx, &dy)?;
        if let Some(y) = &y {
            Error::check_length("y", core.outputs, y.len())?;
        }
        core.refresh(|b, f, w| b.init_pushforward(f, x, self.batch, w))?;
        core.backend.compute_pushforward(&core.function, &mut core.workspace, x, dx.into(), y, dy)
    }
}

/// The pushforward of `dx` at `x`, prepared and used once.
///
/// ```
/// use di_core::{Zero, pushforward, from_vector_fn};
///
/// let f = from_vector_fn(1, |x: &[f64], y: &mut [f64]| y[0] = x[0] * x[1]);
/// assert_eq!(pushforward(&Zero, f, &[2.0, 3.0], &[1.0, 0.0])?, [0.0]);
/// # Ok::<(), di_core::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Length`] if `dx` is not as long as `x`; else as [`PreparePushforward::prepare_pushforward`].
#[doc(alias = "jvp")]
pub fn pushforward<B, F, T: Scalar>(backend: &B, f: F, x: &[T], dx: &[T]) -> Result<Vec<T>>
where
    B: PreparePushforward<F, T>,
{
    value_and_pushforward(backend, f, x, dx).map(|(_, dy)| dy)
}

/// `f(x)` and the pushforward of `dx` at `x`, prepared and used once.
///
/// # Errors
///
/// As [`pushforward`].
pub fn value_and_pushforward<B, F, T: Scalar>(backend: &B, f: F, x: &[T], dx: &[T]) -> Result<(Vec<T>, Vec<T>)>
where
    B: PreparePushforward<F, T>,
{
    Error::check_length("dx", x.len(), dx.len())?;
    let mut workspace = B::Workspace::default();
    let outputs = backend.init_pushforward(&f, x, 1, &mut workspace)?;
    let mut y = vec![T::zero(); outputs];
    let mut dy = y.clone();
    let tangent = column(dx).into();
    backend.compute_pushforward(&f, &mut workspace, x, tangent, Some(&mut y), column_mut(&mut dy))?;
    Ok((y, dy))
}
