//! Sparse Jacobians and Hessians by the engine, against closed forms.

use di_tape::Tape;
use di_test::{Tolerance, count_allocations};

count_allocations!();

di_test::sparse_conformance! {
    backend: Tape::default(),
    tolerance: Tolerance::EXACT,
}
