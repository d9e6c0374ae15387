//! After preparation nothing is allocated where the caller brings the memory.

use super::{SlotKind, Slots};
use crate::allocator::{count_allocations_of, is_counting};
use crate::report::Fault;
use crate::scenario::{Instrument, Passage, Source};
use crate::suite::Case;
use di_core::Scalar;

impl<T: Scalar, S: Source> Case<'_, T, S> {
    /// Counts the allocations of each variant that writes into the caller's memory, or has numbers to return.
    pub(crate) fn allocations(&mut self) {
        if !is_counting() {
            return self.other("any", "allocations are not counted: add `di_test::count_allocations!();` to the test");
        }
        let inputs = self.scenario.inputs::<T>();
        let Some(answer) = self.scenario.answer(&inputs) else { return };
        let subject = self.scenario.subject();
        let Some(mut prepared) = self.prepare(subject.clone(), &inputs) else { return };
        let numbers = self.operation.arguments().slots == [SlotKind::Returned; 3];
        for variant in self.variants().filter(|variant| variant.is_into() || numbers) {
            self.judge(variant);
            let mut slots = Slots::like(&answer, T::nan());
            if self.scenario.modifier.passage != Passage::Direct {
                // The function's own buffers are not the engine's.
                let _ = prepared.run(variant, &inputs, &mut slots);
            }
            let before = subject.own_allocations();
            let (count, result) = count_allocations_of(|| prepared.run(variant, &inputs, &mut slots));
            let count = count.saturating_sub(subject.own_allocations() - before);
            if let Err(error) = result {
                return self.failed(variant.name, &error);
            }
            if count > 0 {
                self.find(variant.name, Fault::Allocations(count));
            }
        }
    }
}
