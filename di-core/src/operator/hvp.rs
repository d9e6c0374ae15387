//! Hessian-vector product: second derivatives of a function `R^n → R` along tangents.

use super::prepared::{Encloses, Preparation, check_batch, column, column_mut, prepared_access};
use crate::{Backend, Error, Result, Scalar, Seeds, Workspace};
use ndarray::{Array2, ArrayView2, ArrayViewMut2};
use std::{fmt, marker::PhantomData};

/// A backend that can prepare Hessian-vector products of `F`.
///
/// # For backend authors
///
/// Derive it by `impl DerivedHvp for … { type Route = Nested; }`, or implement `enclose` (by returning `f`), `init` and
/// `compute`; lengths are checked before they are called.
#[diagnostic::on_unimplemented(
    message = "backend `{Self}` has no Hessian-vector product of `{F}` with scalar `{T}`",
    note = "the function must be callable with the backend's own scalars, nested: write it once for all, `impl<T: Real> ScalarFn<T> for …`",
    note = "generic code bounds the backend by `ScalarBackend<F>`, which has every operator",
    note = "combine two backends by `SecondOrder {{ outer, inner }}`"
)]
pub trait PrepareHvp<F, T: Scalar = f64>: Backend {
    /// What is held in the place of `F`: `F` itself, or a function made of it, such as its gradient.
    type Function: Encloses<F>;
    /// What the engine keeps between calls.
    type Workspace: Workspace;

    /// Takes the function.
    fn enclose_hvp(&self, f: F) -> Self::Function;

