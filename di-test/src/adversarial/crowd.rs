//! Many threads, one backend, and prepared objects that go from thread to thread.

use super::drops::right;
use super::is_single;
use crate::check::{Operations, Slots};
use crate::scenario::{Formula, Instrument, Scenario};
use crate::suite::Case;
use di_core::{Mode, Scalar};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

const THREADS: usize = 8;

pub(super) fn fits(scenario: &Scenario, _: Mode) -> bool {
    is_single(scenario) && scenario.x.len() <= 3
}

/// Each of many threads prepares by the one backend that all share, and uses what it prepared; the functions of every other
/// thread panic meanwhile.
pub(super) fn many<T: Scalar>(case: &mut Case<'_, T, Formula>, _: &Arc<Operations<T>>) {
    let points = [case.scenario.inputs::<T>(), case.scenario.prepared_inputs()];
    let [Some(here), Some(there)] = [case.scenario.answer(&points[0]), case.scenario.answer(&points[1])] else {
        return;
    };
    let (operation, answers) = (case.operation, [here, there]);
    let variants: Vec<_> = case.variants().collect();
    // A function is no more shared between threads than it must be: each has its own.
    let subjects: Vec<_> = (0..THREADS).map(|_| case.scenario.subject()).collect();
    let results = thread::scope(|scope| {
        let threads: Vec<_> = subjects
            .into_iter()
            .enumerate()
            .map(|(index, subject)| {
                let (variants, inputs, answer) = (&variants, &points[index % 2], &answers[index % 2]);
                scope.spawn(move || {
                    let mut prepared = operation.prepare(subject.clone(), inputs)?;
                    let mut found = Vec::new();
                    for variant in variants {
                        let mut slots = Slots::like(answer, T::nan());
                        if index % 4 == 1 {
                            subject.panic_at(1);
                            drop(catch_unwind(AssertUnwindSafe(|| prepared.run(variant, inputs, &mut slots))));
                            subject.panic_at(0);
                            slots.fill(T::nan());
                        }
                        prepared.run(variant, inputs, &mut slots)?;
                        found.push(slots);
                    }
                    Ok::<_, di_core::Error>((index, found))
                })
            })
            .collect();
        threads.into_iter().map(thread::ScopedJoinHandle::join).collect::<Vec<_>>()
    });
    for result in results {
        match result {
            Err(_) => case.other("any", "panicked on another thread"),
            Ok(Err(error)) => case.failed("any", &error),
            Ok(Ok((index, found))) => {
                for (variant, slots) in variants.iter().zip(&found) {
                    case.compare(variant, &answers[index % 2], slots);
                }
            }
        }
    }
}

/// Prepared on one thread, used on a second after a panic there, used on the first again; a clone is dropped on a third.
pub(super) fn moved<T: Scalar>(case: &mut Case<'_, T, Formula>, _: &Arc<Operations<T>>) {
    let (inputs, operation, subject) = (case.scenario.inputs::<T>(), case.operation, case.scenario.subject());
    let Some(answer) = case.scenario.answer(&inputs) else { return };
    let (elsewhere, inputs_there) = (subject.clone(), &inputs);
    let prepared = thread::scope(|scope| scope.spawn(move || operation.prepare(elsewhere, inputs_there)).join());
    let mut prepared = match prepared {
        Err(_) => return case.other("prepare", "panicked on another thread"),
        Ok(Err(error)) => return case.failed("prepare", &error),
        Ok(Ok(prepared)) => prepared,
    };
    right(case, &mut *prepared, &inputs, &answer);
    let variants: Vec<_> = case.variants().collect();
    let (used, answer_there, variants_there) = (subject.clone(), &answer, &variants);
    let back = thread::scope(|scope| {
        let task = scope.spawn(move || {
            let run = |variant| {
                let mut slots = Slots::like(answer_there, T::nan());
                used.panic_at(1);
                drop(catch_unwind(AssertUnwindSafe(|| prepared.run(variant, inputs_there, &mut slots))));
                used.panic_at(0);
                slots.fill(T::nan());
                prepared.run(variant, inputs_there, &mut slots).map(|()| slots)
            };
            let found: Vec<_> = variants_there.iter().copied().map(run).collect();
            let _ = prepared.leave(inputs_there, crate::check::Leaving::Unused);
            (prepared, found)
        });
        task.join()
    });
    let Ok((mut prepared, found)) = back else { return case.other("any", "panicked on another thread") };
    for (variant, found) in variants.iter().zip(found) {
        match found {
            Ok(slots) => case.compare(variant, &answer, &slots),
            Err(error) => case.failed(variant.name, &error),
        }
    }
    let clone = prepared.boxed_clone();
    drop(thread::spawn(move || drop(clone)).join());
    right(case, &mut *prepared, &inputs, &answer);
}
