//! Reverse mode on a contiguous tape.
//!
//! # For callers
//!
//! [`Tape`] pulls cotangents back: a gradient costs one recording and one sweep, whatever the number of inputs. The cost
//! is memory: one node of 24 bytes (with `f64`) wherever two variables meet. Functions of one variable, operations with
//! constants, `max` and `min` record nothing; [`dot`](di_core::Scalar::dot), [`sum_of`](di_core::Scalar::sum_of),
//! [`linear_combination`](di_core::Scalar::linear_combination) and [`local`](di_core::Scalar::local) terms one node each,
//! with 16 bytes for each operand.
//!
//! What it cannot do: a recording has at most 2³¹ operations; a function must not use variables of another recording or
//! thread (this is an [`Error`](di_core::Error), never a wrong number); a Jacobian with many outputs is cheaper in
//! forward mode.
//!
//! # For backend authors
//!
//! [`Var`] is generic over its base scalar, so the tape nests with any engine, itself included.
mod active;
mod backend;
mod error;
mod pullback;
mod recording;
mod sweep;
mod var;

pub use backend::Tape;
pub use error::TapeError;
pub use var::Var;
