//! Functions that differentiate by the same engine while it differentiates them.

use super::drops::right;
use super::{is_single, mischievous};
use crate::check::{Inputs, Operations, Slots, compare};
use crate::scenario::{Formula, FunctionShape, Operator, Scenario};
use crate::suite::Case;
use di_core::{Mode, Scalar};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How deep derivatives stand within each other where they do.
const DEPTH: usize = 3;

/// What went wrong inside, where nothing can be returned.
type Notes = Arc<Mutex<Vec<String>>>;

pub(super) fn fits(scenario: &Scenario, _: Mode) -> bool {
    is_single(scenario) && (1..=3).contains(&scenario.x.len()) && scenario.outputs() > 0
}

/// In every evaluation the engine differentiates another function, by every operator, at the same scalar.
pub(super) fn once<T: Scalar>(case: &mut Case<'_, T, Formula>, operations: &Arc<Operations<T>>) {
    within(case, operations, 1);
}

/// In the first evaluation of each call the engine differentiates a function that does the same, and so on.
pub(super) fn deep<T: Scalar>(case: &mut Case<'_, T, Formula>, operations: &Arc<Operations<T>>) {
    within(case, operations, DEPTH);
}

fn within<T: Scalar>(case: &mut Case<'_, T, Formula>, operations: &Arc<Operations<T>>, depth: usize) {
    let inputs = case.scenario.inputs::<T>();
    let Some(answer) = case.scenario.answer(&inputs) else { return };
    let (subject, mischief) = mischievous(case.scenario);
    let notes = Notes::default();
    let (first, tolerance) = (Arc::new(AtomicUsize::new(0)), case.tolerance);
    let hook = {
        let (notes, operations, first) = (Arc::clone(&notes), Arc::clone(operations), Arc::clone(&first));
        move || {
            if depth == 1 || first.fetch_add(1, Ordering::Relaxed) == 0 {
                inside(&operations, depth, tolerance, &notes);
            }
        }
    };
    // While it is prepared, too.
    mischief.hook(Some(Arc::new(hook)));
    if let Some(mut prepared) = case.prepare(subject, &inputs) {
        // Deep inside there is more to do than for every way to call.
        let ways = if depth == 1 { usize::MAX } else { 2 };
        for variant in case.variants().take(ways) {
            first.store(0, Ordering::Relaxed);
            case.run_and_compare(variant, &inputs, &answer, |slots| prepared.run(variant, &inputs, slots));
        }
        mischief.hook(None);
        right(case, &mut *prepared, &inputs, &answer);
    }
    // The hook holds what it is called by: without this it would never be dropped.
    mischief.hook(None);
    for note in notes.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
        case.other("inside of the function", &note);
    }
}

/// Differentiates another function by every operator, `depth` deep.
fn inside<T: Scalar>(operations: &Arc<Operations<T>>, depth: usize, tolerance: [f64; 3], notes: &Notes) {
    let [first, _, second] = tolerance;
    for (operator, shape, operation) in operations.iter() {
        // One operator is enough to go deeper by.
        if depth > 1 && *operator != Operator::Hvp {
            continue;
        }
        let note = |text: String| notes.lock().unwrap_or_else(PoisonError::into_inner).push(text);
        let scenario = inner(*operator, *shape);
        let (subject, mischief) = mischievous(&scenario);
        if depth > 1 {
            let (operations, notes, calls) = (Arc::clone(operations), Arc::clone(notes), AtomicUsize::new(0));
            mischief.hook(Some(Arc::new(move || {
                if calls.fetch_add(1, Ordering::Relaxed) == 0 {
                    inside(&operations, depth - 1, tolerance, &notes);
                }
            })));
        }
        let inputs: Inputs<T> = scenario.inputs();
        let Some(answer) = scenario.answer(&inputs) else { continue };
        let middle = if operator.is_second_order() { second } else { first };
        let variant = &operation.variants()[0];
        let mut slots = Slots::like(&answer, T::nan());
        match operation.prepare(subject, &inputs).and_then(|mut prepared| prepared.run(variant, &inputs, &mut slots)) {
            Err(error) => note(format!("{operator}: {error}")),
            Ok(()) => {
                for (index, tolerance) in [first, middle, second].into_iter().enumerate() {
                    if let Some(fault) = compare(&answer.0[index], &slots.0[index], tolerance) {
                        note(format!("{operator}: {fault}"));
                    }
                }
            }
        }
    }
}

/// What is differentiated inside.
fn inner(operator: Operator, shape: Option<FunctionShape>) -> Scenario {
    let curve = shape == Some(FunctionShape::Curve);
    let formula = match operator {
        Operator::Derivative | Operator::SecondDerivative if curve => Formula::Harmonics(vec![1.0, 0.5]),
        Operator::Gradient | Operator::Hvp | Operator::Hessian => Formula::ChainedQuartic,
        _ => Formula::Sine,
    };
    let x = if shape.is_some() { vec![0.75] } else { vec![0.75, -0.5] };
    Scenario::quick("inside", operator, shape.unwrap_or(FunctionShape::Vector), formula, x)
}
