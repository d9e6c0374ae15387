//! Sparse Jacobians and Hessians by the engine, against closed forms.

use di_enzyme::EnzymeStyle;
use di_test::{Tolerance, count_allocations};

count_allocations!();

di_test::sparse_conformance! {
    backend: EnzymeStyle::default(),
    tolerance: Tolerance::EXACT,
}
