//! One interface to automatic-differentiation engines: functions, operators, preparation, and the routes between them.
//!
//! # For callers
//!
//! Write a function once, generic over its scalar ([`Real`]); take a backend from an engine's crate; call a free function
//! such as [`gradient`], or prepare once and evaluate often without allocating ([`PrepareGradient`], [`Gradient`]). Solvers
//! take one bound: [`UnaryBackend`], [`CurveBackend`], [`ScalarBackend`] or [`VectorBackend`].
//!
//! # For backend authors
//!
//! Implement [`Backend`] and one primitive, [`PreparePushforward`] or [`PreparePullback`]; derive the rest by a line each.
#![forbid(unsafe_code)]

mod backend;
mod cache;
mod coloring;
mod contract;
mod detection;
mod error;
mod function;
mod operator;
mod random;
mod route;
mod scalar;
mod shadow;
mod sparse;
mod umbrella;
mod wrapper;

pub use backend::{Backend, ChunkWidth, ErasedWorkspace, MAX_CHUNK_WIDTH, Mode, Seeds, Workspace, fill_in_blocks};
pub use cache::{Cache, CacheMut};
pub use coloring::{Coloring, ColoringKind, ColoringMethod, Order};
pub use contract::{Activity, AdjointFn, Enclosed, TangentFn, storage};
pub use detection::TracerDetector;
pub use detection::{DenseDetector, DetectionError, HessianDetector, JacobianDetector, KnownPattern, Tracer};
pub use error::{Error, Result};
pub use function::{Closure, Counted, CurveFn, FromCurve, FromFn, FromVectorFn, Map, ScalarFn, UnaryFn, VectorFn};
pub use function::{
    CurveShape, ScalarShape, Shape, UnaryShape, VectorShape, from_curve, from_fn, from_vector_fn, unwritten,
};
pub use operator::{CurveDerivative, Derivative, Gradient, Hessian, Hvp, Jacobian, Pullback, Pushforward};
pub use operator::{CurveSecondDerivative, Encloses, HvpAt, PullbackAt, SecondDerivative};
pub use operator::{HessianMap, JacobianMap, LinearMap, PrepareHessianMap, PrepareJacobianMap};
pub use operator::{PrepareDerivative, PrepareGradient, PrepareHessian, PrepareHvp, PrepareJacobian};
pub use operator::{PreparePullback, PreparePushforward, PrepareSecondDerivative};
pub use operator::{PrepareSparseHessian, PrepareSparseJacobian, PreparedSparseHessian, PreparedSparseJacobian};
pub use operator::{PreparedDerivative, PreparedGradient, PreparedHessian, PreparedHvp, PreparedJacobian};
pub use operator::{PreparedPullback, PreparedPushforward, PreparedSecondDerivative};
pub use operator::{SparseHessian, SparseJacobian, sparse_hessian, sparse_jacobian};
pub use operator::{Verification, VerifySparseHessian, VerifySparseJacobian};
pub use operator::{curve_derivative, curve_second_derivative, derivative, gradient, hessian, hvp, jacobian, pullback};
pub use operator::{pushforward, second_derivative, value_and_derivative, value_and_gradient, value_and_jacobian};
pub use operator::{value_and_pullback, value_and_pushforward, value_derivative_and_second_derivative};
pub use operator::{value_and_sparse_jacobian, value_gradient_and_sparse_hessian};
pub use operator::{value_gradient_and_hessian, value_gradient_and_hvp};
pub use random::SplitMix;
pub use route::{DerivativeFn, DerivativeRoute, GradientFn, GradientRoute, HessianRoute, HvpRoute, JacobianRoute};
pub use route::{DerivedDerivative, DerivedGradient, DerivedHessian, DerivedHvp, DerivedJacobian, DerivedPullback};
pub use route::{DerivedPushforward, DerivedSecondDerivative, NestedHvp, PullbackRoute, PushforwardRoute};
pub use route::{Nested, SecondDerivativeRoute, ViaEither, ViaHvp, ViaPullback, ViaPushforward};
pub use scalar::{LocalFn, Overload, Partials, Real, Scalar, rule};
pub use shadow::Shadow;
#[doc(hidden)]
pub use shadow::ShadowOf;
pub use sparse::{Coupling, Grid, Pattern, SparseMatrix, SpeciesOrder};
pub use umbrella::{CurveBackend, ScalarBackend, UnaryBackend, VectorBackend};
pub use wrapper::{ColoringChoice, FromPrimitive, Mixed, SecondOrder, Sparse, Verified, Zero};

#[cfg(feature = "rayon")]
pub use wrapper::Threaded;

#[cfg(feature = "derive")]
pub use di_derive::Shadow;
#[cfg(feature = "differentiable")]
pub use di_differentiable::differentiable;
pub use ndarray;
pub use num_traits;
