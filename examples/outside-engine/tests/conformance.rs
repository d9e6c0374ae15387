use di_test::{Evaluations, Tolerance, Width};
di_test::count_allocations!();
di_test::conformance! { backend: outside_engine::Eight, tolerance: Tolerance::EXACT, evaluations: Evaluations::forward(Width::fixed(8)) }
