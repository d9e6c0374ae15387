//! A wrong length of any argument is an error that names it, and nothing is written.

use super::{Inputs, SlotKind, Slots, Variant, Way};
use crate::report::Fault;
use crate::scenario::Source;
use crate::suite::Case;
use di_core::{Error, Result, Scalar};
use ndarray::Array2;

/// What outputs hold before the call.
const MARK: f64 = 7.25;

/// One more, one fewer.
fn wrong(length: usize) -> impl Iterator<Item = usize> {
    [Some(length + 1), length.checked_sub(1)].into_iter().flatten()
}

impl<T: Scalar, S: Source> Case<'_, T, S> {
    /// Gives each argument of each variant a wrong length, one at a time; then the right ones.
    pub(crate) fn lengths(&mut self) {
        let (inputs, operation) = (self.scenario.inputs::<T>(), self.operation);
        let Some(answer) = self.scenario.answer(&inputs) else { return };
        let Some(mut prepared) = self.prepare(self.scenario.subject(), &inputs) else { return };
        let arguments = operation.arguments();
        for variant in self.variants() {
            let mut expect = |case: &mut Self, name, expected, found, inputs: &Inputs<T>, mut slots: Slots<T>| {
                let result = prepared.run(variant, inputs, &mut slots);
                case.expect_length(variant, (name, expected, found), result, &slots);
            };
            let marked = || Slots::like(&answer, T::lift(MARK));
            if arguments.point {
                for found in wrong(inputs.x.len()) {
                    let mut longer = inputs.clone();
                    longer.x.resize(found, T::one());
                    expect(self, "x", inputs.x.len(), found, &longer, marked());
                }
            }
            let (rows, columns) = inputs.seeds.dim();
            // The value is there already when a call that follows `value_at` fails.
            let whole = variant.way != Way::ValueAt;
            if let (Some(name), true) = (arguments.seeds, whole) {
                for found in wrong(rows) {
                    let seeds = Array2::from_elem((found, columns), T::one());
                    expect(self, name, rows, found, &Inputs { seeds, ..inputs.clone() }, marked());
                }
            }
            if !variant.is_into() && variant.way != Way::EvaluateMirrored {
                continue;
            }
            for (index, kind) in arguments.slots.into_iter().enumerate() {
                let (rows, columns) = answer.0[index].dim();
                let with = |dim| {
                    let mut slots = marked();
                    slots.0[index] = Array2::from_elem(dim, T::lift(MARK));
                    slots
                };
                let (SlotKind::Slice(name) | SlotKind::Matrix(name, _)) = kind else { continue };
                if !variant.fills[index] {
                    continue;
                }
                for found in wrong(rows) {
                    expect(self, name, rows, found, &inputs, with((found, columns)));
                }
                if let (SlotKind::Matrix(_, name), true) = (kind, variant.any_batch || arguments.seeds.is_none()) {
                    for found in wrong(columns) {
                        expect(self, name, columns, found, &inputs, with((rows, found)));
                    }
                }
            }
        }
        self.lengths_once(&inputs, &answer);
        for variant in self.variants() {
            self.run_and_compare(variant, &inputs, &answer, |slots| prepared.run(variant, &inputs, slots));
        }
    }

    fn lengths_once(&mut self, inputs: &Inputs<T>, answer: &Slots<f64>) {
        let operation = self.operation;
        let (Some(name), 1) = (operation.arguments().seeds, inputs.seeds.ncols()) else { return };
        for variant in operation.variants().iter().filter(|variant| variant.is_free()) {
            for found in wrong(inputs.seeds.nrows()) {
                let seeds = Array2::from_elem((found, 1), T::one());
                let mut slots = Slots::like(answer, T::lift(MARK));
                let wrong = Inputs { seeds, ..inputs.clone() };
                let result = operation.once(variant, self.scenario.subject(), &wrong, &mut slots);
                self.expect_length(variant, (name, inputs.seeds.nrows(), found), result, &slots);
            }
        }
    }

    fn expect_length(
        &mut self,
        variant: &Variant,
        (name, length, given): (&'static str, usize, usize),
        result: Result<()>,
        slots: &Slots<T>,
    ) {
        self.judge(variant);
        match result {
            Err(Error::Length { argument, expected, found })
                if argument == name && expected == length && found == given => {}
            result => self.find(
                variant.name,
                Fault::WrongError {
                    expected: format!("an error that `{name}` has length {given} instead of {length}"),
                    found: result.map_or_else(|error| format!("`{error}`"), |()| "no error".into()),
                },
            ),
        }
        if !slots.all(T::lift(MARK)) {
            self.other(variant.name, &format!("wrote although `{name}` has a wrong length"));
        }
    }
}
