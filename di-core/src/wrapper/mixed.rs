//! One backend for each direction.

use crate::{
    Backend, DerivedDerivative, DerivedGradient, DerivedHessian, DerivedHvp, DerivedJacobian, DerivedSecondDerivative,
    Mode, Nested, PreparePullback, PreparePushforward, Result, Scalar, Seeds, ViaEither, ViaHvp, ViaPullback,
    ViaPushforward,
};
use ndarray::ArrayViewMut2;

/// Pushforwards by the `forward` backend, pullbacks by the `reverse` one, and of the other operators each by the cheaper:
/// gradients in reverse, Jacobians by the numbers of inputs and outputs, second derivatives forward over reverse.
///
/// # Cost
///
/// With w the width of the forward backend:
///
/// | operator | evaluations of `f`, at least one |
/// | --- | --- |
/// | pushforward of k tangents | `ceil(k/w)` |
/// | gradient, pullback, derivative, second derivative | 1 |
/// | Jacobian | `ceil(n/w)` if n is at most m, else 1 |
/// | Hessian-vector products with k tangents | `ceil(k/w)` |
/// | Hessian | `ceil(n/w)` |
///
/// Preparation evaluates `f` once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mixed<P, Q> {
    /// Pushes tangents forward.
    pub forward: P,
    /// Pulls cotangents back.
    pub reverse: Q,
}

impl<P: Backend, Q: Backend> Backend for Mixed<P, Q> {
    type Primitive = ViaPushforward;

    fn name(&self) -> String {
        format!("{} and {}", self.forward.name(), self.reverse.name())
    }

    fn mode(&self) -> Mode {
        Mode::Mixed
    }
}

impl<P: Backend, Q: Backend> DerivedDerivative for Mixed<P, Q> {
    type Route = ViaPushforward;
}
impl<P: Backend, Q: Backend> DerivedGradient for Mixed<P, Q> {
    type Route = ViaPullback;
}
impl<P: Backend, Q: Backend> DerivedJacobian for Mixed<P, Q> {
    type Route = ViaEither;
}
impl<P: Backend, Q: Backend> DerivedSecondDerivative for Mixed<P, Q> {
    type Route = Nested;
}
impl<P: Backend, Q: Backend> DerivedHvp for Mixed<P, Q> {
    type Route = Nested;
}
impl<P: Backend, Q: Backend> DerivedHessian for Mixed<P, Q> {
    type Route = ViaHvp;
}

crate::wrapper::forward_pushforward!([P: Backend, Q: Backend] Mixed<P, Q>; forward: P);
crate::wrapper::forward_pullback!([P: Backend, Q: Backend] Mixed<P, Q>; reverse: Q);
