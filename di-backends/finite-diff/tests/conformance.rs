//! The whole test of the engine, with both kinds of difference.

use di_finite_diff::FiniteDiff;
use di_test::{Evaluations, FirstOrder, Passes, SecondOrder, Tolerance, count_allocations};

count_allocations!();

/// As documented for [`FiniteDiff`].
fn evaluations<T>(pushforward: Passes) -> Evaluations<T> {
    Evaluations::of(FirstOrder::Forward(pushforward)).with_second(SecondOrder::Differences)
}

mod central {
    use super::{FiniteDiff, Passes, Tolerance, evaluations};

    di_test::conformance! {
        backend: FiniteDiff::central(),
        tolerance: Tolerance::CENTRAL,
        evaluations: evaluations(Passes::CentralDifferences),
    }
}

mod forward {
    use super::{FiniteDiff, Passes, Tolerance, evaluations};

    di_test::conformance! {
        backend: FiniteDiff::forward(),
        tolerance: Tolerance::FORWARD,
        evaluations: evaluations(Passes::ForwardDifferences),
    }
}
