//! Sparse Jacobians and Hessians by the engine, against closed forms.

use di_num_dual::NumDual;
use di_test::{Tolerance, count_allocations};

count_allocations!();

di_test::sparse_conformance! {
    backend: NumDual::default(),
    tolerance: Tolerance::EXACT,
    hessians_up_to: 400,
}
