//! The Jacobian as a linear map that is never stored.

use super::prepared::{Preparation, column, column_mut, prepared_access};
use crate::{Error, LinearMap, PreparePullback, PreparePushforward, Result, Scalar};

/// A backend that can prepare Jacobians of `F` as linear maps: every one that has pushforwards and pullbacks.
///
/// # For backend authors
///
/// Nothing to do.
pub trait PrepareJacobianMap<F, T: Scalar = f64>: PreparePushforward<F, T> + PreparePullback<F, T> {
    /// The Jacobian at `x`, one vector at a time.
    ///
    /// # Cost
    ///
    /// A pushforward and a pullback.
    ///
    /// # Errors
    ///
    /// As [`prepare_pushforward`](PreparePushforward::prepare_pushforward) and
    /// [`prepare_pullback`](PreparePullback::prepare_pullback).
    fn prepare_jacobian_map(&self, f: F, x: &[T]) -> Result<JacobianMap<Self, F, T>> {
        let core = Preparation::new(self.clone(), f, x.len(), |b, f, w: &mut Buffers<Self, F, T>| {
            let outputs = init(b, f, x, w)?;
            b.warm_pushforward(f, &mut w.0, x, outputs)?;
            b.warm_pullback(f, &mut w.1, x, outputs)?;
            Ok(outputs)
        })?;
        Ok(JacobianMap { core, point: x.to_vec(), linearized: false })
    }
}

impl<B: PreparePushforward<F, T> + PreparePullback<F, T>, F, T: Scalar> PrepareJacobianMap<F, T> for B {}

/// What the engine keeps for pushforwards and for pullbacks.
type Buffers<B, F, T> = (<B as PreparePushforward<F, T>>::Workspace, <B as PreparePullback<F, T>>::Workspace);

fn init<B, F, T: Scalar>(backend: &B, f: &F, x: &[T], workspace: &mut Buffers<B, F, T>) -> Result<usize>
where
    B: PreparePushforward<F, T> + PreparePullback<F, T>,
{
    backend.init_pushforward(f, x, 1, &mut workspace.0)?;
    backend.init_pullback(f, x, 1, &mut workspace.1)
}

/// The Jacobian of a function at a point, as a linear map for iterative solvers; nothing of it is stored.
///
/// ```math
/// y = J(x_0)\,x, \qquad x = J(x_0)^T y
/// ```
///
/// # Cost
///
/// `apply` is a pushforward. The first `apply_transpose` at a point evaluates the function and keeps what pullbacks need;
/// those that follow are sweeps in reverse mode, and runs of the adjoint with derivative code. In forward mode and by
/// differences it is a whole Jacobian. Nothing is allocated.
///
/// # Examples
///
/// ```
/// use di_core::{LinearMap, PrepareJacobianMap, Zero, from_vector_fn};
///
/// let f = from_vector_fn(2, |x: &[f64], y: &mut [f64]| y.fill(x[0]));
/// let mut jacobian = Zero.prepare_jacobian_map(f, &[1.0, 2.0, 3.0])?;
/// assert_eq!((jacobian.rows(), jacobian.columns()), (2, 3));
/// assert_eq!(jacobian.apply(&[1.0, 0.0, 0.0])?, [0.0, 0.0]);
/// jacobian.move_to(&[0.0, 1.0, 2.0])?;
/// # Ok::<(), di_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct JacobianMap<B: PreparePushforward<F, T> + PreparePullback<F, T>, F, T: Scalar = f64> {
    core: Preparation<B, F, Buffers<B, F, T>>,
    point: Vec<T>,
    /// Whether what pullbacks need is kept for the point.
    linearized: bool,
}

prepared_access!([B: PreparePushforward<F, T> + PreparePullback<F, T>, F, T: Scalar] JacobianMap<B, F, T> where {} of F);

impl<B: PreparePushforward<F, T> + PreparePullback<F, T>, F, T: Scalar> JacobianMap<B, F, T> {
    /// The point.
    pub fn point(&self) -> &[T] {
        &self.point
    }

    /// Takes the Jacobian at another point; nothing is evaluated yet.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `x` is not as long as the point of preparation.
    pub fn move_to(&mut self, x: &[T]) -> Result<()> {
        self.core.check_point(x)?;
        self.point.copy_from_slice(x);
        self.linearized = false;
        Ok(())
    }

    /// Looks at the buffers again if the function may have changed.
    fn refresh(&mut self) -> Result<()> {
        if self.core.stale {
            self.linearized = false;
        }
        self.core.refresh(|b, f, w| init(b, f, &self.point, w))
    }
}

impl<B: PreparePushforward<F, T> + PreparePullback<F, T>, F, T: Scalar> LinearMap<T> for JacobianMap<B, F, T> {
    fn rows(&self) -> usize {
        self.core.outputs
    }

    fn columns(&self) -> usize {
        self.core.inputs
    }

    fn apply_into(&mut self, x: &[T], y: &mut [T]) -> Result<()> {
        Error::check_length("x", self.core.inputs, x.len())?;
        Error::check_length("y", self.core.outputs, y.len())?;
        self.refresh()?;
        let Preparation { backend, function, workspace, .. } = &mut self.core;
        let (dx, dy) = (column(x).into(), column_mut(y));
        backend.compute_pushforward(function, &mut workspace.0, &self.point, dx, None, dy)
    }

    fn apply_transpose_into(&mut self, y: &[T], x: &mut [T]) -> Result<()> {
        Error::check_length("y", self.core.outputs, y.len())?;
        Error::check_length("x", self.core.inputs, x.len())?;
        self.refresh()?;
        let Preparation { backend, function, workspace, .. } = &mut self.core;
        if !self.linearized {
            backend.linearize(function, &mut workspace.1, &self.point, None)?;
            self.linearized = true;
        }
        backend.compute_pullback(function, &mut workspace.1, column(y).into(), column_mut(x))
    }
}
