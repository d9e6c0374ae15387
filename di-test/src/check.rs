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
mod engine;
mod kind;
mod lengths;
mod operation;
mod repetition;
mod robustness;
mod slots;

pub use engine::{Engine, Operations, Operators, operations};
pub use kind::Check;
pub use operation::{Arguments, Leaving, Operation, Prepared, SlotKind, Variant, Way};
pub use slots::{Inputs, Slots};
pub(crate) use slots::{compare, flat, mirrored, number, put, size_of_answer};
