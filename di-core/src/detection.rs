//! Finding where derivatives can differ from zero.
//!
//! # For callers
//!
//! A detector finds the [`Pattern`](crate::Pattern) of a Jacobian ([`JacobianDetector`]) or of a Hessian
//! ([`HessianDetector`]). [`TracerDetector`] calls the function once, with numbers that record what they depend on; it
//! never misses an entry, and says where its answer holds.
//!
//! # For backend authors
//!
//! An elementary function says by [`UnaryRule::dependence`](crate::rule::UnaryRule::dependence) which of its derivatives
//! vanish identically. [`Tracer`] is a number over the same rules as every engine's.

mod dense;
mod detector;
mod error;
mod hessian;
mod jacobian;
mod known;
mod lists;
mod recording;
mod run;
mod tracer;
mod tracer_detector;
mod unions;
mod walk;

pub use dense::DenseDetector;
pub use detector::{HessianDetector, JacobianDetector};
pub use error::DetectionError;
pub use known::KnownPattern;
pub use tracer::Tracer;
pub use tracer_detector::TracerDetector;
