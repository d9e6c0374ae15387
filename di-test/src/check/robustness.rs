//! Threads, clones, functions that panic, numbers that are not finite, other lengths.

use super::{Inputs, Slots};
use crate::scenario::{Instrument, Operator, Scenario, Source, SplitMix64, lower};
use crate::suite::Case;
use di_core::Scalar;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

impl<T: Scalar, S: Source> Case<'_, T, S> {
    /// A prepared object and a clone of it run at once on two threads, at two points.
    pub(crate) fn threads(&mut self) {
        let points = [self.scenario.inputs::<T>(), self.scenario.prepared_inputs()];
        let answers = [self.scenario.answer(&points[0]), self.scenario.answer(&points[1])];
        let [Some(first), Some(second)] = answers else { return };
        let Some(original) = self.prepare(self.scenario.subject(), &points[0]) else { return };
        let work = [(original.boxed_clone(), &points[1], &second), (original, &points[0], &first)];
        let variants: Vec<_> = self.variants().collect();
        let results = thread::scope(|scope| {
            let threads = work.map(|(mut prepared, inputs, answer)| {
                let variants = &variants;
                scope.spawn(move || {
                    let run = |variant| {
                        let mut slots = Slots::like(answer, T::nan());
                        (0..3).try_for_each(|_| prepared.run(variant, inputs, &mut slots)).map(|()| slots)
                    };
                    (answer, variants.iter().copied().map(run).collect::<Vec<_>>())
                })
            });
            threads.map(thread::ScopedJoinHandle::join)
        });
        for result in results {
            let Ok((answer, results)) = result else { return self.other("any", "panicked on another thread") };
            for (variant, result) in variants.iter().zip(results) {
                self.judge(variant);
                match result {
                    Ok(slots) => self.compare(variant, answer, &slots),
                    Err(error) => self.failed(variant.name, &error),
                }
            }
        }
    }

    /// The function panics in the middle of its first or second call; after that the prepared object is as before.
    pub(crate) fn panics(&mut self) {
        let (inputs, subject) = (self.scenario.inputs::<T>(), self.scenario.subject());
        let Some(answer) = self.scenario.answer(&inputs) else { return };
        let Some(mut prepared) = self.prepare(subject.clone(), &inputs) else { return };
        for variant in self.variants() {
            for call in [1, 2] {
                subject.reset_calls();
                subject.panic_at(call);
                let mut slots = Slots::like(&answer, T::nan());
                let result = catch_unwind(AssertUnwindSafe(|| prepared.run(variant, &inputs, &mut slots)));
                if result.is_ok() && subject.calls() >= call {
                    self.other(variant.name, "swallowed a panic of the function");
                }
                subject.panic_at(0);
                self.run_and_compare(variant, &inputs, &answer, |slots| prepared.run(variant, &inputs, slots));
            }
        }
    }

    /// NaN and infinities in the point: no panic, and no number where the closed form has none.
    pub(crate) fn not_finite(&mut self) {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let mut inputs = self.scenario.inputs::<T>();
            let Some(mut prepared) = self.prepare(self.scenario.subject(), &inputs) else { return };
            let Some(last) = inputs.x.last_mut() else { return };
            *last = T::lift(bad);
            let Some(answer) = self.scenario.answer(&inputs) else { return };
            for variant in self.variants() {
                self.judge(variant);
                let mut slots = Slots::like(&answer, T::zero());
                if let Err(error) = prepared.run(variant, &inputs, &mut slots) {
                    return self.failed(variant.name, &error);
                }
                self.look_for_inventions(variant.name, variant.fills, &answer, &slots);
            }
        }
    }

    fn look_for_inventions(&mut self, variant: &str, fills: [bool; 3], answer: &Slots<f64>, slots: &Slots<T>) {
        for index in (0..3).filter(|&index| fills[index]) {
            for (&expected, &found) in answer.0[index].iter().zip(&slots.0[index]) {
                let found = lower(found);
                let allowed = self.tolerance[index] * expected.abs().max(1.0);
                let right = expected.is_finite() && (expected - found).abs() <= allowed;
                if found.is_finite() && !right {
                    self.other(
                        variant,
                        &format!("gave {found:e} beside an input that is not finite, not {expected:e}"),
                    );
                }
            }
        }
    }

    /// Prepares for another length and back.
    pub(crate) fn resizing(&mut self) {
        let inputs = self.scenario.inputs::<T>();
        let Some(mut prepared) = self.prepare(self.scenario.subject(), &inputs) else { return };
        let n = inputs.x.len();
        for length in [n + 5, n / 2, n] {
            let other = resized(self.scenario, length);
            let inputs: Inputs<T> = other.inputs();
            let Some(answer) = other.answer(&inputs) else { return };
            match prepared.resize(&other.prepared_inputs::<T>().x) {
                None => return,
                Some(Err(error)) => return self.failed("resize", &error),
                Some(Ok(())) => {}
            }
            for variant in self.variants() {
                self.run_and_compare(variant, &inputs, &answer, |slots| prepared.run(variant, &inputs, slots));
            }
        }
    }
}

/// The scenario with another number of inputs.
fn resized<S: Source>(scenario: &Scenario<S>, n: usize) -> Scenario<S> {
    let mut random = SplitMix64::new(n as u64);
    let rows = if scenario.operator == Operator::Pullback { scenario.formula.outputs(n) } else { n };
    let seeds = random.matrix(rows, scenario.seeds.ncols());
    Scenario { x: random.vector(n), prepared_x: random.vector(n), seeds, ..scenario.clone() }
}
