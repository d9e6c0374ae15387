//! Two backends for second derivatives: one differentiates what the other made.

use crate::{Backend, DerivedHessian, Mode, Scalar, ViaHvp};
use crate::{PrepareDerivative, PrepareGradient, PrepareJacobian, PreparePullback, PreparePushforward};
use crate::{Result, Seeds};
use ndarray::ArrayViewMut2;

/// Second derivatives by the `outer` backend's derivative of the `inner` backend's first derivative.
///
/// | outer | inner | products with the Hessian |
/// | --- | --- | --- |
/// | forward | reverse | one gradient with dual numbers: the usual choice for a few products at each point |
/// | reverse | forward | the gradient's recording pulled back; further products at the point do not evaluate `f` |
/// | reverse | reverse | as above; for whole Hessians of many inputs |
/// | forward | forward | for few inputs |
///
/// First derivatives are the inner backend's.
///
/// # Cost
///
/// With k tangents (k = n for a Hessian), v the outer backend's width and w the inner one's for the outer one's scalars:
///
/// | outer | inner | evaluations of `f`, each count at least one |
/// | --- | --- | --- |
/// | forward | reverse | `ceil(k/v)` |
/// | forward | forward | `ceil(k/v) · ceil(n/w)` |
/// | reverse | reverse | 1 |
/// | reverse | forward | `ceil(n/w)` |
///
/// A second derivative is one evaluation. Preparation is one product.
#[derive(Clone, Copy, Debug, Default)]
pub struct SecondOrder<O, I> {
    /// Differentiates the gradient.
    pub outer: O,
    /// Makes the gradient.
    pub inner: I,
}

impl<B: Clone> SecondOrder<B, B> {
    /// The same backend twice.
    pub fn nested(backend: &B) -> Self {
        Self { outer: backend.clone(), inner: backend.clone() }
    }
}

impl<O: Backend, I: Backend> Backend for SecondOrder<O, I> {
    type Primitive = I::Primitive;

    fn name(&self) -> String {
        format!("{} over {}", self.outer.name(), self.inner.name())
    }

    fn mode(&self) -> Mode {
        self.inner.mode()
    }
}

impl<O: Backend, I: Backend> DerivedHessian for SecondOrder<O, I> {
    type Route = ViaHvp;
}

crate::wrapper::forward_first_order!([O: Backend, I: Backend] SecondOrder<O, I>; inner: I);
