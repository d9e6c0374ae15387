//! A backend stripped to its primitive.

use crate::{
    Backend, DerivedDerivative, DerivedGradient, DerivedHessian, DerivedHvp, DerivedJacobian, DerivedSecondDerivative,
    Mode, Nested, PreparePullback, PreparePushforward, Result, Scalar, Seeds, ViaHvp,
};
use ndarray::ArrayViewMut2;

/// Ignores a backend's own derivative, gradient, Jacobian and second-order operators, and makes them from its primitive;
/// for tests and comparisons.
#[derive(Clone, Copy, Debug, Default)]
pub struct FromPrimitive<B>(
    /// The backend whose primitive is used.
    pub B,
);

impl<B: Backend> Backend for FromPrimitive<B> {
    type Primitive = B::Primitive;

    fn name(&self) -> String {
        format!("{} (primitive)", self.0.name())
    }

    fn mode(&self) -> Mode {
        self.0.mode()
    }
}

impl<B: Backend> DerivedDerivative for FromPrimitive<B> {
    type Route = B::Primitive;
}
impl<B: Backend> DerivedGradient for FromPrimitive<B> {
    type Route = B::Primitive;
}
impl<B: Backend> DerivedJacobian for FromPrimitive<B> {
    type Route = B::Primitive;
}
impl<B: Backend> DerivedSecondDerivative for FromPrimitive<B> {
    type Route = Nested;
}
impl<B: Backend> DerivedHvp for FromPrimitive<B> {
    type Route = Nested;
}
impl<B: Backend> DerivedHessian for FromPrimitive<B> {
    type Route = ViaHvp;
}

crate::wrapper::forward_pushforward!([B: Backend] FromPrimitive<B>; 0: B);
crate::wrapper::forward_pullback!([B: Backend] FromPrimitive<B>; 0: B);
