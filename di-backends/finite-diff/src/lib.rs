//! Finite differences as an engine: [`FiniteDiff`].
//!
//! It asks least of a function, plain `f64` closures included, and gives fewest digits: half to two thirds of those that
//! the scalar has. Use it where a function cannot be written over a generic scalar, and as an independent check.
#![forbid(unsafe_code)]

mod backend;
mod hessian;
mod hvp;
mod pushforward;
mod second_derivative;
mod step;

pub use backend::FiniteDiff;
