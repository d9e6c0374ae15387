//! Functions that write fewer outputs than they promise.

use super::drops::right;
use super::{has_outputs, is_single, mischievous};
use crate::check::{Inputs, Operations, Prepared, Slots, Variant};
use crate::scenario::{Formula, Operator, Scenario, lower};
use crate::suite::Case;
use di_core::{Mode, Scalar};
use ndarray::{Array2, ArrayView1};
use std::sync::Arc;

/// What outputs hold before the call: numbers that could be taken for results.
pub(super) const MARK: f64 = 0.5;

pub(super) fn fits(scenario: &Scenario, _: Mode) -> bool {
    has_outputs(scenario) && is_single(scenario)
}

/// An output that is not written is an error that leaves everything as it was, or not a number: in its value, in its row of
/// derivatives, and in what is pulled back from it. Derivative code that comes with the function pulls back from the others.
pub(super) fn run<T: Scalar>(case: &mut Case<'_, T, Formula>, _: &Arc<Operations<T>>) {
    let inputs = case.scenario.inputs::<T>();
    let Some(answer) = case.scenario.answer(&inputs) else { return };
    let (subject, mischief) = mischievous(case.scenario);
    let Some(mut prepared) = case.prepare(subject, &inputs) else { return };
    // Earlier calls leave numbers in every buffer.
    right(case, &mut *prepared, &inputs, &answer);
    for output in [0, case.scenario.outputs() - 1] {
        mischief.leave_unwritten(Some(output));
        for variant in case.variants() {
            missing(case, variant, &mut *prepared, &inputs, (&answer, output));
        }
        // Within one call, differences alone are of several points, where a function may write several outputs.
        let differences = case.mode == Mode::Difference;
        for (variant, first) in case.variants().filter(|_| differences).flat_map(|v| [(v, true), (v, false)]) {
            mischief.leave_unwritten_in_turn(output, first);
            in_turn(case, variant, &mut *prepared, &inputs, &answer);
        }
        mischief.leave_unwritten(None);
        right(case, &mut *prepared, &inputs, &answer);
    }
}

/// The output is written in some evaluations only: every number is right, or none.
fn in_turn<T: Scalar>(
    case: &mut Case<'_, T, Formula>,
    variant: &Variant,
    prepared: &mut dyn Prepared<T>,
    inputs: &Inputs<T>,
    answer: &Slots<f64>,
) {
    let mut slots = Slots::like(answer, T::lift(MARK));
    if prepared.run(variant, inputs, &mut slots).is_err() {
        return;
    }
    for index in (0..3).filter(|&index| variant.fills[index]) {
        let (expected, found) = (&answer.0[index], slots.0[index].mapv(lower));
        let scale = expected.iter().fold(1.0, |scale: f64, entry| scale.max(entry.abs()));
        let allowed = 10.0 * case.tolerance[index] * scale;
        if expected.iter().zip(&found).any(|(expected, found)| (expected - found).abs() > allowed) {
            case.amiss(variant.name, &format!("slot {index} is {found} where an output is written in turn"));
        }
    }
}

fn missing<T: Scalar>(
    case: &mut Case<'_, T, Formula>,
    variant: &Variant,
    prepared: &mut dyn Prepared<T>,
    inputs: &Inputs<T>,
    (answer, output): (&Slots<f64>, usize),
) {
    case.judge(variant);
    let mut slots = Slots::like(answer, T::lift(MARK));
    if prepared.run(variant, inputs, &mut slots).is_err() {
        // The value is there already when a call that follows `value_at` fails.
        if !slots.all(T::lift(MARK)) && variant.name != "value_at, pullback_into" {
            case.other(variant.name, "wrote although it returned an error");
        }
        return;
    }
    let back = case.scenario.operator == Operator::Pullback;
    for index in (0..3).filter(|&index| variant.fills[index]) {
        let (expected, found) = (&answer.0[index], slots.0[index].mapv(lower));
        if back && index == 1 {
            let others = (case.mode == Mode::Code).then(|| pulled_back_from_others(case.scenario, inputs, output));
            expect_not_numbers(case, variant, &found, others.as_ref(), index);
            continue;
        }
        for (i, row) in found.rows().into_iter().enumerate() {
            let expected = expected.row(i);
            if i == output {
                // Derivative code that pulls back from the others gives it a row of zeros.
                if index == 1 && case.mode == Mode::Code && row.iter().all(|entry| *entry == 0.0) {
                    continue;
                }
                // A derivative may be zero whatever the output is.
                let settled = |(found, expected): (&f64, &f64)| index > 0 && *found == 0.0 && *expected == 0.0;
                let numbers = row.iter().zip(&expected).filter(|pair| pair.0.is_finite() && !settled(*pair));
                if numbers.count() > 0 {
                    case.amiss(variant.name, &format!("slot {index} of an output that was not written is {row}"));
                }
            } else if far(&row, &expected, case.tolerance[index]) {
                case.other(
                    variant.name,
                    &format!("slot {index} of an output that was written is {row}, not {expected}"),
                );
            }
        }
    }
}

/// `Jᵀ dy` without the row of the output.
fn pulled_back_from_others<T: Scalar>(scenario: &Scenario, inputs: &Inputs<T>, output: usize) -> Array2<f64> {
    let x: Vec<f64> = inputs.x.iter().map(|&x| lower(x)).collect();
    let mut jacobian = scenario.formula.jacobian(&x);
    jacobian.row_mut(output).fill(0.0);
    jacobian.t().dot(&inputs.seeds.mapv(lower)) * scenario.modifier.factor
}

/// All that is found is not a number, or what is pulled back from the others.
fn expect_not_numbers<T: Scalar>(
    case: &mut Case<'_, T, Formula>,
    variant: &Variant,
    found: &Array2<f64>,
    others: Option<&Array2<f64>>,
    index: usize,
) {
    let allowed = case.tolerance[index];
    let right = |i: (usize, usize)| others.is_some_and(|others| (others[i] - found[i]).abs() <= allowed * 10.0);
    // What comes from the output by a derivative of zero is not reached.
    let sparse = |i: (usize, usize)| found[i] == 0.0;
    if found.indexed_iter().any(|(i, entry)| entry.is_finite() && !right(i) && !sparse(i)) {
        case.amiss(variant.name, &format!("pulled {found} back from an output that was not written"));
    }
}

/// Whether numbers are further apart than rounding explains.
pub(super) fn far(a: &ArrayView1<'_, f64>, b: &ArrayView1<'_, f64>, tolerance: f64) -> bool {
    let scale = b.iter().fold(1.0, |scale: f64, entry| scale.max(entry.abs()));
    a.iter().zip(b).any(|(a, b)| (a - b).abs().is_nan() || (a - b).abs() > 10.0 * tolerance * scale)
}
