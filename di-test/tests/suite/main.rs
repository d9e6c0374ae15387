//! The suite passes what is right and catches what is wrong.

mod answers;
mod broken;
mod cached;
mod catches;
mod custom;
mod exact;
mod mutant;
mod mutation;
mod mutations;
mod program;

di_test::count_allocations!();

fn evaluations<T>() -> di_test::Evaluations<T> {
    di_test::Evaluations::forward(di_test::Width::fixed(4))
}

di_test::conformance! {
    backend: exact::Exact,
    tolerance: di_test::Tolerance::EXACT,
    evaluations: evaluations(),
}
