//! All checks on one backend.

mod case;
mod observer;
mod scenarios;

use crate::check::{Check, Engine, Operation, Operations, Operators, operations};
use crate::evaluations::Evaluations;
use crate::exclusion::Exclusions;
use crate::filter::Filter;
use crate::report::{Fault, Finding, Outcome, Report, Verdict, panic_text};
use crate::scenario::{Formula, FunctionShape, Operator, Scenario, Source};
use crate::tolerance::Tolerance;
use di_core::{Mode, Scalar};
use std::any::type_name;
use std::fmt;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

pub(crate) use case::Case;
pub(crate) use observer::Observer;
pub(crate) use scenarios::plain;
use scenarios::scenarios;

/// All checks on one backend with one scalar; of the functions of the catalogue, or of the caller's own.
pub struct Suite<T, S: Source = Formula> {
    operations: Arc<Operations<T, S::Subject>>,
    mode: Mode,
    tolerance: Tolerance,
    exclusions: Exclusions,
    evaluations: Option<Evaluations<T>>,
    filter: Filter,
    observer: Observer,
}

impl<T, S: Source> fmt::Debug for Suite<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mode, tolerance, exclusions, filter, .. } = self;
        f.debug_struct("Suite")
            .field("mode", mode)
            .field("tolerance", tolerance)
            .field("exclusions", exclusions)
            .field("filter", filter)
            .finish_non_exhaustive()
    }
}

impl<T: Scalar> Suite<T> {
    /// The suite for a backend.
    pub fn new<B: Engine<T>>(backend: &B, tolerance: Tolerance, exclusions: Exclusions) -> Self {
        Self::with_operations(operations(backend), backend.mode(), tolerance, exclusions)
    }

    /// One check of every scenario that it is meant for.
    #[must_use]
    pub fn run(&self, check: Check) -> Report {
        match check {
            Check::Laws => self.laws(),
            Check::Adversarial => self.adversarial(),
            _ => self.check(check, scenarios(check, self.mode)),
        }
    }

    /// Answers of one operator against closed forms, for every scenario of the catalogue.
    #[must_use]
    pub fn agreement(&self, operator: Operator) -> Report {
        let of_operator = |scenario: &Scenario| scenario.operator == operator;
        self.check(Check::Agreement, scenarios(Check::Agreement, self.mode).into_iter().filter(of_operator))
    }

    /// Answers of every operator for every function of the catalogue, as it is and up to a moderate size, and the laws; for
    /// a backend stripped to its primitive.
    ///
    /// Differences of differences need a larger step than differences: of a difference engine the first-order operators
    /// alone are looked at.
    #[must_use]
    pub fn every_operator(&self) -> Report {
        let exact = self.mode != Mode::Difference;
        let scenarios = plain(17).into_iter().filter(|scenario| exact || !scenario.operator.is_second_order());
        let mut report = self.check(Check::Agreement, scenarios);
        report.merge(self.laws_of_primitive());
        report
    }
}

impl<T: Scalar, S: Source> Suite<T, S> {
    /// The suite for functions of the caller's own, of the shape `K`.
    pub(crate) fn of_custom<B: Operators<S::Subject, T, K>, K>(backend: &B, tolerance: Tolerance) -> Self {
        Self::with_operations(backend.operations(), backend.mode(), tolerance, Exclusions::default())
    }

    fn with_operations(
        operations: Operations<T, S::Subject>,
        mode: Mode,
        tolerance: Tolerance,
        exclusions: Exclusions,
    ) -> Self {
        let (filter, observer) = (Filter::default(), Observer::default());
        Self { operations: Arc::new(operations), mode, tolerance, exclusions, evaluations: None, filter, observer }
    }

    /// The same suite, for an engine that evaluates the function so often: calls are then counted exactly.
    #[must_use]
    pub fn with_evaluations(self, evaluations: Evaluations<T>) -> Self {
        Self { evaluations: Some(evaluations), ..self }
    }

    /// The same suite, but only the scenarios that the filter admits.
    #[must_use]
    pub fn with_filter(self, filter: Filter) -> Self {
        Self { filter, ..self }
    }

