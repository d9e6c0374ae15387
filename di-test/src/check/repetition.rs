//! Memory that a function owns is right at every call, at whatever point, and in clones.

use super::Inputs;
use crate::scenario::{Source, SplitMix64};
use crate::suite::Case;
use di_core::Scalar;

/// How often each variant is called.
const CALLS: usize = 10;

impl<T: Scalar, S: Source> Case<'_, T, S> {
    /// Ten calls of each variant at changing points; before every third one the prepared object is replaced by a clone.
    pub(crate) fn repetition(&mut self) {
        let Some(mut prepared) = self.prepare(self.scenario.subject(), &self.scenario.prepared_inputs()) else {
            return;
        };
        prepared.subject_mut().set_factor(self.scenario.modifier.factor);
        let mut random = SplitMix64::new(5);
        for variant in self.variants() {
            for call in 0..CALLS {
                if call % 3 == 2 {
                    prepared = prepared.boxed_clone();
                }
                let Inputs { mut x, seeds } = self.scenario.inputs::<T>();
                for (x, shift) in x.iter_mut().zip(random.vector(self.scenario.x.len())) {
                    *x += T::lift(shift / 8.0);
                }
                let inputs = Inputs { x, seeds };
                let Some(answer) = self.scenario.answer(&inputs) else {
                    return self.other("reference", "has no closed form");
                };
                self.run_and_compare(variant, &inputs, &answer, |slots| prepared.run(variant, &inputs, slots));
            }
        }
    }
}
