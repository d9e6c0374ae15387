//! A backend that takes as long as it is told, and is wrong as it is told.

use di_backends::ndarray::ArrayViewMut2;
use di_backends::{
    Backend, DerivedDerivative, DerivedGradient, DerivedHessian, DerivedHvp, DerivedJacobian, DerivedPullback,
    DerivedSecondDerivative, Error, Mode, Nested, NumDual, PreparePushforward, Result, Scalar, Seeds, ViaHvp,
    ViaPushforward,
};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Duration;

thread_local! {
    static NOW: Cell<Duration> = const { Cell::new(Duration::ZERO) };
    static PASSES: RefCell<HashMap<&'static str, usize>> = RefCell::new(HashMap::new());
}

/// A clock that goes when a backend of these tests runs, and else stands still.
pub(crate) fn clock() -> Duration {
    NOW.get()
}

/// How often the backend of this name has run since it was made.
pub(crate) fn passes(name: &str) -> usize {
    PASSES.with_borrow(|passes| passes.get(name).copied().unwrap_or(0))
}

/// Dual numbers, but for what is said.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paced {
    pub(crate) name: &'static str,
    pub(crate) microseconds: u64,
    pub(crate) mode: Mode,
    pub(crate) fault: Fault,
}

/// In what way it is wrong.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    None,
    /// Every derivative has the other sign.
    Sign,
    /// Derivatives are too large by this part of them.
    Factor(f64),
    /// This output's derivatives are too large by one.
    Output(usize),
    /// Every derivative is this number.
    Constant(f64),
    /// The value is too large by one.
    Value,
    /// Derivatives are wrong where the first input differs from this number.
    AwayFrom(f64),
    /// Derivatives are those of plain dual numbers, but each seventh pass takes fifty times as long.
    Spikes,
    /// Preparation fails.
    Preparation,
    /// This and every later pass fails.
    Pass(usize),
}

/// A backend that is right; its passes are counted anew.
pub(crate) fn exact(name: &'static str, microseconds: u64) -> Paced {
    PASSES.with_borrow_mut(|passes| passes.remove(name));
    Paced { name, microseconds, mode: Mode::Forward, fault: Fault::None }
}

/// A backend that says it is inexact.
pub(crate) fn approximate(name: &'static str, microseconds: u64) -> Paced {
    Paced { mode: Mode::Difference, ..exact(name, microseconds) }
}

/// A backend that is wrong, and quick.
pub(crate) fn faulty(name: &'static str, fault: Fault) -> Paced {
    Paced { fault, ..exact(name, 1) }
}

impl Paced {
    fn failure<R>(&self, what: &str) -> Result<R> {
        Err(Error::Unsupported { backend: self.name(), operator: "this test", reason: format!("{what} fails") })
    }
}

impl Backend for Paced {
    type Primitive = ViaPushforward;

    fn name(&self) -> String {
        self.name.into()
    }

    fn mode(&self) -> Mode {
        self.mode
    }
}

impl<F, T: Scalar, S> PreparePushforward<F, T, S> for Paced
where
    NumDual: PreparePushforward<F, T, S>,
{
    type Workspace = <NumDual as PreparePushforward<F, T, S>>::Workspace;

    fn init_pushforward(&self, f: &F, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<usize> {
        if let Fault::Preparation = self.fault {
            return self.failure("preparation");
        }
        NumDual::default().init_pushforward(f, x, batch, workspace)
    }

    fn compute_pushforward(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        mut y: Option<&mut [T]>,
        mut dy: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        let passes = PASSES.with_borrow_mut(|passes| {
            let count = passes.entry(self.name).or_default();
            *count += 1;
            *count
        });
        let slower = if matches!(self.fault, Fault::Spikes) && passes.is_multiple_of(7) { 50 } else { 1 };
        NOW.set(NOW.get() + Duration::from_micros(self.microseconds * slower));
        if let Fault::Pass(first) = self.fault
            && passes >= first
        {
            return self.failure("a pass");
        }
        NumDual::default().compute_pushforward(f, workspace, x, dx, y.as_deref_mut(), dy.view_mut())?;
        match self.fault {
            Fault::Sign => dy.mapv_inplace(|d| -d),
            Fault::Factor(factor) => dy.mapv_inplace(|d| d * T::lift(1.0 + factor)),
            Fault::Output(index) => dy.row_mut(index).mapv_inplace(|d| d + T::one()),
            Fault::Constant(constant) => dy.fill(T::lift(constant)),
            Fault::AwayFrom(known) if x[0] != T::lift(known) => dy.fill(T::lift(7.0)),
            Fault::Value => y.into_iter().flatten().for_each(|y| *y += T::one()),
            _ => {}
        }
        Ok(())
    }
}

impl DerivedPullback for Paced {
    type Route = ViaPushforward;
}
impl DerivedDerivative for Paced {
    type Route = ViaPushforward;
}
impl DerivedGradient for Paced {
    type Route = ViaPushforward;
}
impl DerivedJacobian for Paced {
    type Route = ViaPushforward;
}
impl DerivedSecondDerivative for Paced {
    type Route = Nested;
}
impl DerivedHvp for Paced {
    type Route = Nested;
}
impl DerivedHessian for Paced {
    type Route = ViaHvp;
}