    /// Sizes the buffers for points as long as `x` and `batch` tangents at a time, without evaluating `f`.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] or [`Error::Option`] if the backend cannot do this.
    fn init_hvp(&self, f: &Self::Function, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<()>;

    /// Writes the product with each column of `dx` into that column of `dg` and the gradient into `grad`, if wanted;
    /// returns the value. All come from the same pass; nothing is allocated for up to `batch` tangents.
    ///
    /// # Errors
    ///
    /// [`Error::Backend`] if the engine fails; outputs are then unchanged.
    fn compute_hvp(
        &self,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        grad: Option<&mut [T]>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<T>;

    /// Keeps what products at `x` need, so that `compute_hvp_here` can follow without evaluating `f`; false if the
    /// engine has no way to.
    ///
    /// # Errors
    ///
    /// [`Error::Backend`] if the engine fails.
    fn linearize_hvp(&self, _f: &Self::Function, _workspace: &mut Self::Workspace, _x: &[T]) -> Result<bool> {
        Ok(false)
    }

    /// As `compute_hvp`, at the point of the last `linearize_hvp` that returned true.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] if the engine has no way to.
    fn compute_hvp_here(
        &self,
        _f: &Self::Function,
        _workspace: &mut Self::Workspace,
        _dx: Seeds<'_, T>,
        _dg: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        Err(Error::Unsupported {
            backend: self.name(),
            operator: "hvp at a fixed point",
            reason: "products evaluate the function anew: use a reverse-mode outer backend".into(),
        })
    }

    /// How many directions of one call share a pass: the first so many, the next … A call that is cut at multiples of it
    /// gives the same numbers, bit by bit, so that passes can be spread over threads; unless it is said, calls are not cut.
    fn hvp_width(&self, _workspace: &Self::Workspace) -> usize {
        usize::MAX
    }

    /// Evaluates `f` once with the engine's scalars, so that all buffers have their final size.
    ///
    /// # Errors
    ///
    /// As [`compute_hvp`](Self::compute_hvp).
    fn warm_hvp(&self, f: &Self::Function, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        let shape = (x.len(), x.len().min(1));
        let dx = Array2::from_elem(shape, T::one());
        let mut dg = Array2::from_elem(shape, T::zero());
        self.compute_hvp(f, workspace, x, dx.view().into(), None, dg.view_mut()).map(drop)
    }

    /// Prepares for points as long as `x`, one tangent at a time.
    ///
    /// # Cost
    ///
    /// One Hessian-vector product.
    ///
    /// # Errors
    ///
    /// As [`init_hvp`](Self::init_hvp) and [`compute_hvp`](Self::compute_hvp).
    fn prepare_hvp(&self, f: F, x: &[T]) -> Result<PreparedHvp<Self, F, T>> {
        self.prepare_hvp_batch(f, x, 1)
    }

    /// Prepares for points as long as `x` and `batch` tangents at a time; a call may have fewer, or more, which may
    /// allocate.
    ///
    /// # Errors
    ///
    /// As [`prepare_hvp`](Self::prepare_hvp).
    fn prepare_hvp_batch(&self, f: F, x: &[T], batch: usize) -> Result<PreparedHvp<Self, F, T>> {
        let core = Preparation::new(self.clone(), self.enclose_hvp(f), x.len(), |b, f, w| {
            fit::<Self, F, T>(b, f, w, x, batch)
        })?;
        Ok(PreparedHvp { core, batch, point: Vec::with_capacity(x.len()), scalar: PhantomData })
    }
}

/// A prepared Hessian-vector product.
///
/// ```math
/// \dot g = \nabla^2 f(x)\, \dot x
/// ```
pub trait Hvp<T = f64> {
    /// The number n of inputs.
    fn input_len(&self) -> usize;

    /// Writes the product of the Hessian with each column of `dx` into that column of `dg`, the gradient into `grad`, if
    /// wanted, and returns `f(x)`; all from the same pass.
    ///
    /// | argument | shape | role |
    /// | --- | --- | --- |
    /// | `x` | n | the point; need not be the point of preparation |
    /// | `dx` | n × k | tangents, one a column |
    /// | `grad` | n | overwritten |
    /// | `dg` | n × k | overwritten |
    ///
    /// # Cost
    ///
    /// By an outer backend in forward mode of width w: `max(1, ceil(k/w))` gradients. By one in reverse mode: one
    /// gradient, recorded, and `ceil(k/w)` sweeps. A gradient is one evaluation of `f` if the inner backend is in reverse
    /// mode, and `max(1, ceil(n/w))` if it is in forward mode, where w may be less than for plain numbers. An engine with
    /// products of its own says what they cost. Allocates nothing for up to as many tangents as were prepared for.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] naming the argument whose length does not fit; outputs are then unchanged.
    ///
    /// # References
    ///
    /// Pearlmutter, "Fast exact multiplication by the Hessian" (1994); Griewank and Walther, *Evaluating Derivatives*,
    /// 2nd ed. (2008), section 5.
    fn evaluate_hvp(
        &mut self,
        x: &[T],
        dx: ArrayView2<'_, T>,
        grad: Option<&mut [T]>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<T>;

    /// Writes the gradient into `grad` and the product with `dx` into `dg`; returns `f(x)`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_hvp`](Self::evaluate_hvp).
    fn value_gradient_and_hvp_into(&mut self, x: &[T], dx: &[T], grad: &mut [T], dg: &mut [T]) -> Result<T> {
        Error::check_length("dx", self.input_len(), dx.len())?;
        Error::check_length("dg", self.input_len(), dg.len())?;
        self.evaluate_hvp(x, column(dx), Some(grad), column_mut(dg))
    }

    /// Writes the product with `dx` into `dg`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_hvp`](Self::evaluate_hvp).
    fn hvp_into(&mut self, x: &[T], dx: &[T], dg: &mut [T]) -> Result<()> {
        Error::check_length("dx", self.input_len(), dx.len())?;
        Error::check_length("dg", self.input_len(), dg.len())?;
        self.evaluate_hvp(x, column(dx), None, column_mut(dg)).map(drop)
    }

    /// `f(x)`, the gradient and the product with `dx`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_hvp`](Self::evaluate_hvp).
    fn value_gradient_and_hvp(&mut self, x: &[T], dx: &[T]) -> Result<(T, Vec<T>, Vec<T>)>
    where
        T: Scalar,
    {
        let mut grad = vec![T::zero(); self.input_len()];
        let mut dg = grad.clone();
        let value = self.value_gradient_and_hvp_into(x, dx, &mut grad, &mut dg)?;
        Ok((value, grad, dg))
    }

    /// The product with `dx`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_hvp`](Self::evaluate_hvp).
    fn hvp(&mut self, x: &[T], dx: &[T]) -> Result<Vec<T>>
    where
        T: Scalar,
    {
        let mut dg = vec![T::zero(); self.input_len()];
        self.hvp_into(x, dx, &mut dg)?;
        Ok(dg)
    }
}

/// What [`PrepareHvp::prepare_hvp`] returns.
#[derive(Clone, Debug)]
pub struct PreparedHvp<B: PrepareHvp<F, T>, F, T: Scalar = f64> {
    core: Preparation<B, B::Function, B::Workspace>,
    batch: usize,
    point: Vec<T>,
    scalar: PhantomData<fn() -> F>,
}

prepared_access!([B: PrepareHvp<F, T>, F, T: Scalar] PreparedHvp<B, F, T> where {} of B::Function);

impl<B: PrepareHvp<F, T>, F, T: Scalar> PreparedHvp<B, F, T> {
    /// Prepares for points as long as `x`, keeping the buffers.
    ///
    /// # Errors
    ///
    /// As [`PrepareHvp::prepare_hvp`].
    pub fn resize(&mut self, x: &[T]) -> Result<()> {
        let batch = self.batch;
        self.point.clear();
        self.point.reserve(x.len());
        self.core.resize(x.len(), |b, f, w| fit::<B, F, T>(b, f, w, x, batch))
    }

    /// Fixes the point for products that follow.
    ///
    /// With a reverse-mode outer backend the gradient is evaluated once, here. Any other keeps the point and evaluates `f`
    /// at each batch of products as often as [`evaluate_hvp`](Hvp::evaluate_hvp), as it must.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `x` has another length than at preparation.
    pub fn at(&mut self, x: &[T]) -> Result<HvpAt<'_, B, F, T>> {
        let core = &mut self.core;
        core.check_point(x)?;
        core.refresh(|b, f, w| b.init_hvp(f, x, self.batch, w).map(|()| 1))?;
        self.point.clear();
        self.point.extend_from_slice(x);
        let linear = core.backend.linearize_hvp(&core.function, &mut core.workspace, x)?;
        Ok(HvpAt { prepared: self, linear })
    }

    fn check(&self, dx: &ArrayView2<'_, T>, dg: &ArrayViewMut2<'_, T>) -> Result<()> {
        check_batch([("dx", self.core.inputs), ("dg", self.core.inputs)], "dg.columns", dx, dg)
    }
}

/// Sizes and warms the buffers.
fn fit<B, F, T: Scalar>(
    backend: &B,
    f: &B::Function,
    workspace: &mut B::Workspace,
    x: &[T],
    batch: usize,
) -> Result<usize>
where
    B: PrepareHvp<F, T>,
{
    backend.init_hvp(f, x, batch, workspace)?;
    backend.warm_hvp(f, workspace, x)?;
    Ok(1)
}

impl<B: PrepareHvp<F, T>, F, T: Scalar> Hvp<T> for PreparedHvp<B, F, T> {
    fn input_len(&self) -> usize {
        self.core.inputs
    }

    fn evaluate_hvp(
        &mut self,
        x: &[T],
        dx: ArrayView2<'_, T>,
        grad: Option<&mut [T]>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<T> {
        self.core.check_point(x)?;
        self.check(&dx, &dg)?;
        let core = &mut self.core;
        if let Some(grad) = &grad {
            Error::check_length("grad", core.inputs, grad.len())?;
        }
        core.refresh(|b, f, w| b.init_hvp(f, x, self.batch, w).map(|()| 1))?;
        core.backend.compute_hvp(&core.function, &mut core.workspace, x, dx.into(), grad, dg)
    }
}

/// A prepared Hessian-vector product that is fixed at a point; made by [`PreparedHvp::at`].
pub struct HvpAt<'p, B: PrepareHvp<F, T>, F, T: Scalar = f64> {
    prepared: &'p mut PreparedHvp<B, F, T>,
    linear: bool,
}

impl<B: PrepareHvp<F, T>, F, T: Scalar> fmt::Debug for HvpAt<'_, B, F, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HvpAt").field("point", &self.prepared.point).field("linear", &self.linear).finish()
    }
}

