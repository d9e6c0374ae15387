//! Sparse Jacobians and Hessians by the engine, against closed forms.

use di_finite_diff::FiniteDiff;
use di_test::{Tolerance, count_allocations};

count_allocations!();

di_test::sparse_conformance! {
    backend: FiniteDiff::central(),
    tolerance: Tolerance::CENTRAL,
    hessians_up_to: 60,
}
