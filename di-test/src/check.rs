//! How answers are checked: one file for each operator, which says how to run it; then one file for each check, which
//! runs every operator.

mod derivative;
mod gradient;
mod hessian;
mod hvp;
mod jacobian;
mod pullback;
mod pushforward;
mod second_derivative;

mod agreement;
mod allocations;
mod calls;
mod lengths;
mod operation;
mod repetition;
mod robustness;
mod slots;

pub use operation::{Arguments, Engine, Operation, Operations, Prepared, SlotKind, Variant, Way, operations};
pub use slots::{Inputs, Slots};
pub(crate) use slots::{compare, flat, mirrored, put};
