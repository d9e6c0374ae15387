//! Every way to call an operator gives the closed-form answer, whatever was computed before.

use super::{Inputs, Slots, Variant, compare, size_of_answer};
use crate::scenario::{Instrument, Source};
use crate::suite::Case;
use di_core::{Mode, Result, Scalar};

impl<T: Scalar, S: Source> Case<'_, T, S> {
    /// Prepares at another point than it runs at, and runs each variant; then the first one at the point of preparation and
    /// once more; with outputs full of NaN.
    pub(crate) fn agreement(&mut self) {
        let prepared_inputs = self.scenario.prepared_inputs::<T>();
        let inputs = self.scenario.inputs::<T>();
        let Some(answer) = self.scenario.answer(&inputs) else {
            return self.other("reference", "has no closed form");
        };
        let subject = self.scenario.subject();
        let Some(mut prepared) = self.prepare(subject, &prepared_inputs) else { return };
        if self.scenario.modifier.factor != self.scenario.modifier.prepared_factor {
            prepared.subject_mut().set_factor(self.scenario.modifier.factor);
        }
        let variants = self.variants();
        for variant in variants.clone() {
            self.run_and_compare(variant, &inputs, &answer, |slots| prepared.run(variant, &inputs, slots));
        }
        let elsewhere = self.scenario.answer(&prepared_inputs);
        for variant in variants.take(1) {
            if let Some(elsewhere) = &elsewhere {
                let inputs = &prepared_inputs;
                self.run_and_compare(variant, inputs, elsewhere, |slots| prepared.run(variant, inputs, slots));
            }
            self.run_and_compare(variant, &inputs, &answer, |slots| prepared.run(variant, &inputs, slots));
        }
        self.operation_once(&inputs, &answer);
    }

    fn operation_once(&mut self, inputs: &Inputs<T>, answer: &Slots<f64>) {
        let operation = self.operation;
        for variant in operation.variants() {
            if variant.is_free() && variant.takes(inputs.seeds.ncols()) {
                let mut subject = self.scenario.subject();
                subject.set_factor(self.scenario.modifier.factor);
                self.run_and_compare(variant, inputs, answer, |slots| operation.once(variant, subject, inputs, slots));
            }
        }
    }

    /// Runs into outputs full of NaN and compares those that the variant fills; the others stay as they were.
    pub(crate) fn run_and_compare(
        &mut self,
        variant: &Variant,
        inputs: &Inputs<T>,
        answer: &Slots<f64>,
        run: impl FnOnce(&mut Slots<T>) -> Result<()>,
    ) {
        self.judge(variant);
        let before = inputs.clone();
        let mut slots = Slots::like(answer, T::nan());
        if let Err(error) = run(&mut slots) {
            return self.failed(variant.name, &error);
        }
        self.compare(variant, answer, &slots);
        let bits = |inputs: &Inputs<T>| -> Vec<_> {
            inputs
                .x
                .iter()
                .chain(&inputs.seeds)
                .map(|x| if x.is_nan() { None } else { x.integer_decode().into() })
                .collect()
        };
        if bits(&before) != bits(inputs) {
            self.other(variant.name, "changed its inputs");
        }
    }

    /// Compares the slots that the variant fills, and looks that the others are NaN as before.
    ///
    /// The errors that are allowed are relative to the size of what is compared; those of differences, to the value's too, as
    /// it is this that they subtract.
    pub(crate) fn compare(&mut self, variant: &Variant, answer: &Slots<f64>, slots: &Slots<T>) {
        let floor = if self.mode == Mode::Difference { size_of_answer(&answer.0[0]) } else { 1.0 };
        for (index, fills) in variant.fills.into_iter().enumerate() {
            let (expected, found) = (&answer.0[index], &slots.0[index]);
            if fills {
                let allowed = self.tolerance[index] * size_of_answer(expected).max(floor);
                if let Some(fault) = compare(expected, found, allowed) {
                    self.find(variant.name, fault);
                }
            } else if !found.iter().all(|entry| entry.is_nan()) {
                self.other(variant.name, "wrote into an output that was not asked for");
            }
        }
    }
}
