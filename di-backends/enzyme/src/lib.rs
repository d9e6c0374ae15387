//! Enzyme-style differentiation: derivative code beside the function, on plain memory with shadows.
//!
//! # For callers
//!
//! [`EnzymeStyle`] runs the tangent ([`TangentFn`](di_core::TangentFn)) and the adjoint
//! ([`AdjointFn`](di_core::AdjointFn)) that a function comes with, and makes every operator of the two. Derivative code
//! costs one to three times the function, whatever the number of inputs: no engine is faster. It is right if that code is:
//! compare it with another engine once.
//!
//! What it cannot do: differentiate a function that comes without such code; a function with only one of the two has only
//! the operators that are made of that one.
//!
//! # For backend authors
//!
//! The engine is generic over the base scalar, so it nests inside any forward engine:
//! `SecondOrder { outer: NumDual::default(), inner: EnzymeStyle::default() }`.
#![forbid(unsafe_code)]

mod backend;
mod enclosure;
mod hvp;
mod pullback;
mod pushforward;
mod second_derivative;
mod written;

pub use backend::EnzymeStyle;
pub use enclosure::Enclosure;
pub use hvp::AnyAdjoint;
