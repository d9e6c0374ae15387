//! The whole test of the engine.

use di_core::ChunkWidth;
use di_num_dual::NumDual;
use di_test::{Tolerance, count_allocations};

count_allocations!();

mod of_any_width {
    use super::{ChunkWidth, NumDual, Tolerance};

    di_test::conformance! { backend: NumDual::default(), tolerance: Tolerance::EXACT, width: ChunkWidth::Auto }
}

mod of_width_8 {
    use super::{ChunkWidth, NumDual, Tolerance};

    di_test::conformance! { backend: NumDual::fixed(8), tolerance: Tolerance::EXACT, width: ChunkWidth::Fixed(8) }
}
