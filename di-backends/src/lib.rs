//! The differentiation interface and its engines under one roof.
//!
//! Everything of [`di_core`] is here too, so one dependency is enough. Each engine has a feature of its name, and
//! `#[derive(Shadow)]` the feature `derive`; all are on by default. Conversions of sparse matrices have the features
//! `faer`, `nalgebra-sparse` and `sprs`, which are off by default.
//!
//! # For callers
//!
//! | engine | feature | use it for | cost | limits |
//! | --- | --- | --- | --- | --- |
//! | `NumDual` | `num-dual` | few inputs; derivatives of one variable; Jacobians that are not wide | n/w evaluations with numbers w + 1 times as big | cost grows with the inputs |
//! | `Tape` | `tape` | gradients; few outputs, many inputs | a recording and a sweep, whatever the number of inputs | memory grows with the operations |
//! | `Mixed` of both | both | Jacobians of any shape, Hessians | the cheaper of the two | as theirs |
//! | `EnzymeStyle` | `enzyme` | gradients, by tangent and adjoint code that `#[differentiable]` writes or that comes with the function | one to three evaluations | that code must be there, by the attribute or by hand |
//! | `FiniteDiff` | `finite-diff` | code that takes plain `f64` only; a check of the others | 2n evaluations, one more with the value | half to two thirds of the digits |
//!
//! All but the last are exact to rounding. Second derivatives: `SecondOrder { outer, inner }`, of which forward over
//! reverse, `SecondOrder { outer: NumDual::default(), inner: Tape::default() }`, is the usual choice for single
//! Hessian-vector products, and reverse over reverse for whole Hessians of many inputs.
//!
//! Sparse Jacobians and Hessians: `Sparse::of(backend)`, around any of these; on several threads by `Threaded`, behind the
//! feature `rayon`.
//!
//! To choose at run time, parse a name: `"tape".parse::<AnyBackend>()`. To let the machine choose, behind the feature
//! `choose`: `choose(&f, &x).gradient()` measures the engines, compares them, and returns the fastest, prepared.
//!
#![cfg_attr(all(feature = "num-dual", feature = "tape", feature = "finite-diff"), doc = "```")]
#![cfg_attr(not(all(feature = "num-dual", feature = "tape", feature = "finite-diff")), doc = "```text")]
//! use di_backends::{AnyBackend, Real, Tape, gradient, scalar_fn};
//!
//! fn bowl<T: Real>(x: &[T]) -> T {
//!     (x[0] - 1.0).powi(2) + x[1].powi(2) * 3.0
//! }
//! let f = scalar_fn!(bowl);
//! assert_eq!(gradient(&Tape::default(), f, &[0.0, 2.0])?, [-2.0, 12.0]);
//! for name in AnyBackend::names() {
//!     let grad = gradient(&name.parse::<AnyBackend>()?, f, &[0.0, 2.0])?;
//!     assert!((grad[0] + 2.0).abs() < 1e-6);
//! }
//! # Ok::<(), di_backends::Error>(())
//! ```
//!
//! # For backend authors
//!
//! This crate adds nothing to an engine: write it against [`di_core`] alone.
#![forbid(unsafe_code)]

#[cfg(any(feature = "num-dual", feature = "tape", feature = "finite-diff"))]
#[macro_use]
mod any;
#[cfg(feature = "choose")]
mod choose;
#[cfg(all(doctest, feature = "num-dual", feature = "tape", feature = "finite-diff"))]
mod pages;
mod shadow;

#[cfg(any(feature = "num-dual", feature = "tape", feature = "finite-diff"))]
pub use any::AnyBackend;
#[cfg(feature = "choose")]
pub use choose::{
    Candidate, Candidates, Choose, ChooseError, Chosen, Decision, DefaultEngines, Disagreement, Named, NoEngines,
    Operation, Operator, Outcome, Report, ReportRow, choose, choose_unary,
};
#[cfg(feature = "differentiable")]
pub use di_differentiable::differentiable_through_backends as differentiable;
#[cfg(feature = "enzyme")]
pub use di_enzyme::EnzymeStyle;
#[cfg(feature = "finite-diff")]
pub use di_finite_diff::FiniteDiff;
#[cfg(feature = "num-dual")]
pub use di_num_dual::NumDual;
#[cfg(feature = "tape")]
pub use di_tape::Tape;
pub use shadow::Shadow;

