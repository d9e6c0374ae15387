//! Sparse Jacobians and Hessians by every engine, against closed forms.
#![cfg(all(feature = "num-dual", feature = "tape", feature = "enzyme", feature = "finite-diff"))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod errors;
mod functions;
mod hessian;
mod jacobian;
mod prepared;
mod seeds;
mod threads;
mod verification;

di_test::count_allocations!();

use di_backends::SparseMatrix;

/// Compares pattern and values, to a part of the largest entry.
#[track_caller]
fn assert_close(found: &SparseMatrix, expected: &SparseMatrix, tolerance: f64, what: &str) {
    assert_eq!(found.pattern(), expected.pattern(), "{what}");
    let size = expected.values().iter().fold(0.0, |size: f64, value| size.max(value.abs()));
    for ((i, j, found), expected) in found.triplets().zip(expected.values()) {
        let near = (found - expected).abs() <= tolerance * size;
        assert!(near, "{what}: ({i}, {j}) is {found}, not {expected}");
    }
}
