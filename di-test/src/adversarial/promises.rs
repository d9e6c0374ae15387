//! Functions whose number of outputs changes.

use super::drops::right;
use super::unwritten::MARK;
use super::{has_outputs, is_single, mischievous};
use crate::check::{Inputs, Operations, Slots};
use crate::report::Fault;
use crate::scenario::{Formula, Operator, Scenario, Subject};
use crate::suite::Case;
use di_core::{Error, Mode, Scalar};
use ndarray::{Array2, s};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Functions that write as many outputs as there is room for.
pub(super) fn fits(scenario: &Scenario, _: Mode) -> bool {
    let patient = matches!(scenario.formula, Formula::Sine | Formula::Harmonics(_));
    patient && has_outputs(scenario) && is_single(scenario)
}

/// A promise that changes behind the back of a prepared object changes nothing; one that may have changed, because the
/// function was reached, is an error until it is kept again, or until the object is resized; one that wavers is an error or the right answer.
pub(super) fn run<T: Scalar>(case: &mut Case<'_, T, Formula>, _: &Arc<Operations<T>>) {
    let inputs = case.scenario.inputs::<T>();
    let Some(answer) = case.scenario.answer(&inputs) else { return };
    let (subject, mischief) = mischievous(case.scenario);
    let Some(mut prepared) = case.prepare(subject.clone(), &inputs) else { return };
    for by in [1, -1, 1000] {
        mischief.promise_more(by, false);
        right(case, &mut *prepared, &inputs, &answer);
        let _ = prepared.subject_mut();
        for variant in case.variants() {
            case.judge(variant);
            let mut slots = Slots::like(&answer, T::lift(MARK));
            match prepared.run(variant, &inputs, &mut slots) {
                Err(Error::Length { argument: "outputs of the function", .. }) => {}
                other => {
                    let found = other.map_or_else(|error| format!("`{error}`"), |()| "no error".into());
                    let expected = format!("an error that the function has {by} outputs more than at preparation");
                    case.find(variant.name, Fault::WrongError { expected, found });
                }
            }
            if !slots.all(T::lift(MARK)) {
                case.other(variant.name, "wrote although the function has another number of outputs");
            }
        }
        mischief.promise_more(0, false);
        right(case, &mut *prepared, &inputs, &answer);
    }
    if answer.0[0].nrows() > 1 && case.scenario.operator != Operator::Pullback {
        mischief.promise_more(-1, false);
        if let Some(result) = prepared.resize(&inputs.x) {
            let fewer = |slot: &Array2<f64>| slot.slice(s![..slot.nrows().saturating_sub(1), ..]).to_owned();
            match result {
                Ok(()) => right(case, &mut *prepared, &inputs, &Slots(answer.0.each_ref().map(fewer))),
                Err(error) => case.failed("resize", &error),
            }
        }
        mischief.promise_more(0, false);
        if let Some(Err(error)) = prepared.resize(&inputs.x) {
            return case.failed("resize", &error);
        }
    }
    for skipped in [false, true] {
        mischief.promise_more(1, true);
        if skipped {
            // The other answer comes first.
            let _ = case.operation.prepare(subject.clone(), &inputs);
        }
        wavering(case, &subject, &inputs, &answer);
        mischief.promise_more(0, false);
    }
    right(case, &mut *prepared, &inputs, &answer);
}

/// The promise changes from question to question: an error or the right answer, and never a panic.
fn wavering<T: Scalar>(case: &mut Case<'_, T, Formula>, subject: &Subject, inputs: &Inputs<T>, answer: &Slots<f64>) {
    let (operation, operator) = (case.operation, case.scenario.operator);
    let prepared = catch_unwind(AssertUnwindSafe(|| operation.prepare(subject.clone(), inputs)));
    let Ok(prepared) = prepared else { return case.other("prepare", "panicked where the number of outputs wavers") };
    let Ok(mut prepared) = prepared else { return };
    // It may have been prepared for one output more.
    for (variant, more) in case.variants().flat_map(|variant| [(variant, 0), (variant, 1)]) {
        let (n, m, k) = (inputs.x.len(), case.scenario.outputs() + more, inputs.seeds.ncols());
        let mut slots = Slots::of(operator, n, m, k, T::lift(MARK));
        let rows = if operator == Operator::Pullback { m } else { n };
        let seed = |at: (usize, usize)| inputs.seeds.get(at).copied().unwrap_or_else(T::zero);
        let longer = Inputs { seeds: Array2::from_shape_fn((rows, k), seed), ..inputs.clone() };
        match catch_unwind(AssertUnwindSafe(|| prepared.run(variant, &longer, &mut slots))) {
            Err(_) => case.other(variant.name, "panicked where the number of outputs wavers"),
            Ok(Ok(())) if more == 0 && slots.0.iter().zip(&answer.0).all(|(a, b)| a.dim() == b.dim()) => {
                case.compare(variant, answer, &unfilled(slots, variant.fills));
            }
            Ok(_) => {}
        }
    }
}

/// The slots, with NaN in those that are not filled, as a comparison wants them.
fn unfilled<T: Scalar>(mut slots: Slots<T>, fills: [bool; 3]) -> Slots<T> {
    for (slot, _) in slots.0.iter_mut().zip(fills).filter(|(_, fills)| !fills) {
        slot.fill(T::nan());
    }
    slots
}
