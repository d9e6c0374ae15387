//! Functions that come with derivative code: the contract between that code and the engines that run it.
//!
//! # For callers
//!
//! Implement [`TangentFn`] and [`AdjointFn`] beside a function, generic over its scalar, and an engine over the contract
//! makes every operator of them. What the function owns and writes into has a [`Shadow`](crate::Shadow).
//!
//! # For backend authors
//!
//! Derivative code runs on plain memory. Inputs and outputs are duplicated: value and shadow. What the function encloses
//! is duplicated or constant, as [`Enclosed`] says.

mod activity;
mod adjoint;
mod parts;
mod pile;
mod pool;
mod stack;
pub mod storage;
mod tangent;
mod values;

pub use activity::{Activity, Enclosed};
pub use adjoint::AdjointFn;
pub use tangent::TangentFn;
