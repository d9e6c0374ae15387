//! What the benchmarks share: problems, a clock, rows of a table, and the other engines.
#![forbid(unsafe_code)]

pub mod by_hand;
mod clock;
pub mod coded;
pub mod instructions;
mod number;
mod paired;
pub mod problem;
pub mod rivals;
mod suite;
mod summary;

pub use clock::{CpuTime, pin};
pub use number::{Expression, Number};
pub use paired::{Comparison, Paired};
pub use suite::{Problem, Suite};
