//! `di-test check`: every engine on every scenario.

mod custom;
mod json;
mod matrix;

use super::applications::{self, GROUP, Sizes};
use super::arguments::CheckOptions;
use super::engines::{self, Entry, Reference, SparseEngine};
use super::interrupt::Interrupt;
use super::{Ending, Failure, printed};
use custom::Applications;
use di_core::{Mode, Scalar};
use di_test::{Check, Engine, Evaluations, Exclusions, Filter, Outcome, Report, SparseOperator, SparseSuite, Suite};
use indicatif::{ProgressBar, ProgressStyle};
use matrix::Matrix;
use std::any::type_name;
use std::io::{Write, stdout};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Why sparse results of differences are not verified in single precision.
const NOISE: &str = "differences in single precision have errors that verification takes for a wrong pattern";

/// The most findings that are printed for an engine.
const PRINTED: usize = 40;

/// Runs the checks, prints the matrix, and writes the file that was asked for.
pub(super) fn run(options: &CheckOptions) -> Result<Ending, Failure> {
    let engines =
        if options.selection.engines.is_empty() { engines::NAMES.len() } else { options.selection.engines.len() };
    let mut run = Run { options, watch: Watch::new()?, reports: Vec::new() };
    run.watch.bar.set_length((engines * run.steps()) as u64);
    engines::each(&options.selection.engines, &mut run)?;
    run.watch.bar.finish_and_clear();
    let Run { watch, reports, .. } = run;
    if let Some(path) = &options.json {
        json::write(path, &reports)?;
    }
    printed(print(&reports))?;
    let clean = reports.iter().all(|(_, report)| report.findings.is_empty());
    let nothing = reports.iter().all(|(_, report)| report.outcomes.is_empty());
    if watch.interrupt.is_raised() {
        return Ok(Ending::Interrupted);
    }
    if nothing {
        return Err("no scenario fits what was asked for".into());
    }
    Ok(if clean { Ending::Clean } else { Ending::Found })
}

/// Prints the matrix, the reasons of exclusions, and what was found.
fn print(reports: &[(&str, Report)]) -> Result<(), Failure> {
    let mut out = stdout().lock();
    writeln!(out, "{}", Matrix::of(reports))?;
    for (engine, report) in reports {
        for (reason, count) in matrix::reasons(report) {
            writeln!(out, "{engine}: {count} excluded: {reason}")?;
        }
        for finding in report.findings.iter().take(PRINTED) {
            writeln!(out, "{engine}: {finding}")?;
        }
        if report.findings.len() > PRINTED {
            writeln!(out, "{engine}: and {} more; `--json` has them all", report.findings.len() - PRINTED)?;
        }
    }
    let combinations: usize = reports.iter().map(|(_, report)| report.combinations()).sum();
    let findings: usize = reports.iter().map(|(_, report)| report.findings.len()).sum();
    let excluded: usize = reports.iter().map(|(_, report)| report.excluded()).sum();
    writeln!(
        out,
        "{combinations} combinations of engine, operator, scenario and variant; {excluded} scenarios excluded; {findings} findings"
    )?;
    if reports.iter().any(|(_, report)| report.interrupted) {
        writeln!(out, "interrupted: this is what was done until then")?;
    }
    Ok(())
}

/// Progress on the terminal, and the user's wish to end.
#[derive(Clone)]
struct Watch {
    bar: ProgressBar,
    interrupt: Interrupt,
    seen: Arc<AtomicUsize>,
    found: Arc<AtomicUsize>,
}

impl Watch {
    fn new() -> Result<Self, Failure> {
        let style = ProgressStyle::with_template("{bar:30} {percent:>3} %  {elapsed_precise}  {wide_msg}")?;
        let bar = ProgressBar::new(0).with_style(style);
        Ok(Self { bar, interrupt: Interrupt::listen()?, seen: Arc::default(), found: Arc::default() })
    }

