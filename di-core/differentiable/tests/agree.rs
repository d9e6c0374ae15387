//! Tangents and adjoints that are written agree with dual numbers and with the tape, to second order.
#![allow(
    clippy::pedantic,
    clippy::style,
    clippy::complexity,
    clippy::perf,
    unused_qualifications,
    unused_variables,
    unused_mut,
    reason = "code is written in as many ways as authors may write it"
)]
#![expect(clippy::unwrap_used, reason = "tests")]

#[macro_use]
#[path = "shared/scalars.rs"]
mod written;

#[path = "agree/common.rs"]
mod common;

#[path = "agree/borrowed.rs"]
mod borrowed;
#[path = "agree/calls.rs"]
mod calls;
#[path = "agree/functions.rs"]
mod functions;
#[path = "agree/joined.rs"]
mod joined;
#[path = "agree/loops.rs"]
mod loops;
#[path = "agree/names.rs"]
mod names;
#[path = "agree/ownership.rs"]
mod ownership;
#[path = "agree/passive.rs"]
mod passive;
#[path = "agree/rows.rs"]
mod rows;
#[path = "agree/rules.rs"]
mod rules;
#[path = "agree/scalars.rs"]
mod scalars;
#[path = "agree/slopes.rs"]
mod slopes;
#[path = "agree/structures.rs"]
mod structures;
#[path = "agree/typed.rs"]
mod typed;
#[path = "agree/values.rs"]
mod values;
