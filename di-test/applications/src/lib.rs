//! Functions that programs differentiate, written once for every scalar, each with derivative code by hand.
//!
//! They are what tests, scenarios, benchmarks and examples of the project share. Each is plain numerical code over
//! `T: Real` with loops and scratch memory, as a reader of the formula would write it; none is bent for an engine. Beside
//! each stands the derivative that a numericist would write for `f64`: the yardstick of speed, and an independent answer.
#![forbid(unsafe_code)]
#![expect(clippy::needless_range_loop, reason = "formulas with indices are written with indices")]

mod brusselator;
mod bundle;
mod curves;
mod data;
mod gmm;
mod hand;
mod lotka_volterra;
mod lstm;
mod lu_solve;
mod mlp;
mod orbit;
mod random;
mod reaction_diffusion;
mod rosenbrock;
mod upwind;

pub use brusselator::{Brusselator, IndexedBrusselator};
pub use bundle::{Block, BundleAdjustment, Reprojection, reprojection_block};
pub use curves::{Oscillation, Spiral};
pub use data::{DataError, adbench};
pub use gmm::{Gmm, GmmAdjoint};
pub use hand::{HandComplicated, HandJacobian, HandModel, HandSimple};
pub use lotka_volterra::{LotkaVolterra, LotkaVolterraAdjoint};
pub use lstm::{Lstm, LstmAdjoint};
pub use lu_solve::{LuSolve, LuSolvePullback};
pub use mlp::{Mlp, MlpAdjoint};
pub use orbit::Orbit;
pub use random::Random;
pub use reaction_diffusion::{ReactionDiffusion, ReactionDiffusionPullback};
pub use rosenbrock::Rosenbrock;
pub use upwind::Upwind;

/// The program in the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
