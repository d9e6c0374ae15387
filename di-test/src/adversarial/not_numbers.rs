//! NaN that a function gives, and NaN among the seeds.

use super::drops::right;
use super::mischievous;
use super::unwritten::{MARK, far};
use crate::check::{Operations, Slots};
use crate::scenario::{Formula, Operator, Scenario, lower};
use crate::suite::Case;
use di_core::{Mode, Scalar};
use std::sync::Arc;

/// One output is NaN: its value and its derivatives are not numbers, unless they are zero; the others are right, and so is
/// everything at the next call.
pub(super) fn outputs<T: Scalar>(case: &mut Case<'_, T, Formula>, _: &Arc<Operations<T>>) {
    let inputs = case.scenario.inputs::<T>();
    let Some(answer) = case.scenario.answer(&inputs) else { return };
    let (subject, mischief) = mischievous(case.scenario);
    let Some(mut prepared) = case.prepare(subject, &inputs) else { return };
    let (back, closed) =
        (case.scenario.operator == Operator::Pullback, case.scenario.formula.jacobian(&case.scenario.x));
    for output in [0, case.scenario.outputs() - 1] {
        mischief.poison(Some(output));
        for variant in case.variants() {
            case.judge(variant);
            let mut slots = Slots::like(&answer, T::lift(MARK));
            if let Err(error) = prepared.run(variant, &inputs, &mut slots) {
                return case.failed(variant.name, &error);
            }
            for index in (0..3).filter(|&index| variant.fills[index]) {
                let found = slots.0[index].mapv(lower);
                for (i, row) in found.rows().into_iter().enumerate() {
                    let wrong = far(&row, &answer.0[index].row(i), case.tolerance[index]);
                    let number = row.iter().any(|entry| entry.is_finite() && *entry != 0.0);
                    let amiss = if back && index == 1 {
                        // An engine may leave out what has no part in the output.
                        number && (wrong || closed[(output, i)] != 0.0)
                    } else if i == output {
                        number
                    } else {
                        wrong
                    };
                    if amiss {
                        let text = format!("row {i} of slot {index} is {row} where output {output} is NaN");
                        case.amiss(variant.name, &text);
                    }
                }
            }
        }
        mischief.poison(None);
        right(case, &mut *prepared, &inputs, &answer);
    }
}

pub(super) fn fits(scenario: &Scenario, _: Mode) -> bool {
    scenario.seeds.ncols() == 13 && scenario.x.len() <= 6 && !scenario.seeds.is_empty()
}

/// One of many seeds is NaN: what comes of it is NaN or zero, and what comes of the others is right.
pub(super) fn seeds<T: Scalar>(case: &mut Case<'_, T, Formula>, _: &Arc<Operations<T>>) {
    let good = case.scenario.inputs::<T>();
    let Some(answer) = case.scenario.answer(&good) else { return };
    let last = if case.scenario.operator == Operator::Hvp { 2 } else { 1 };
    let Some(mut prepared) = case.prepare(case.scenario.subject(), &good) else { return };
    for bad in [f64::NAN, f64::INFINITY] {
        let mut inputs = good.clone();
        inputs.seeds.column_mut(5).fill(T::lift(bad));
        for variant in case.variants() {
            case.judge(variant);
            let mut slots = Slots::like(&answer, T::lift(MARK));
            if let Err(error) = prepared.run(variant, &inputs, &mut slots) {
                return case.failed(variant.name, &error);
            }
            let found = slots.0[last].mapv(lower);
            for (j, column) in found.columns().into_iter().enumerate() {
                let wrong = if j == 5 {
                    column.iter().any(|entry| entry.is_finite() && *entry != 0.0)
                } else {
                    far(&column, &answer.0[last].column(j), case.tolerance[last])
                };
                if wrong {
                    case.amiss(variant.name, &format!("gave {column} for seed {j}, where seed 5 is {bad}"));
                }
            }
        }
        right(case, &mut *prepared, &good, &answer);
    }
}