impl<B: PrepareHvp<F, T>, F, T: Scalar> HvpAt<'_, B, F, T> {
    /// Whether products do not evaluate `f` again.
    #[must_use]
    pub fn reuses_evaluation(&self) -> bool {
        self.linear
    }

    /// Writes the product of the Hessian with each column of `dx` into that column of `dg`.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] naming the argument whose length does not fit; `dg` is then unchanged.
    pub fn hvp_batch_into(&mut self, dx: ArrayView2<'_, T>, dg: ArrayViewMut2<'_, T>) -> Result<()> {
        self.prepared.check(&dx, &dg)?;
        let PreparedHvp { core, point, .. } = &mut *self.prepared;
        let (f, workspace, dx) = (&core.function, &mut core.workspace, dx.into());
        if self.linear {
            core.backend.compute_hvp_here(f, workspace, dx, dg)
        } else {
            core.backend.compute_hvp(f, workspace, point, dx, None, dg).map(drop)
        }
    }

    /// Writes the product of the Hessian with `dx` into `dg`.
    ///
    /// # Errors
    ///
    /// As [`hvp_batch_into`](Self::hvp_batch_into).
    pub fn hvp_into(&mut self, dx: &[T], dg: &mut [T]) -> Result<()> {
        self.hvp_batch_into(column(dx), column_mut(dg))
    }

    /// The product of the Hessian with `dx`.
    ///
    /// # Errors
    ///
    /// As [`hvp_batch_into`](Self::hvp_batch_into).
    pub fn hvp(&mut self, dx: &[T]) -> Result<Vec<T>> {
        let mut dg = vec![T::zero(); self.prepared.core.inputs];
        self.hvp_into(dx, &mut dg)?;
        Ok(dg)
    }
}

