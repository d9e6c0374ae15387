//! What names an engine and its options.

use std::fmt::Debug;

mod chunk;
mod fill;
mod seeds;
mod workspace;

pub use chunk::{ChunkWidth, MAX_CHUNK_WIDTH};
pub use fill::fill_in_blocks;
pub use seeds::Seeds;
pub use workspace::{ErasedWorkspace, Workspace};

/// A small value that names an engine and its options.
///
/// # For callers
///
/// Pass it to an operator's `prepare_` method or free function. It holds no state: prepared objects do.
///
/// # For backend authors
///
/// Implement this trait; one primitive, [`PreparePushforward`](crate::PreparePushforward) or
/// [`PreparePullback`](crate::PreparePullback); and a line for each operator that is to be derived from it, such as
/// `impl DerivedGradient for MyEngine { type Route = ViaPushforward; }`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a backend",
    note = "backends are values such as `NumDual::default()` or `Tape::default()`"
)]
pub trait Backend: Clone + Debug + Send + Sync + 'static {
    /// The operator that the engine is made of: [`ViaPushforward`](crate::ViaPushforward) or
    /// [`ViaPullback`](crate::ViaPullback). Wrappers choose their routes by it.
    type Primitive;

    /// The engine's name, as in tables and in choice by name.
    fn name(&self) -> String;

    /// How the engine works.
    fn mode(&self) -> Mode;
}

/// How an engine works.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Tangents are pushed forward with the values: exact, cost grows with the number of inputs.
    Forward,
    /// Cotangents are pulled back through a record of the evaluation: exact, cost grows with the number of outputs.
    Reverse,
    /// Both directions are native.
    Mixed,
    /// The function comes with derivative code, one run of which gives the value and some tangents, or one cotangent.
    Code,
    /// Values at neighbouring points are subtracted: inexact.
    Difference,
}