    /// Sees what became of a scenario.
    fn sees(&self, engine: &str, outcome: &Outcome) -> ControlFlow<()> {
        if let di_test::Verdict::Failed(count) = outcome.verdict {
            self.found.fetch_add(count, Ordering::Relaxed);
        }
        let (seen, found) = (self.seen.fetch_add(1, Ordering::Relaxed), self.found.load(Ordering::Relaxed));
        let Outcome { check, scenario, .. } = outcome;
        self.bar.set_message(format!("{seen} scenarios, {found} findings  {engine}: {check}, {scenario}"));
        if self.interrupt.is_raised() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// The checks of one engine after the other.
struct Run<'a> {
    options: &'a CheckOptions,
    watch: Watch,
    reports: Vec<(&'static str, Report)>,
}

impl engines::Visitor for Run<'_> {
    fn visit<B>(&mut self, entry: Entry<B>) -> Result<bool, Failure>
    where
        B: Engine<f64> + Engine<f32> + SparseEngine<f64> + SparseEngine<f32> + applications::Applied + Sync,
    {
        let mut report = Report::default();
        self.scalar::<B, f64>(&entry, entry.evaluations.0, &mut report);
        self.scalar::<B, f32>(&entry, entry.evaluations.1, &mut report);
        if self.wants_applications() {
            let mut checks = Applications { run: &*self, entry: &entry, report: &mut report };
            applications::each::<B, Reference>(Sizes::Small, &mut checks)?;
            self.watch.bar.inc(1);
        }
        let go_on = !report.interrupted;
        self.reports.push((entry.name, report));
        Ok(go_on)
    }
}

impl Run<'_> {
    /// The steps of one engine: dense and sparse checks for each scalar, and the applications.
    fn steps(&self) -> usize {
        let scalars =
            [self.wants_scalar::<f64>(), self.wants_scalar::<f32>()].into_iter().filter(|&wanted| wanted).count();
        3 * scalars * self.checks().count() + usize::from(self.wants_applications())
    }

    fn wants_applications(&self) -> bool {
        self.wants(GROUP) && self.wants_scalar::<f64>()
    }

    fn filter(&self) -> Filter {
        let selection = &self.options.selection;
        Filter::default().operators(&selection.operators).groups(&self.options.groups).names(&selection.names)
    }

    /// Whether scenarios of a group can be among those that are wanted.
    fn wants(&self, group: &str) -> bool {
        self.options.groups.is_empty() || self.options.groups.iter().any(|wanted| wanted == group)
    }

    fn wants_scalar<T>(&self) -> bool {
        self.options.scalars.is_empty() || self.options.scalars.iter().any(|wanted| wanted == type_name::<T>())
    }

    fn checks(&self) -> impl Iterator<Item = Check> {
        let wanted = &self.options.checks;
        Check::ALL.into_iter().filter(|check| wanted.is_empty() || wanted.iter().any(|name| name == check.name()))
    }

    /// All checks with one scalar, dense and sparse.
    fn scalar<B: Engine<T> + SparseEngine<T>, T: Scalar>(
        &self,
        entry: &Entry<B>,
        evaluations: Evaluations<T>,
        report: &mut Report,
    ) {
        if !self.wants_scalar::<T>() {
            return;
        }
        let Entry { name, ref backend, tolerance, hessians_up_to, .. } = *entry;
        let watch = self.watch.clone();
        let dense = Suite::<T>::new(backend, tolerance, Exclusions::default())
            .with_evaluations(evaluations)
            .with_filter(self.filter())
            .observed_by(move |outcome| watch.sees(name, outcome));
        for check in self.checks() {
            if !report.interrupted {
                report.merge(dense.run(check));
            }
            self.watch.bar.inc(1);
        }
        let watch = self.watch.clone();
        let mut sparse = SparseSuite::<B, T>::new(backend, tolerance)
            .with_hessians_up_to(hessians_up_to)
            .with_filter(self.filter())
            .observed_by(move |outcome| watch.sees(name, outcome));
        if backend.mode() == Mode::Difference && size_of::<T>() < size_of::<f64>() {
            sparse = sparse.without_verification(NOISE);
        }
        for operator in [SparseOperator::Jacobian, SparseOperator::Hessian] {
            for check in self.checks() {
                if !report.interrupted {
                    report.merge(sparse.run(check, operator));
                }
                self.watch.bar.inc(1);
            }
        }
    }
}
