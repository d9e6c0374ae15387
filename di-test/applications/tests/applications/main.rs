//! Derivative code by hand, dual numbers and the tape agree on every application; files that are wrong are refused.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod bundle;
mod code;
mod fields;
mod files;
mod gmm;
mod hand;
mod lstm;
mod small;
mod storage;
mod support;
