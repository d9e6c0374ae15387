//! Prepared objects that are used and dropped, cloned in the middle, and left half-way.

use super::is_single;
use crate::check::{Inputs, Leaving, Operations, Prepared, Slots};
use crate::scenario::{Formula, Operator, Scenario};
use crate::suite::Case;
use di_core::{Mode, Scalar};
use std::sync::Arc;

/// Prepares, uses every way to call, and drops; the free functions, too.
pub(super) fn used<T: Scalar>(case: &mut Case<'_, T, Formula>, _: &Arc<Operations<T>>) {
    let inputs = case.scenario.inputs::<T>();
    let Some(answer) = case.scenario.answer(&inputs) else { return };
    let Some(mut prepared) = case.prepare(case.scenario.subject(), &inputs) else { return };
    right(case, &mut *prepared, &inputs, &answer);
    let operation = case.operation;
    for variant in operation.variants().iter().filter(|v| v.is_free() && v.takes(inputs.seeds.ncols())) {
        let subject = case.scenario.subject();
        case.run_and_compare(variant, &inputs, &answer, |slots| operation.once(variant, subject, &inputs, slots));
    }
}

/// Operators that can be fixed at a point.
pub(super) fn fits(scenario: &Scenario, _: Mode) -> bool {
    matches!(scenario.operator, Operator::Pullback | Operator::Hvp) && is_single(scenario) && scenario.x.len() <= 7
}

/// Fixed at a point and left half-way in every way, cloned in the middle; the object and its clones are right at two points
/// in turn.
pub(super) fn half_way<T: Scalar>(case: &mut Case<'_, T, Formula>, _: &Arc<Operations<T>>) {
    let points = [case.scenario.inputs::<T>(), case.scenario.prepared_inputs()];
    let [Some(here), Some(there)] = [case.scenario.answer(&points[0]), case.scenario.answer(&points[1])] else {
        return;
    };
    let Some(mut prepared) = case.prepare(case.scenario.subject(), &points[0]) else { return };
    for leaving in Leaving::ALL {
        match prepared.leave(&points[1], leaving) {
            None => case.other("at", "cannot be fixed at a point"),
            Some(Err(error)) => case.failed("at", &error),
            Some(Ok(())) => {}
        }
        let mut clone = prepared.boxed_clone();
        right(case, &mut *prepared, &points[0], &here);
        right(case, &mut *clone, &points[1], &there);
        // What was left half-way in the one is nothing to the other.
        let _ = clone.leave(&points[1], leaving);
        right(case, &mut *prepared, &points[1], &there);
        drop(prepared);
        right(case, &mut *clone, &points[0], &here);
        prepared = clone;
    }
}

/// Every way to call gives the expected answer.
pub(super) fn right<T: Scalar>(
    case: &mut Case<'_, T, Formula>,
    prepared: &mut dyn Prepared<T>,
    inputs: &Inputs<T>,
    answer: &Slots<f64>,
) {
    for variant in case.variants() {
        case.run_and_compare(variant, inputs, answer, |slots| prepared.run(variant, inputs, slots));
    }
}
