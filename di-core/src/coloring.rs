//! Colourings: which columns, or rows, of a sparse matrix can share a product, and how its entries are read back.
//!
//! # For callers
//!
//! Directions that never meet are pushed through a function together. A [`ColoringMethod`] groups the columns (or rows) of
//! a [`Pattern`](crate::Pattern) so that few products are needed, and makes a [`Coloring`], which also knows how to read
//! the entries out of the products:
//!
//! | method | products | entries are |
//! | --- | --- | --- |
//! | [`columns`](ColoringMethod::columns) | `J·S`: pushforwards | read |
//! | [`rows`](ColoringMethod::rows) | `Jᵀ·S`: pullbacks | read |
//! | [`bidirectional`](ColoringMethod::bidirectional) | both | read from one or the other |
//! | [`star`](ColoringMethod::star) | `H·S`, symmetric | read from one of the two mirrored places |
//! | [`acyclic`](ColoringMethod::acyclic) | `H·S`, symmetric, fewest | read, then found by substitution along trees |
//!
//! # For backend authors
//!
//! A colouring is engine-free: evaluate the products with its seeds, then decompress. Nothing allocates in decompression.
//!
//! # References
//!
//! - Gebremedhin, Manne, Pothen, "What color is your Jacobian? Graph coloring for computing derivatives", *SIAM Review* 47
//!   (2005).
//! - Gebremedhin, Tarafdar, Manne, Pothen, "New acyclic and star coloring algorithms with application to computing
//!   Hessians", *SIAM Journal on Scientific Computing* 29 (2007).
//! - Gebremedhin, Tarafdar, Pothen, Walther, "Efficient computation of sparse Hessians using coloring and automatic
//!   differentiation", *INFORMS Journal on Computing* 21 (2009).
//! - Montoison, Dalle, Gebremedhin, "Revisiting sparse matrix coloring and bicoloring" (2025).

mod acyclic;
mod bidirectional;
mod closed;
mod decompress;
mod direct;
mod distance_two;
mod graph;
mod kind;
mod lattice;
mod method;
mod neutral;
mod order;
mod places;
mod queue;
mod seeds;
mod side;
mod slots;
mod star;
mod substitution;
mod user;
mod value;

pub use kind::ColoringKind;
pub use method::ColoringMethod;
pub use order::Order;
pub use value::Coloring;
