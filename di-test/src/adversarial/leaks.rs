//! Memory is given back when everything is dropped.

use crate::allocator::{growth_of, is_counting};
use crate::report::Fault;
use crate::scenario::Formula;
use crate::suite::Case;
use di_core::Scalar;

/// How often memory must grow to be a leak: what other threads do to lists that all share can let it grow once.
const ROUNDS: usize = 4;

/// Runs the attack; if nothing was found, again, and then what this thread holds must not have grown.
///
/// The first run is not looked at: what a thread keeps for its next use, such as a pool of buffers, is then there.
pub(super) fn counted<T: Scalar>(case: &mut Case<'_, T, Formula>, attack: impl Fn(&mut Case<'_, T, Formula>)) {
    let before = case.found();
    attack(case);
    if case.found() > before {
        return;
    }
    if !is_counting() {
        return case.other("any", "allocations are not counted: add `di_test::count_allocations!();` to the test");
    }
    let mut least = usize::MAX;
    for _ in 0..ROUNDS {
        match usize::try_from(growth_of(|| attack(case))) {
            Ok(growth) if growth > 0 => least = least.min(growth),
            _ => return,
        }
    }
    case.find("any", Fault::Leak(least));
}
