//! How an operator is made of a cheaper one.
//!
//! A backend derives an operator by one line, `impl DerivedGradient for MyEngine { type Route = ViaPushforward; }`; one
//! blanket implementation over the associated route does the rest. Overriding an operator is implementing its prepare
//! trait instead of writing the line.

mod derivative;
mod gradient;
mod gradient_fn;
mod hessian;
mod hvp;
mod jacobian;
mod pullback;
mod pushforward;
mod scratch;
mod second_derivative;
mod sparse_hessian;
mod sparse_jacobian;
#[cfg(feature = "rayon")]
mod threaded_hessian;
#[cfg(feature = "rayon")]
mod threaded_jacobian;
#[cfg(feature = "rayon")]
mod threads;
mod verification;
mod verify_hessian;
mod verify_jacobian;

pub use derivative::{DerivativeRoute, DerivedDerivative};
pub use gradient::{DerivedGradient, GradientRoute};
pub use gradient_fn::{DerivativeFn, GradientFn};
pub use hessian::{DerivedHessian, HessianRoute};
pub use hvp::{DerivedHvp, HvpRoute, NestedHvp};
pub use jacobian::{DerivedJacobian, JacobianRoute};
pub use pullback::{DerivedPullback, PullbackRoute};
pub use pushforward::{DerivedPushforward, PushforwardRoute};
pub use second_derivative::{DerivedSecondDerivative, SecondDerivativeRoute};

use scratch::{Scratch, ValueWorkspace};

/// By pushforwards: forward mode.
#[derive(Clone, Copy, Debug, Default)]
pub struct ViaPushforward;

/// By pullbacks: reverse mode.
#[derive(Clone, Copy, Debug, Default)]
pub struct ViaPullback;

/// By pushforwards if there are no more inputs than outputs, else by pullbacks, for backends with both primitives.
#[derive(Clone, Copy, Debug, Default)]
pub struct ViaEither;

/// By Hessian-vector products.
#[derive(Clone, Copy, Debug, Default)]
pub struct ViaHvp;

/// By differentiating the backend's own first derivative once more with the same backend.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nested;
