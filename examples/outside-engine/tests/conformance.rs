use {di_core::ChunkWidth::Fixed, di_test::{Evaluations, Tolerance, Width}, outside_engine::{Eight, WIDTH}};
di_test::count_allocations!();
di_test::conformance! { backend: Eight, tolerance: Tolerance::EXACT, evaluations: Evaluations::forward(Width::of::<f64>(Fixed(WIDTH), &[])) }
