//! The operators, one file each, in the same order in every file: what the backend gives, what preparation
//! returns, free functions. The routes between them are in the folder `route`.

mod derivative;
mod gradient;
mod hessian;
mod hessian_map;
mod hvp;
mod jacobian;
mod jacobian_map;
mod linear_map;
mod prepared;
mod pullback;
mod pushforward;
mod second_derivative;
mod sparse_hessian;
mod sparse_jacobian;
mod verification;

pub use derivative::{
    CurveDerivative, Derivative, PrepareDerivative, PreparedDerivative, curve_derivative, derivative,
    value_and_derivative,
};
pub use gradient::{Gradient, PrepareGradient, PreparedGradient, gradient, value_and_gradient};
pub use hessian::{Hessian, PrepareHessian, PreparedHessian, hessian, value_gradient_and_hessian};
pub use hessian_map::{HessianMap, PrepareHessianMap};
pub use hvp::{Hvp, HvpAt, PrepareHvp, PreparedHvp, hvp, value_gradient_and_hvp};
pub use jacobian::{Jacobian, PrepareJacobian, PreparedJacobian, jacobian, value_and_jacobian};
pub use jacobian_map::{JacobianMap, PrepareJacobianMap};
pub use linear_map::LinearMap;
pub use prepared::Encloses;
pub(crate) use prepared::{column_mut, row_mut};
pub use pullback::{PreparePullback, PreparedPullback, Pullback, PullbackAt, pullback, value_and_pullback};
pub use pushforward::{PreparePushforward, PreparedPushforward, Pushforward, pushforward, value_and_pushforward};
pub use second_derivative::{
    CurveSecondDerivative, PrepareSecondDerivative, PreparedSecondDerivative, SecondDerivative,
    curve_second_derivative, second_derivative, value_derivative_and_second_derivative,
};
pub use sparse_hessian::{
    PrepareSparseHessian, PreparedSparseHessian, SparseHessian, sparse_hessian, value_gradient_and_sparse_hessian,
};
pub use sparse_jacobian::{
    PrepareSparseJacobian, PreparedSparseJacobian, SparseJacobian, sparse_jacobian, value_and_sparse_jacobian,
};
pub use verification::{Verification, VerifySparseHessian, VerifySparseJacobian};
