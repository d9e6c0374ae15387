//! The whole test of the engine, with both kinds of difference.

use di_finite_diff::FiniteDiff;
use di_test::{Tolerance, count_allocations};

count_allocations!();

mod central {
    use super::{FiniteDiff, Tolerance};

    di_test::conformance! { backend: FiniteDiff::central(), tolerance: Tolerance::CENTRAL }
}

mod forward {
    use super::{FiniteDiff, Tolerance};

    di_test::conformance! { backend: FiniteDiff::forward(), tolerance: Tolerance::FORWARD }
}
