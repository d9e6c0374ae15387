//! All checks on one backend.

use crate::check::{Engine, Operation, Operations, Variant, operations};
use crate::exclusion::Exclusions;
use crate::report::{Fault, Finding, Report};
use crate::scenario::{Operator, Scenario, catalogue, elementary_scenarios};
use crate::tolerance::Tolerance;
use di_core::{Mode, Scalar};
use std::any::type_name;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// All checks on one backend with one scalar.
pub struct Suite<T> {
    operations: Operations<T>,
    mode: Mode,
    tolerance: Tolerance,
    exclusions: Exclusions,
}

impl<T> fmt::Debug for Suite<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mode, tolerance, exclusions, .. } = self;
        f.debug_struct("Suite")
            .field("mode", mode)
            .field("tolerance", tolerance)
            .field("exclusions", exclusions)
            .finish_non_exhaustive()
    }
}

/// One scenario of one backend, and where findings go.
pub(crate) struct Case<'a, T> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) operation: &'a dyn Operation<T>,
    pub(crate) mode: Mode,
    /// For value, first and second derivatives.
    pub(crate) tolerance: [f64; 3],
    check: &'static str,
    findings: &'a mut Vec<Finding>,
}

impl<T: Scalar> Suite<T> {
    /// The suite for a backend.
    pub fn new<B: Engine<T>>(backend: &B, tolerance: Tolerance, exclusions: Exclusions) -> Self {
        Self { operations: operations(backend), mode: backend.mode(), tolerance, exclusions }
    }

    /// Answers of one operator against closed forms, for every scenario of the catalogue.
    #[must_use]
    pub fn agreement(&self, operator: Operator) -> Report {
        let scenarios = catalogue().into_iter().filter(|scenario| scenario.operator == operator);
        self.run("agreement", scenarios, |case| case.agreement())
    }

    /// Every elementary function at every point, by every operator; by differences at the smooth points alone.
    #[must_use]
    pub fn elementary(&self) -> Report {
        let exact = self.mode != Mode::Difference;
        let scenarios = elementary_scenarios().into_iter().filter(|scenario| exact || scenario.is_smooth());
        self.run("elementary functions", scenarios, |case| case.agreement())
    }

    /// Runs a check on each scenario that is not excluded; a panic is a finding.
    pub(crate) fn run(
        &self,
        check: &'static str,
        scenarios: impl Iterator<Item = Scenario>,
        mut body: impl FnMut(&mut Case<'_, T>),
    ) -> Report {
        let mut report = Report::default();
        for scenario in scenarios {
            if self.exclusions.exclude(&scenario, check, type_name::<T>()) {
                continue;
            }
            let of = |(operator, shape, _): &&(_, Option<_>, _)| {
                *operator == scenario.operator && shape.is_none_or(|shape| shape == scenario.shape)
            };
            let Some((.., operation)) = self.operations.iter().find(of) else { continue };
            let (first, second) = self.tolerance.of::<T>();
            let middle = if scenario.operator.is_second_order() { second } else { first };
            let mut case = Case {
                scenario: &scenario,
                operation: &**operation,
                mode: self.mode,
                tolerance: [first, middle, second],
                check,
                findings: &mut report.findings,
            };
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| body(&mut case))) {
                let text = panic.downcast_ref::<&str>().map(ToString::to_string);
                let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
                case.other("any", &format!("panicked: {text}"));
            }
            report.scenarios += 1;
        }
        report
    }
}

impl<T: Scalar> Case<'_, T> {
    /// The variants of a prepared object that take the scenario's number of seeds.
    pub(crate) fn variants(&self) -> impl Iterator<Item = &'static Variant> + use<T> {
        let batch = self.scenario.seeds.ncols();
        self.operation.variants().iter().filter(move |variant| !variant.is_free() && variant.takes(batch))
    }

    pub(crate) fn find(&mut self, variant: &str, fault: Fault) {
        self.findings.push(Finding {
            scenario: self.scenario.id(),
            scalar: type_name::<T>(),
            check: self.check,
            variant: variant.into(),
            fault,
        });
    }

    pub(crate) fn failed(&mut self, variant: &str, error: &di_core::Error) {
        self.find(variant, Fault::Failed(error.to_string()));
    }

    pub(crate) fn other(&mut self, variant: &str, text: &str) {
        self.find(variant, Fault::Other(text.into()));
    }
}
