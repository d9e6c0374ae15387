//! Engines that are wrong on purpose.

use super::exact::Exact;
use di_core::ndarray::{ArrayViewMut2, Axis};
use di_core::{
    Backend, DerivedDerivative, DerivedGradient, DerivedHessian, DerivedHvp, DerivedJacobian, DerivedPullback,
    DerivedSecondDerivative, Mode, Nested, PrepareJacobian, PreparePushforward, Result, Scalar, Seeds, ViaHvp,
    ViaPushforward,
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is wrong with an engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Derivatives have the wrong sign.
    Sign,
    /// The last of several tangents is that of the one before.
    Batch,
    /// Outputs are added to instead of overwritten.
    Accumulates,
    /// Every call uses the first point.
    StalePoint,
    /// After a panic of the function derivatives are zero.
    Poisoned,
    /// Every call allocates.
    Allocates,
    /// Every call evaluates the function once too often.
    Wasteful,
    /// Buffers keep their first size.
    KeepsSize,
    /// Infinities and NaN in derivatives become zero.
    Sanitizes,
    /// Every call keeps some memory for good.
    Leaks,
    /// A panic of the function is caught, and the derivatives are those of the call before.
    Swallows,
    /// A call inside of another one, or beside it on another thread, gives zeros.
    Shares,
}

/// How many calls of an engine that shares are running.
static IN_USE: AtomicUsize = AtomicUsize::new(0);

#[derive(Clone, Debug)]
pub(crate) struct Broken(pub(crate) Flaw);

/// The Jacobian of a square map comes out transposed.
#[derive(Clone, Debug)]
pub(crate) struct Transposed;

#[derive(Clone, Debug)]
pub(crate) struct Buffers<W, T> {
    exact: W,
    point: Vec<T>,
    running: bool,
    sized: bool,
}

impl<W: Default, T> Default for Buffers<W, T> {
    fn default() -> Self {
        Self { exact: W::default(), point: Vec::new(), running: false, sized: false }
    }
}

impl<F, T: Scalar, S> PreparePushforward<F, T, S> for Broken
where
    Exact: PreparePushforward<F, T, S>,
{
    type Workspace = Buffers<<Exact as PreparePushforward<F, T, S>>::Workspace, T>;

    fn init_pushforward(&self, f: &F, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<usize> {
        workspace.point.clear();
        if self.0 == Flaw::KeepsSize && std::mem::replace(&mut workspace.sized, true) {
            return Exact.init_pushforward(f, x, batch, &mut Default::default());
        }
        Exact.init_pushforward(f, x, batch, &mut workspace.exact)
    }

    fn compute_pushforward(
        &self,
        f: &F,
        Buffers { exact, point, running, .. }: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        y: Option<&mut [T]>,
        mut dy: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        if point.is_empty() {
            point.extend_from_slice(x);
        }
        let x = if self.0 == Flaw::StalePoint { &*point } else { x };
        let before = if matches!(self.0, Flaw::Accumulates | Flaw::Allocates) { Some(dy.to_owned()) } else { None };
        if self.0 == Flaw::Wasteful {
            Exact.compute_pushforward(f, exact, x, dx.columns(0..0), None, dy.view_mut().split_at(Axis(1), 0).0)?;
        }
        if self.0 == Flaw::Leaks {
            std::mem::forget(vec![1_u8; 24]);
        }
        if self.0 == Flaw::Swallows {
            let compute = || Exact.compute_pushforward(f, exact, x, dx, y, dy.view_mut());
            return catch_unwind(AssertUnwindSafe(compute)).unwrap_or(Ok(()));
        }
        let inside = self.0 == Flaw::Shares && IN_USE.fetch_add(1, Ordering::SeqCst) > 0;
        let poisoned = std::mem::replace(running, true);
        Exact.compute_pushforward(f, exact, x, dx, y, dy.view_mut())?;
        *running = false;
        if self.0 == Flaw::Shares {
            IN_USE.fetch_sub(1, Ordering::SeqCst);
            if inside {
                dy.fill(T::zero());
            }
        }
        match self.0 {
            Flaw::Sign => dy.mapv_inplace(|entry| -entry),
            Flaw::Batch if dy.ncols() > 1 => {
                for mut row in dy.rows_mut() {
                    let last = row.len() - 1;
                    row[last] = row[last - 1];
                }
            }
            Flaw::Accumulates => dy.zip_mut_with(&before.unwrap_or_default(), |new, &old| *new += old),
            Flaw::Poisoned if poisoned => {
                *running = true;
                dy.fill(T::zero());
            }
            Flaw::Sanitizes => dy.mapv_inplace(|entry| if entry.is_finite() { entry } else { T::zero() }),
            _ => {}
        }
        Ok(())
    }
}

impl<F, T: Scalar> PrepareJacobian<F, T> for Transposed
where
    Exact: PrepareJacobian<F, T>,
{
    type Workspace = <Exact as PrepareJacobian<F, T>>::Workspace;

    fn init_jacobian(&self, f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<usize> {
        Exact.init_jacobian(f, x, workspace)
    }

    fn compute_jacobian(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        y: Option<&mut [T]>,
        jac: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        let jac = if jac.is_square() { jac.reversed_axes() } else { jac };
        Exact.compute_jacobian(f, workspace, x, y, jac)
    }

    fn warm_jacobian(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], outputs: usize) -> Result<()> {
        Exact.warm_jacobian(f, workspace, x, outputs)
    }
}

impl<F, T: Scalar, S> PreparePushforward<F, T, S> for Transposed
where
    Exact: PreparePushforward<F, T, S>,
{
    type Workspace = <Exact as PreparePushforward<F, T, S>>::Workspace;

    fn init_pushforward(&self, f: &F, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<usize> {
        Exact.init_pushforward(f, x, batch, workspace)
    }

    fn compute_pushforward(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        y: Option<&mut [T]>,
        dy: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        Exact.compute_pushforward(f, workspace, x, dx, y, dy)
    }
}

macro_rules! derived {
    ($($type:ty, $($operator:ident $route:ident),+;)*) => {$(
        impl Backend for $type {
            type Primitive = ViaPushforward;

            fn name(&self) -> String {
                format!("{self:?}")
            }

            fn mode(&self) -> Mode {
                Mode::Forward
            }
        }
        $(impl $operator for $type {
            type Route = $route;
        })+
    )*};
}

derived! {
    Broken, DerivedPullback ViaPushforward, DerivedDerivative ViaPushforward, DerivedGradient ViaPushforward,
        DerivedJacobian ViaPushforward, DerivedSecondDerivative Nested, DerivedHvp Nested, DerivedHessian ViaHvp;
    Transposed, DerivedPullback ViaPushforward, DerivedDerivative ViaPushforward, DerivedGradient ViaPushforward,
        DerivedSecondDerivative Nested, DerivedHvp Nested, DerivedHessian ViaHvp;
}
