//! The suite passes what is right and catches what is wrong.

mod exact;

use di_test::Tolerance;
use exact::Exact;

di_test::count_allocations!();

di_test::conformance! { backend: Exact, tolerance: Tolerance::EXACT, width: di_core::ChunkWidth::Fixed(4) }
