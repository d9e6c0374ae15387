//! The whole test of the engine.

use di_core::{ChunkWidth, Scalar};
use di_num_dual::{Dual, NumDual};
use di_test::{Evaluations, SecondOrder, Tolerance, Width, count_allocations};

count_allocations!();

/// As documented for [`NumDual`].
fn evaluations<T: Scalar>(rule: ChunkWidth) -> Evaluations<T> {
    let (first, second) = (&[1, 2, 4, 8, 12, 16], &[1, 2, 4, 8]);
    Evaluations::forward(Width::of::<T>(rule, first))
        .with_second(SecondOrder::Duals(Width::of::<Dual<T, 1>>(rule, second)))
}

mod of_any_width {
    use super::{ChunkWidth, NumDual, Tolerance, evaluations};

    di_test::conformance! {
        backend: NumDual::default(),
        tolerance: Tolerance::EXACT,
        evaluations: evaluations(ChunkWidth::Auto),
    }
}

mod of_width_8 {
    use super::{ChunkWidth, NumDual, Tolerance, evaluations};

    di_test::conformance! {
        backend: NumDual::fixed(8),
        tolerance: Tolerance::EXACT,
        evaluations: evaluations(ChunkWidth::Fixed(8)),
    }
}