    /// The same suite; what became of each scenario is shown to `observer`, which may end the run.
    #[must_use]
    pub fn observed_by(self, observer: impl Fn(&Outcome) -> ControlFlow<()> + Send + Sync + 'static) -> Self {
        Self { observer: Observer::new(observer), ..self }
    }

    pub(crate) fn exclusion(&self, scenario: &Scenario<S>, check: Check) -> Option<&'static str> {
        self.exclusions.reason(scenario, check, type_name::<T>())
    }

    /// All operators, to be used by what outlives the suite.
    pub(crate) fn operations(&self) -> Arc<Operations<T, S::Subject>> {
        Arc::clone(&self.operations)
    }

    pub(crate) fn mode(&self) -> Mode {
        self.mode
    }

    pub(crate) fn tolerance_of(&self) -> (f64, f64) {
        self.tolerance.of::<T>()
    }

    pub(crate) fn operation(&self, operator: Operator, shape: FunctionShape) -> Option<&dyn Operation<T, S::Subject>> {
        let of = |(o, s, _): &&(_, Option<_>, _)| *o == operator && s.is_none_or(|s| s == shape);
        self.operations.iter().find(of).map(|(.., operation)| &**operation)
    }

    /// One check on each of the scenarios that the filter admits and no exclusion excuses; a panic is a finding.
    #[must_use]
    pub fn check(&self, check: Check, scenarios: impl IntoIterator<Item = Scenario<S>>) -> Report {
        self.each(check, scenarios, |case| match check {
            Check::Agreement | Check::Elementary => case.agreement(),
            Check::Caches => case.repetition(),
            Check::Lengths => case.lengths(),
            Check::Calls => case.calls(),
            Check::Allocations => case.allocations(),
            Check::Threads => case.threads(),
            Check::Panics => case.panics(),
            Check::NotFinite => case.not_finite(),
            Check::Resizing => case.resizing(),
            Check::Laws | Check::Adversarial | Check::Verification => {
                case.other("any", "is no check of one scenario");
            }
        })
    }

    /// Runs `body` on each scenario.
    pub(crate) fn each(
        &self,
        check: Check,
        scenarios: impl IntoIterator<Item = Scenario<S>>,
        mut body: impl FnMut(&mut Case<'_, T, S>),
    ) -> Report {
        let mut report = Report::default();
        for scenario in scenarios {
            if !self.filter.admits(scenario.operator.name(), scenario.group, &scenario.name) {
                continue;
            }
            let outcome = match self.exclusion(&scenario, check) {
                Some(reason) => outcome::<T, S>(&scenario, check, 0, Verdict::Excluded(reason)),
                None => match self.one(check, &scenario, &mut report.findings, &mut body) {
                    Some(outcome) => outcome,
                    None => continue,
                },
            };
            let flow = self.observer.sees(&outcome);
            report.outcomes.push(outcome);
            if flow.is_break() {
                report.interrupted = true;
                break;
            }
        }
        report
    }

    /// Runs `body` on one scenario; `None` if the suite does not have its operator.
    fn one(
        &self,
        check: Check,
        scenario: &Scenario<S>,
        findings: &mut Vec<Finding>,
        body: &mut impl FnMut(&mut Case<'_, T, S>),
    ) -> Option<Outcome> {
        let operation = self.operation(scenario.operator, scenario.shape)?;
        let (first, second) = self.tolerance_of();
        let middle = if scenario.operator.is_second_order() { second } else { first };
        let (mode, evaluations, tolerance) = (self.mode, self.evaluations, [first, middle, second]);
        let before = findings.len();
        let judged = Vec::new();
        let mut case = Case { scenario, operation, mode, evaluations, tolerance, check, findings, judged };
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| body(&mut case))) {
            case.find("any", Fault::Other(format!("panicked: {}", panic_text(&*panic))));
        }
        let variants = case.judged.len();
        let verdict = match findings.len() - before {
            0 => Verdict::Passed,
            count => Verdict::Failed(count),
        };
        Some(outcome::<T, S>(scenario, check, variants, verdict))
    }
}

fn outcome<T, S: Source>(scenario: &Scenario<S>, check: Check, variants: usize, verdict: Verdict) -> Outcome {
    let (group, operator, scalar) = (scenario.group, scenario.operator.name(), type_name::<T>());
    Outcome { scenario: scenario.id(), group, operator, scalar, check, variants, verdict }
}
