//! Sparse matrices: where entries can be, and their values.
//!
//! # For callers
//!
//! A [`Pattern`] says which entries of a Jacobian or Hessian can differ from zero. It is built by hand for a known
//! structure ([`Pattern::banded`], [`Pattern::block_diagonal`], [`Grid`] …) or found by a detector.
//!
//! # For backend authors
//!
//! A pattern is kept in compressed columns and in compressed rows, both made once; a clone shares them.

mod band;
mod block;
mod compressed;
mod convert;
mod entries;
mod grid;
mod matrix;
mod pattern;
mod product;
mod set;
mod spy;
mod text;

pub(crate) use compressed::{Compressed, narrow};
pub use grid::{Coupling, Grid, SpeciesOrder};
pub use matrix::SparseMatrix;
pub use pattern::Pattern;
