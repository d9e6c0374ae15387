//! Tangents and adjoints that are written agree with dual numbers and with the tape, to second order.
#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "agree/common.rs"]
mod common;

#[path = "agree/scalars.rs"]
mod scalars;
#[path = "agree/loops.rs"]
mod loops;
