//! `di-test bench`: every engine, operator and function.

mod dense;
mod job;
mod sparse;

pub(super) use dense::distance;

use super::applications::{self, Application, Sizes};
use super::arguments::{BenchOptions, Selection};
use super::engines::{self, Entry, Reference, SparseEngine};
use super::interrupt::Interrupt;
use super::{Ending, Failure, printed};
use di_core::Mode;
use di_test::{Clock, Engine, Measurement, Operators, Probed, Record, Results};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{Write, stdout};
use std::time::Duration;

/// Measures what was asked for, and writes the results after each function.
pub(super) fn run(options: &BenchOptions) -> Result<Ending, Failure> {
    let thorough = Clock { sample: Duration::from_millis(1), total: Duration::from_millis(24) };
    let clock = if options.quick { Clock::hasty() } else { thorough };
    // Pinned to one core, the process would not know of the others.
    let results = Results::new(options.quick);
    pin();
    let style = ProgressStyle::with_template("{spinner} {pos} measured  {elapsed_precise}  {wide_msg}")?;
    let interrupt = Interrupt::listen()?;
    let mut bench =
        Bench { options, clock, interrupt, bar: ProgressBar::new_spinner().with_style(style), results, failure: None };
    // A file that cannot be written is known before anything is measured; what it holds stays until there is something new.
    Results::probe(&options.output)?;
    engines::each(&options.selection.engines, &mut bench)?;
    bench.bar.finish_and_clear();
    let interrupted = bench.interrupt.is_raised();
    bench.results.complete = !interrupted;
    bench.results.write(&options.output)?;
    let records = &bench.results.records;
    if records.is_empty() && !interrupted {
        return Err("nothing fits what was asked for".into());
    }
    let mut out = stdout().lock();
    let shown = write!(out, "{}", bench.results.summary());
    let shown = shown.and_then(|()| writeln!(out, "{} records in `{}`", records.len(), options.output.display()));
    printed(shown.map_err(Into::into))?;
    let wrong = records.iter().any(|record| matches!(record.outcome, Measurement::Wrong(_)));
    Ok(match (interrupted, wrong) {
        (true, _) => Ending::Interrupted,
        (_, true) => Ending::Found,
        _ => Ending::Clean,
    })
}

/// Keeps this thread on the last core that it may run on.
fn pin() {
    let cores = core_affinity::get_core_ids().unwrap_or_default();
    if !cores.last().copied().is_some_and(core_affinity::set_for_current) {
        eprintln!("the thread could not be pinned to a core: times may scatter");
    }
}

/// A benchmark under way.
struct Bench<'a> {
    options: &'a BenchOptions,
    clock: Clock,
    interrupt: Interrupt,
    bar: ProgressBar,
    results: Results,
    /// Why results could not be written.
    failure: Option<Failure>,
}

impl engines::Visitor for Bench<'_> {
    fn visit<B>(&mut self, entry: Entry<B>) -> Result<bool, Failure>
    where
        B: Engine<f64> + Engine<f32> + SparseEngine<f64> + SparseEngine<f32> + applications::Applied + Sync,
    {
        applications::each::<B, Reference>(Sizes::Several, &mut Measuring { bench: self, entry: &entry })?;
        sparse::measure(self, &entry);
        self.save();
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        Ok(!self.interrupt.is_raised())
    }
}

/// The measurements of one engine.
struct Measuring<'a, 'b, B> {
    bench: &'a mut Bench<'b>,
    entry: &'a Entry<B>,
}

impl<B, R: Default> applications::Visitor<B, R> for Measuring<'_, '_, B> {
    fn visit<F, K>(&mut self, application: Application<'_, F, K>)
    where
        B: Operators<Probed<F>, f64, K>,
        R: Operators<Probed<F>, f64, K>,
        F: Clone + Send + 'static,
    {
        if !self.bench.interrupt.is_raised() {
            dense::measure::<B, R, F, K>(self.bench, self.entry, application);
            self.bench.save();
        }
    }
}

impl Bench<'_> {
    /// Whether something of these names was asked for.
    fn wants(&self, operator: &str, problem: &str) -> bool {
        let Selection { operators, names, .. } = &self.options.selection;
        let operator = operators.is_empty() || operators.iter().any(|wanted| wanted == operator);
        operator && (names.is_empty() || names.iter().any(|part| problem.contains(part)))
    }

    /// Writes what there is, so that an end at any time loses little.
    fn save(&mut self) {
        if let Err(error) = self.results.write(&self.options.output) {
            self.failure.get_or_insert(error.into());
        }
    }

    fn push(&mut self, record: Record) {
        self.bar.inc(1);
        self.results.records.push(record);
    }

    /// Shows what is being measured.
    fn show(&self, engine: &str, operator: &str, problem: &str, inputs: usize) {
        self.bar.set_message(format!("{engine}: {operator} of {problem}, n = {inputs}"));
        self.bar.tick();
    }
}

/// The largest distance from the reference that rounding or the engine's own error explains, relative to the largest entry.
fn allowed(mode: Mode, second_order: bool) -> f64 {
    match (mode, second_order) {
        (Mode::Difference, false) => 1e-3,
        (Mode::Difference, true) => 0.5,
        _ => 1e-9,
    }
}
