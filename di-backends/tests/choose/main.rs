//! Engines chosen by measuring, with a clock that stands still but for what backends of these tests spend.
#![cfg(all(
    feature = "choose",
    feature = "num-dual",
    feature = "tape",
    feature = "enzyme",
    feature = "differentiable",
    feature = "finite-diff"
))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod agreement;
mod candidates;
mod functions;
mod measuring;
mod not_finite;
mod operators;
mod paced;
mod report;
mod saved;

use di_backends::{ChooseError, Disagreement, Outcome, Report};

/// What became of a candidate.
#[track_caller]
fn outcome<'r>(report: &'r Report, backend: &str) -> &'r Outcome {
    &report.rows.iter().find(|row| row.backend == backend).unwrap().outcome
}

/// The disagreement that a choice must end with.
#[track_caller]
fn disagreement<C>(result: Result<C, ChooseError>) -> Disagreement {
    match result {
        Err(ChooseError::Disagreement(disagreement)) => *disagreement,
        Err(other) => panic!("another error: {other}"),
        Ok(_) => panic!("no disagreement"),
    }
}

/// How many times slower than the winner a candidate is said to be, and whether it was given up.
#[track_caller]
fn slower(report: &Report, backend: &str) -> (f64, bool) {
    let round = |times: f64| (times * 1e9).round() / 1e9;
    match outcome(report, backend) {
        Outcome::Slower(times) => (round(*times), false),
        Outcome::GivenUp(times) => (round(*times), true),
        other => panic!("{backend} is not slower: {other}"),
    }
}