pub use di_core;
pub use di_core::ndarray;
pub use di_core::num_traits;
pub use di_core::{Activity, AdjointFn, Cache, CacheMut, Enclosed, TangentFn};
pub use di_core::{Backend, ChunkWidth, ErasedWorkspace, MAX_CHUNK_WIDTH, Mode, Seeds, Workspace};
pub use di_core::{Closure, Counted, CurveFn, FromCurve, FromFn, FromVectorFn, Map, ScalarFn, UnaryFn, VectorFn};
pub use di_core::{Coloring, ColoringChoice, ColoringKind, ColoringMethod, Order, Sparse, SparseMatrix};
pub use di_core::{Coupling, Grid, Pattern, SpeciesOrder};
pub use di_core::{CurveBackend, ScalarBackend, UnaryBackend, VectorBackend};
pub use di_core::{CurveDerivative, Derivative, Gradient, Hessian, Hvp, Jacobian, Pullback, Pushforward};
pub use di_core::{CurveSecondDerivative, Encloses, HvpAt, PullbackAt, SecondDerivative};
pub use di_core::{
    CurveShape, ScalarShape, Shape, UnaryShape, VectorShape, from_curve, from_fn, from_vector_fn, unwritten,
};
pub use di_core::{
    DenseDetector, DetectionError, HessianDetector, JacobianDetector, KnownPattern, Tracer, TracerDetector,
};
pub use di_core::{DerivativeFn, DerivativeRoute, GradientFn, GradientRoute, HessianRoute, HvpRoute, JacobianRoute};
pub use di_core::{DerivedDerivative, DerivedGradient, DerivedHessian, DerivedHvp, DerivedJacobian, DerivedPullback};
pub use di_core::{DerivedPushforward, DerivedSecondDerivative, NestedHvp, PullbackRoute, PushforwardRoute};
pub use di_core::{Error, Result};
pub use di_core::{FromPrimitive, Mixed, SecondOrder, Zero};
pub use di_core::{HessianMap, JacobianMap, LinearMap, PrepareHessianMap, PrepareJacobianMap};
pub use di_core::{LocalFn, Overload, Partials, Real, Scalar, rule};
pub use di_core::{Nested, SecondDerivativeRoute, ViaEither, ViaHvp, ViaPullback, ViaPushforward};
pub use di_core::{PrepareDerivative, PrepareGradient, PrepareHessian, PrepareHvp, PrepareJacobian};
pub use di_core::{PreparePullback, PreparePushforward, PrepareSecondDerivative};
pub use di_core::{PrepareSparseHessian, PrepareSparseJacobian, PreparedSparseHessian, PreparedSparseJacobian};
pub use di_core::{PreparedDerivative, PreparedGradient, PreparedHessian, PreparedHvp, PreparedJacobian};
pub use di_core::{PreparedPullback, PreparedPushforward, PreparedSecondDerivative};
pub use di_core::{SparseHessian, SparseJacobian, sparse_hessian, sparse_jacobian};
pub use di_core::{Verification, Verified, VerifySparseHessian, VerifySparseJacobian};
pub use di_core::{curve_derivative, curve_second_derivative, derivative, gradient, hessian, hvp, jacobian, pullback};
pub use di_core::{overload_scalar, scalar_fn, unary_fn, vector_fn};
pub use di_core::{pushforward, second_derivative, value_and_derivative, value_and_gradient, value_and_jacobian};
pub use di_core::{value_and_pullback, value_and_pushforward, value_derivative_and_second_derivative};
pub use di_core::{value_and_sparse_jacobian, value_gradient_and_sparse_hessian};
pub use di_core::{value_gradient_and_hessian, value_gradient_and_hvp};

#[cfg(feature = "rayon")]
pub use di_core::Threaded;
