//! Sparse Jacobians and Hessians by combinations of engines, against closed forms.
#![cfg(all(feature = "num-dual", feature = "tape", feature = "enzyme", feature = "finite-diff"))]

use di_backends::{EnzymeStyle, Mixed, NumDual, SecondOrder, Tape};
use di_test::{Tolerance, count_allocations, sparse_conformance};

count_allocations!();

mod mixed {
    use super::{Mixed, NumDual, Tape, Tolerance, sparse_conformance};

    sparse_conformance! {
        backend: Mixed { forward: NumDual::default(), reverse: Tape::default() },
        tolerance: Tolerance::EXACT,
    }
}

mod forward_over_derivative_code {
    use super::{EnzymeStyle, NumDual, SecondOrder, Tolerance, sparse_conformance};

    sparse_conformance! {
        backend: SecondOrder { outer: NumDual::default(), inner: EnzymeStyle::default() },
        tolerance: Tolerance::EXACT,
    }
}
