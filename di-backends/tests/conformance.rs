//! The whole test of combinations of engines, and of choice by name.
#![cfg(all(feature = "num-dual", feature = "tape", feature = "finite-diff"))]

use di_backends::{AnyBackend, Mixed, NumDual, SecondOrder, Tape};
use di_test::{Tolerance, conformance, count_allocations};

count_allocations!();

mod mixed {
    use super::{Mixed, NumDual, Tape, Tolerance, conformance};

    conformance! {
        backend: Mixed { forward: NumDual::default(), reverse: Tape::default() },
        tolerance: Tolerance::EXACT,
    }
}

mod forward_over_reverse {
    use super::{NumDual, SecondOrder, Tape, Tolerance, conformance};

    conformance! {
        backend: SecondOrder { outer: NumDual::default(), inner: Tape::default() },
        tolerance: Tolerance::EXACT,
    }
}

mod reverse_over_forward {
    use super::{NumDual, SecondOrder, Tape, Tolerance, conformance};

    conformance! {
        backend: SecondOrder { outer: Tape::default(), inner: NumDual::default() },
        tolerance: Tolerance::EXACT,
    }
}

mod by_name {
    use super::{AnyBackend, Tolerance, conformance};

    conformance! {
        backend: "tape".parse::<AnyBackend>().expect("the name is known"),
        tolerance: Tolerance::EXACT,
    }
}
