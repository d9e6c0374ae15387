//! The whole test of combinations of engines, and of choice by name.
#![cfg(all(feature = "num-dual", feature = "tape", feature = "enzyme", feature = "finite-diff"))]

use di_backends::{AnyBackend, ChunkWidth, EnzymeStyle, Mixed, NumDual, SecondOrder, Tape};
use di_tape::Var;
use di_test::{Evaluations, Tolerance, Width, conformance, count_allocations};

count_allocations!();

/// The width of `NumDual` for scalars of the type `T`.
fn width<T>() -> Width {
    Width::of::<T>(ChunkWidth::Auto, &[1, 2, 4, 8, 12, 16])
}

mod mixed {
    use super::{Evaluations, Mixed, NumDual, Tape, Tolerance, conformance, width};

    fn evaluations<T>() -> Evaluations<T> {
        Evaluations::mixed(width::<T>())
    }

    conformance! {
        backend: Mixed { forward: NumDual::default(), reverse: Tape::default() },
        tolerance: Tolerance::EXACT,
        evaluations: evaluations(),
    }
}

mod forward_over_reverse {
    use super::{Evaluations, NumDual, SecondOrder, Tape, Tolerance, conformance, width};

    fn evaluations<T>() -> Evaluations<T> {
        Evaluations::nested(Evaluations::forward(width::<T>()), Evaluations::reverse())
    }

    conformance! {
        backend: SecondOrder { outer: NumDual::default(), inner: Tape::default() },
        tolerance: Tolerance::EXACT,
        evaluations: evaluations(),
    }
}

mod reverse_over_forward {
    use super::{Evaluations, NumDual, SecondOrder, Tape, Tolerance, Var, conformance, width};

    /// In second order the dual numbers are made of the tape's variables.
    fn evaluations<T>() -> Evaluations<T> {
        let recorded = Evaluations::<Var<T>>::nested(Evaluations::reverse(), Evaluations::forward(width::<Var<T>>()));
        Evaluations::<T>::forward(width::<T>()).with_second(recorded.second)
    }

    conformance! {
        backend: SecondOrder { outer: Tape::default(), inner: NumDual::default() },
        tolerance: Tolerance::EXACT,
        evaluations: evaluations(),
    }
}

mod by_name {
    use super::{AnyBackend, Evaluations, Tolerance, conformance};

    conformance! {
        backend: "tape".parse::<AnyBackend>().expect("the name is known"),
        tolerance: Tolerance::EXACT,
        evaluations: Evaluations::reverse(),
    }
}

mod forward_over_derivative_code {
    use super::{ChunkWidth, EnzymeStyle, Evaluations, NumDual, SecondOrder, Tolerance, Width, conformance, width};

    fn evaluations<T>() -> Evaluations<T> {
        let code = Evaluations::code(
            Width::of_least_work::<T>(ChunkWidth::Auto, &[1, 2, 4, 8, 12, 16], 4),
            Width::of::<T>(ChunkWidth::Auto, &[1, 2, 4, 8]),
        );
        Evaluations::nested(Evaluations::forward(width::<T>()), code)
    }

    conformance! {
        backend: SecondOrder { outer: NumDual::default(), inner: EnzymeStyle::default() },
        tolerance: Tolerance::EXACT,
        evaluations: evaluations(),
        not_from_primitive: "the gradient is made of derivative code and has none of its own",
    }
}
