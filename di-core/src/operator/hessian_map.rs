//! The Hessian as a linear map that is never stored.

use super::prepared::{Preparation, column, column_mut, prepared_access};
use crate::{Error, LinearMap, PrepareHvp, Result, Scalar};
use std::marker::PhantomData;

/// A backend that can prepare Hessians of `F` as linear maps: every one that has Hessian-vector products.
///
/// # For backend authors
///
/// Nothing to do.
pub trait PrepareHessianMap<F, T: Scalar = f64>: PrepareHvp<F, T> {
    /// The Hessian at `x`, one vector at a time.
    ///
    /// # Cost
    ///
    /// A Hessian-vector product.
    ///
    /// # Errors
    ///
    /// As [`prepare_hvp`](PrepareHvp::prepare_hvp).
    fn prepare_hessian_map(&self, f: F, x: &[T]) -> Result<HessianMap<Self, F, T>> {
        let core = Preparation::new(self.clone(), self.enclose_hvp(f), x.len(), |b, f, w| {
            b.init_hvp(f, x, 1, w)?;
            b.warm_hvp(f, w, x)?;
            Ok(1)
        })?;
        Ok(HessianMap { core, point: x.to_vec(), linear: None, function: PhantomData })
    }
}

impl<B: PrepareHvp<F, T>, F, T: Scalar> PrepareHessianMap<F, T> for B {}

/// The Hessian of a function at a point, as a linear map for iterative solvers; nothing of it is stored.
///
/// ```math
/// y = \nabla^2 f(x_0)\,x
/// ```
///
/// It is its own transpose.
///
/// # Cost
///
/// A Hessian-vector product: with an outer engine in reverse mode the gradient is recorded once for each point. Nothing is
/// allocated.
///
/// # Examples
///
/// ```
/// use di_core::{LinearMap, PrepareHessianMap, Zero, from_fn};
///
/// let mut hessian = Zero.prepare_hessian_map(from_fn(|x: &[f64]| x[0] * x[1]), &[1.0, 2.0])?;
/// assert_eq!(hessian.apply(&[1.0, 0.0])?, hessian.apply_transpose(&[1.0, 0.0])?);
/// # Ok::<(), di_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct HessianMap<B: PrepareHvp<F, T>, F, T: Scalar = f64> {
    core: Preparation<B, B::Function, B::Workspace>,
    point: Vec<T>,
    /// Whether what products at the point need is kept; `None` before the first product there.
    linear: Option<bool>,
    function: PhantomData<fn() -> F>,
}

prepared_access!([B: PrepareHvp<F, T>, F, T: Scalar] HessianMap<B, F, T> where {} of B::Function);

impl<B: PrepareHvp<F, T>, F, T: Scalar> HessianMap<B, F, T> {
    /// The point.
    pub fn point(&self) -> &[T] {
        &self.point
    }

    /// Takes the Hessian at another point; nothing is evaluated yet.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `x` is not as long as the point of preparation.
    pub fn move_to(&mut self, x: &[T]) -> Result<()> {
        self.core.check_point(x)?;
        self.point.copy_from_slice(x);
        self.linear = None;
        Ok(())
    }

    /// The product, with names of the arguments for errors.
    fn product(&mut self, names: [&'static str; 2], x: &[T], y: &mut [T]) -> Result<()> {
        Error::check_length(names[0], self.core.inputs, x.len())?;
        Error::check_length(names[1], self.core.inputs, y.len())?;
        if self.core.stale {
            self.linear = None;
        }
        self.core.refresh(|b, f, w| b.init_hvp(f, &self.point, 1, w).map(|()| 1))?;
        let Preparation { backend, function, workspace, .. } = &mut self.core;
        let linear = match self.linear {
            Some(linear) => linear,
            None => backend.linearize_hvp(function, workspace, &self.point)?,
        };
        self.linear = Some(linear);
        if linear {
            backend.compute_hvp_here(function, workspace, column(x).into(), column_mut(y))
        } else {
            backend.compute_hvp(function, workspace, &self.point, column(x).into(), None, column_mut(y)).map(drop)
        }
    }
}

impl<B: PrepareHvp<F, T>, F, T: Scalar> LinearMap<T> for HessianMap<B, F, T> {
    fn rows(&self) -> usize {
        self.core.inputs
    }

    fn columns(&self) -> usize {
        self.core.inputs
    }

    fn apply_into(&mut self, x: &[T], y: &mut [T]) -> Result<()> {
        self.product(["x", "y"], x, y)
    }

    fn apply_transpose_into(&mut self, y: &[T], x: &mut [T]) -> Result<()> {
        self.product(["y", "x"], y, x)
    }
}
