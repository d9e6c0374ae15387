//! The suite passes what is right and catches what is wrong.

mod answers;
mod broken;
mod cached;
mod catches;
mod exact;

di_test::count_allocations!();

di_test::conformance! {
    backend: exact::Exact,
    tolerance: di_test::Tolerance::EXACT,
    width: di_core::ChunkWidth::Fixed(4),
}
