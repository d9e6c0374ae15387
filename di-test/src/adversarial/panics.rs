//! Functions that panic at their first, second or third call, wherever that is.

use super::drops::right;
use super::is_single;
use crate::check::{Operations, Slots};
use crate::scenario::{Formula, Instrument, Scenario};
use crate::suite::Case;
use di_core::{Mode, Scalar};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// The calls that panic, one after the other.
const CALLS: [usize; 3] = [1, 2, 3];

pub(super) fn fits(scenario: &Scenario, _: Mode) -> bool {
    is_single(scenario) && scenario.x.len() <= 3
}

/// The panic comes through; what is prepared afterwards, on the same thread, is right.
pub(super) fn in_preparation<T: Scalar>(case: &mut Case<'_, T, Formula>, _: &Arc<Operations<T>>) {
    let (inputs, operation) = (case.scenario.inputs::<T>(), case.operation);
    let Some(answer) = case.scenario.answer(&inputs) else { return };
    for call in CALLS {
        let subject = case.scenario.subject();
        subject.panic_at(call);
        let result = catch_unwind(AssertUnwindSafe(|| operation.prepare(subject.clone(), &inputs).map(drop)));
        if result.is_ok() && subject.calls() >= call {
            case.other("prepare", "swallowed a panic of the function");
        }
        subject.panic_at(0);
        let Some(mut prepared) = case.prepare(subject, &inputs) else { return };
        right(case, &mut *prepared, &inputs, &answer);
    }
}

/// After the panic the prepared object is right, and so is a clone of it that is made then.
pub(super) fn in_calls<T: Scalar>(case: &mut Case<'_, T, Formula>, _: &Arc<Operations<T>>) {
    let (inputs, subject) = (case.scenario.inputs::<T>(), case.scenario.subject());
    let Some(answer) = case.scenario.answer(&inputs) else { return };
    let Some(mut prepared) = case.prepare(subject.clone(), &inputs) else { return };
    for (variant, call) in case.variants().flat_map(|variant| CALLS.map(|call| (variant, call))) {
        subject.reset_calls();
        subject.panic_at(call);
        let mut slots = Slots::like(&answer, T::nan());
        let result = catch_unwind(AssertUnwindSafe(|| prepared.run(variant, &inputs, &mut slots)));
        if result.is_ok() && subject.calls() >= call {
            case.other(variant.name, "swallowed a panic of the function");
        }
        subject.panic_at(0);
        let mut clone = prepared.boxed_clone();
        case.run_and_compare(variant, &inputs, &answer, |slots| clone.run(variant, &inputs, slots));
        case.run_and_compare(variant, &inputs, &answer, |slots| prepared.run(variant, &inputs, slots));
    }
}

/// After a panic while it is resized, to another length where the function has several, the object is as long as before.
pub(super) fn in_resizing<T: Scalar>(case: &mut Case<'_, T, Formula>, _: &Arc<Operations<T>>) {
    let (inputs, subject) = (case.scenario.inputs::<T>(), case.scenario.subject());
    let Some(answer) = case.scenario.answer(&inputs) else { return };
    let Some(mut prepared) = case.prepare(subject.clone(), &inputs) else { return };
    let any_length = matches!(case.scenario.formula, Formula::Sine | Formula::Sum | Formula::ChainedQuartic);
    let lengths = if any_length { vec![inputs.x.len() + 5, 0, inputs.x.len()] } else { vec![inputs.x.len()] };
    for (length, call) in lengths.into_iter().flat_map(|length| CALLS.map(|call| (length, call))) {
        subject.reset_calls();
        subject.panic_at(call);
        let x = vec![T::lift(0.5); length];
        let result = catch_unwind(AssertUnwindSafe(|| prepared.resize(&x)));
        let panicked = subject.calls() >= call;
        subject.panic_at(0);
        match result {
            Ok(None) => return,
            Ok(Some(Err(error))) => return case.failed("resize", &error),
            Ok(Some(Ok(()))) if panicked => return case.other("resize", "swallowed a panic of the function"),
            Ok(Some(Ok(()))) => {
                if let Some(Err(error)) = prepared.resize(&inputs.x) {
                    return case.failed("resize", &error);
                }
            }
            Err(_) => {}
        }
        right(case, &mut *prepared, &inputs, &answer);
    }
}
