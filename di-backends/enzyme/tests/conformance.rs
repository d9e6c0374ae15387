//! The whole test of the engine.

use di_core::ChunkWidth;
use di_enzyme::EnzymeStyle;
use di_test::{Evaluations, Tolerance, Width, count_allocations};

count_allocations!();

/// As documented for [`EnzymeStyle`].
fn evaluations<T>(rule: ChunkWidth) -> Evaluations<T> {
    Evaluations::code(Width::of_least_work::<T>(rule, &[1, 2, 4, 8, 12, 16], 4), Width::of::<T>(rule, &[1, 2, 4, 8]))
}

mod of_any_width {
    use super::{ChunkWidth, EnzymeStyle, Tolerance, evaluations};

    di_test::conformance! {
        backend: EnzymeStyle::default(),
        tolerance: Tolerance::EXACT,
        evaluations: evaluations(ChunkWidth::Auto),
        not_from_primitive: "a gradient that is made of derivative code has no derivative code of its own",
    }
}

mod of_width_16 {
    use super::{ChunkWidth, EnzymeStyle, Tolerance, evaluations};

    di_test::conformance! {
        backend: EnzymeStyle::fixed(16),
        tolerance: Tolerance::EXACT,
        evaluations: evaluations(ChunkWidth::Fixed(16)),
        not_from_primitive: "a gradient that is made of derivative code has no derivative code of its own",
    }
}
