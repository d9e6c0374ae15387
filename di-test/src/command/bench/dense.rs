//! Dense operators of applications.

use super::job::Job;
use super::{Bench, allowed};
use crate::command::applications::{Application, ByHand, Plain};
use crate::command::engines::Entry;
use di_core::{Mode, Result};
use di_test::{
    Inputs, Instrument, Measurement, Operation, Operator, Operators, Probed, Record, Slots, SplitMix64, Variant,
};

/// The most entries of a matrix of first derivatives.
const JACOBIAN: usize = 200_000;
/// The most entries of a matrix of second derivatives.
const HESSIAN: usize = 200 * 200;
/// Tangents at a time in the study of widths.
const BATCHES: [usize; 5] = [2, 4, 8, 16, 32];
/// The functions that it is made with.
const STUDIED: [&str; 2] = ["upwind", "Brusselator"];

/// Every operator of one function by one engine.
pub(super) fn measure<B, R, F, K>(bench: &mut Bench<'_>, entry: &Entry<B>, application: Application<'_, F, K>)
where
    B: Operators<Probed<F>, f64, K>,
    R: Operators<Probed<F>, f64, K> + Default,
    F: Clone + Send + 'static,
{
    let Application { custom, mut plain, mut by_hand } = application;
    let references = R::default().operations();
    let (name, n, m) = (custom.name().to_string(), custom.x().len(), custom.outputs());
    let mode = entry.backend.mode();
    for (operator, _, operation) in entry.backend.operations() {
        if !bench.wants(operator.name(), &name) {
            continue;
        }
        bench.show(entry.name, operator.name(), &name, n);
        let Some((.., reference)) = references.iter().find(|(other, ..)| *other == operator) else { continue };
        let wide = operator == Operator::Pushforward && STUDIED.contains(&&*name);
        for &batch in [1].iter().chain(if wide { &BATCHES[..] } else { &[] }) {
            if bench.interrupt.is_raised() {
                return;
            }
            let Some(variant) = fullest(&*operation, batch) else { continue };
            let record = |outcome| Record {
                engine: entry.name.into(),
                operator: operator.name().into(),
                problem: name.clone(),
                inputs: n,
                outputs: m,
                batch,
                method: variant.name.into(),
                outcome,
            };
            if let Some(reason) = too_large(operator, n, m) {
                bench.push(record(Measurement::Skipped(reason)));
                continue;
            }
            let case = Case { operator, mode, n, m, batch, variant };
            let function = Probed::new(custom.function().clone());
            let hand = Some(&mut by_hand).filter(|code| code.operator == operator && batch == 1);
            let outcome = case.measure(bench, (&*operation, &**reference), &function, custom.x(), (&mut plain, hand));
            bench.push(record(outcome.unwrap_or_else(|error| Measurement::Skipped(error.to_string()))));
        }
    }
}

/// The first method that gives the most and takes so many seeds at a time.
fn fullest<F>(operation: &dyn Operation<f64, F>, batch: usize) -> Option<&'static Variant> {
    operation.variants().iter().find(|variant| !variant.is_free() && variant.takes(batch))
}

/// Why an operator is not measured for so many inputs and outputs.
fn too_large(operator: Operator, n: usize, m: usize) -> Option<String> {
    let (most, entries) = match operator {
        Operator::Jacobian => (JACOBIAN, n * m),
        Operator::Hessian => (HESSIAN, n * n),
        _ => return None,
    };
    (entries > most).then(|| format!("a dense matrix of {entries} entries is more than the {most} that are measured"))
}

/// What is measured.
struct Case {
    operator: Operator,
    mode: Mode,
    n: usize,
    m: usize,
    batch: usize,
    variant: &'static Variant,
}

/// An operator of the engine, and of the reference.
type Pair<'a, F> = (&'a dyn Operation<f64, Probed<F>>, &'a dyn Operation<f64, Probed<F>>);
impl Case {
    fn slots(&self) -> Slots<f64> {
        Slots::of(self.operator, self.n, self.m, self.batch, f64::NAN)
    }

    fn measure<F: Clone + Send + 'static>(
        &self,
        bench: &Bench<'_>,
        (operation, reference): Pair<'_, F>,
        function: &Probed<F>,
        x: &[f64],
        (plain, mut by_hand): (&mut Plain<'_>, Option<&mut ByHand<'_>>),
    ) -> Result<Measurement> {
        let rows = if self.operator == Operator::Pullback { self.m } else { self.n };
        let seeds = SplitMix64::new(rows as u64 + 3).matrix(rows, self.batch);
        let inputs = Inputs { x: x.to_vec(), seeds };
        let (mut slots, mut expected) = (self.slots(), self.slots());
        reference.prepare(function.clone(), &inputs)?.run(self.variant, &inputs, &mut expected)?;
        let mut prepared = operation.prepare(function.clone(), &inputs)?;
        prepared.run(self.variant, &inputs, &mut slots)?;
        let error = distance(&expected, &slots);
        let bound = allowed(self.mode, self.operator.is_second_order());
        if error.is_nan() || error > bound {
            return Ok(Measurement::Wrong(format!(
                "{error:.1e} of the largest entry away from the reference, more than {bound:.0e}"
            )));
        }
        if let Some(code) = &mut by_hand {
            let mut by_code = self.slots();
            (code.run)(&inputs, &mut by_code);
            let error = distance(&expected, &by_code);
            if error.is_nan() || error > allowed(Mode::Code, false) {
                return Ok(Measurement::Wrong(format!(
                    "the reference is {error:.1e} of the largest entry away from code by hand"
                )));
            }
        }
        let free = operation.variants().iter().find(|variant| variant.is_free() && variant.takes(self.batch));
        let (mut unprepared_slots, mut hand_slots) = (self.slots(), self.slots());
        let mut unprepared = free.map(|variant| {
            let inputs = &inputs;
            move || operation.once(variant, function.clone(), inputs, &mut unprepared_slots)
        });
        let mut hand = by_hand.map(|code| {
            let inputs = &inputs;
            move || (code.run)(inputs, &mut hand_slots)
        });
        let job = Job {
            plain: &mut || plain(x),
            prepare: &mut || operation.prepare(function.clone(), &inputs).map(drop),
            evaluate: &mut || prepared.run(self.variant, &inputs, &mut slots),
            unprepared: unprepared.as_mut().map(|step| step as _),
            by_hand: hand.as_mut().map(|step| step as _),
            calls: &mut || {
                let calls = function.calls();
                function.reset_calls();
                calls
            },
        };
        job.measure(&bench.clock, error)
    }
}

/// The largest distance of two answers, relative to the largest expected entry of each slot.
pub(in crate::command) fn distance(expected: &Slots<f64>, found: &Slots<f64>) -> f64 {
    let mut worst = 0.0_f64;
    for (expected, found) in expected.0.iter().zip(&found.0) {
        // What the method does not fill is NaN in both.
        let pairs = || expected.iter().zip(found).filter(|(expected, found)| !(expected.is_nan() && found.is_nan()));
        let size = pairs().fold(f64::MIN_POSITIVE, |size, (expected, _)| size.max(expected.abs()));
        for (expected, found) in pairs() {
            let error = (expected - found).abs() / size;
            if error.is_nan() {
                return error;
            }
            worst = worst.max(error);
        }
    }
    worst
}
