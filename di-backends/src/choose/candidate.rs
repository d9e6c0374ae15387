//! Backends to choose from.

use super::operation::Operation;
use di_core::{
    Backend, CurveDerivative, CurveSecondDerivative, CurveShape, Derivative, Gradient, Hessian, Hvp, Jacobian, Mode,
    PrepareDerivative, PrepareGradient, PrepareHessian, PrepareHvp, PrepareJacobian, PreparePullback,
    PreparePushforward, PrepareSecondDerivative, Pullback, Pushforward, Result, Scalar, SecondDerivative, UnaryShape,
};

use std::fmt;

/// A backend that prepares `P`, such as `dyn Gradient + Send`, of `F`: every one that has the operator for `F`.
#[diagnostic::on_unimplemented(
    message = "backend `{Self}` is no candidate: it cannot prepare `{P}` of `{F}`",
    note = "the function must be callable with the backend's own scalars: write it once for all, `impl<T: Real> ScalarFn<T> for …`, and under `#[differentiable]` for `EnzymeStyle`",
    note = "what is chosen can be sent to another thread: the function must be `Send`, or `Sync` if a reference to it is handed over"
)]
pub trait Candidate<F, P: Operation + ?Sized> {
    /// How the engine works.
    fn mode(&self) -> Mode;

    /// Prepares, and hides the type.
    ///
    /// # Errors
    ///
    /// As preparation by the backend.
    fn prepare(&self, f: F, x: &[P::Scalar]) -> Result<Box<P>>;
}

macro_rules! candidates {
    ($($object:ident: $trait:path $(where $function:ty)?, |$backend:ident, $f:ident, $x:ident| $prepare:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<'f, B, F: Send + 'f, T: Scalar> Candidate<F, dyn $object<T> + Send + 'f> for B
        where
            B: $trait,
            $($function: Send + 'f,)?
        {
            fn mode(&self) -> Mode {
                Backend::mode(self)
            }

            fn prepare(&self, $f: F, $x: &[T]) -> Result<Box<dyn $object<T> + Send + 'f>> {
                let $backend = self;
                Ok(Box::new($prepare?))
            }
        }
    )*};
}

candidates! {
    Pushforward: PreparePushforward<F, T>, |backend, f, x| backend.prepare_pushforward(f, x);
    Pullback: PreparePullback<F, T>, |backend, f, x| backend.prepare_pullback(f, x);
    Derivative: PrepareDerivative<F, T, UnaryShape>, |backend, f, x| backend.prepare_derivative(f, x[0]);
    CurveDerivative: PrepareDerivative<F, T, CurveShape>, |backend, f, x| backend.prepare_derivative(f, x[0]);
    Gradient: PrepareGradient<F, T>, |backend, f, x| backend.prepare_gradient(f, x);
    Jacobian: PrepareJacobian<F, T>, |backend, f, x| backend.prepare_jacobian(f, x);
    SecondDerivative: PrepareSecondDerivative<F, T, UnaryShape>
        where <B as PrepareSecondDerivative<F, T, UnaryShape>>::Function,
        |backend, f, x| backend.prepare_second_derivative(f, x[0]);
    CurveSecondDerivative: PrepareSecondDerivative<F, T, CurveShape>
        where <B as PrepareSecondDerivative<F, T, CurveShape>>::Function,
        |backend, f, x| backend.prepare_second_derivative(f, x[0]);
    Hvp: PrepareHvp<F, T> where <B as PrepareHvp<F, T>>::Function, |backend, f, x| backend.prepare_hvp(f, x);
    Hessian: PrepareHessian<F, T> where <B as PrepareHessian<F, T>>::Function,
        |backend, f, x| backend.prepare_hessian(f, x);
}

/// A candidate with its name.
pub struct Entry<F, P: Operation + ?Sized> {
    pub(super) name: String,
    pub(super) approximate: bool,
    pub(super) backend: Box<dyn Candidate<F, P>>,
}

impl<F, P: Operation + ?Sized> Entry<F, P> {
    fn new(name: String, approximate: bool, backend: impl Candidate<F, P> + 'static) -> Self {
        let approximate = approximate || backend.mode() == Mode::Difference;
        Self { name, approximate, backend: Box::new(backend) }
    }
}

impl<F, P: Operation + ?Sized> fmt::Debug for Entry<F, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Backends, all of which prepare `P` of `F`.
#[diagnostic::on_unimplemented(
    message = "not every candidate can prepare `{P}` of `{F}`",
    note = "the function must be callable with the scalars of all candidates: write it once for all, `impl<T: Real> ScalarFn<T> for …`, or lift a generic function by `scalar_fn!`",
    note = "a function that suits some engines alone: `.without_defaults().with(…)`; a closure of plain numbers: `.without_defaults().with(FiniteDiff::central())`",
    note = "what is chosen can be sent to another thread: the function must be `Send`, or `Sync` if a reference to it is handed over"
)]
pub trait Candidates<F, P: Operation + ?Sized> {
    /// Adds them to a list.
    fn list(self, entries: &mut Vec<Entry<F, P>>);
}

/// The engines of this crate whose features are on and that take every generic function: dual numbers, the tape, both of
/// them (for second derivatives of many inputs) and central differences.
#[derive(Clone, Copy, Debug)]
pub struct DefaultEngines;

/// No engine.
#[derive(Clone, Copy, Debug)]
pub struct NoEngines;

/// A backend with the name that it has as a candidate.
#[derive(Clone, Debug)]
pub struct Named<B> {
    pub(super) name: String,
    /// Whether it is inexact whatever its mode.
    pub(super) approximate: bool,
    pub(super) backend: B,
}

impl<F, P: Operation + ?Sized> Candidates<F, P> for NoEngines {
    fn list(self, _entries: &mut Vec<Entry<F, P>>) {}
}

impl<F, P: Operation + ?Sized, E: Candidates<F, P>, B: Candidate<F, P> + 'static> Candidates<F, P> for (E, Named<B>) {
    fn list(self, entries: &mut Vec<Entry<F, P>>) {
        self.0.list(entries);
        entries.push(Entry::new(self.1.name, self.1.approximate, self.1.backend));
    }
}

#[cfg(not(any(feature = "num-dual", feature = "tape", feature = "finite-diff")))]
impl<F, P: Operation + ?Sized> Candidates<F, P> for DefaultEngines {
    fn list(self, _entries: &mut Vec<Entry<F, P>>) {}
}

#[cfg(any(feature = "num-dual", feature = "tape", feature = "finite-diff"))]
macro_rules! default_engines {
    ([$($variant:ident: $backend:ty,)*]) => {
        #[diagnostic::do_not_recommend]
        impl<F, P: Operation + ?Sized> Candidates<F, P> for DefaultEngines
        where
            $($backend: Candidate<F, P>,)*
        {
            fn list(self, entries: &mut Vec<Entry<F, P>>) {
                $({
                    let backend = <$backend>::default();
                    let any = crate::AnyBackend::from(backend.clone());
                    if P::OPERATOR.is_told_apart(&any.name()) {
                        entries.push(Entry::new(any.name(), false, backend));
                    }
                })*
            }
        }
    };
}
#[cfg(any(feature = "num-dual", feature = "tape", feature = "finite-diff"))]
with_engines!(default_engines {});