/// The product of the Hessian of `f` at `x` with `dx`, prepared and used once.
///
/// ```
/// use di_core::{Zero, from_fn, hvp};
///
/// let f = from_fn(|x: &[f64]| x[0] * x[1]);
/// assert_eq!(hvp(&Zero, f, &[2.0, 3.0], &[1.0, 0.0])?, [0.0, 0.0]);
/// # Ok::<(), di_core::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Length`] if `dx` is not as long as `x`; else as [`PrepareHvp::prepare_hvp`].
pub fn hvp<B, F, T: Scalar>(backend: &B, f: F, x: &[T], dx: &[T]) -> Result<Vec<T>>
where
    B: PrepareHvp<F, T>,
{
    value_gradient_and_hvp(backend, f, x, dx).map(|(_, _, dg)| dg)
}

/// `f(x)`, the gradient and the product of the Hessian of `f` at `x` with `dx`, prepared and used once.
///
/// # Errors
///
/// As [`hvp`].
pub fn value_gradient_and_hvp<B, F, T: Scalar>(backend: &B, f: F, x: &[T], dx: &[T]) -> Result<(T, Vec<T>, Vec<T>)>
where
    B: PrepareHvp<F, T>,
{
    Error::check_length("dx", x.len(), dx.len())?;
    let f = backend.enclose_hvp(f);
    let mut workspace = B::Workspace::default();
    backend.init_hvp(&f, x, 1, &mut workspace)?;
    let mut grad = vec![T::zero(); x.len()];
    let mut dg = grad.clone();
    let dg_column = column_mut(&mut dg);
    let value = backend.compute_hvp(&f, &mut workspace, x, column(dx).into(), Some(&mut grad), dg_column)?;
    Ok((value, grad, dg))
}
