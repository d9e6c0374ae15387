//! All checks on one backend.

use crate::check::{Engine, Operation, Operations, Variant, operations};
use crate::evaluations::Evaluations;
use crate::exclusion::Exclusions;
use crate::report::{Fault, Finding, Report};
use crate::scenario::{Formula, FunctionShape, Modifier, Operator, Scenario, catalogue, elementary_scenarios};
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
    evaluations: Option<Evaluations<T>>,
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
    /// Numbers of evaluations, if the engine says them.
    pub(crate) evaluations: Option<Evaluations<T>>,
    /// For value, first and second derivatives.
    pub(crate) tolerance: [f64; 3],
    check: &'static str,
    findings: &'a mut Vec<Finding>,
}

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a method of a type with a lifetime is not general enough"
)]
impl<T: Scalar> Suite<T> {
    /// The suite for a backend.
    pub fn new<B: Engine<T>>(backend: &B, tolerance: Tolerance, exclusions: Exclusions) -> Self {
        Self { operations: operations(backend), mode: backend.mode(), tolerance, exclusions, evaluations: None }
    }

    /// The same suite, for an engine that evaluates the function so often: calls are then counted exactly.
    #[must_use]
    pub fn with_evaluations(self, evaluations: Evaluations<T>) -> Self {
        Self { evaluations: Some(evaluations), ..self }
    }

    /// Answers of one operator against closed forms, for every scenario of the catalogue.
    #[must_use]
    pub fn agreement(&self, operator: Operator) -> Report {
        let scenarios = catalogue().into_iter().filter(|scenario| scenario.operator == operator);
        self.run("agreement", scenarios, |case| case.agreement())
    }

    /// Answers of every operator for every function of the catalogue, as it is and up to a moderate size; for a
    /// backend stripped to its primitive.
    ///
    /// Differences of differences need a larger step than differences: of a difference engine the first-order operators
    /// alone are looked at.
    #[must_use]
    pub fn every_operator(&self) -> Report {
        let exact = self.mode != Mode::Difference;
        let scenarios = plain(17).into_iter().filter(|scenario| exact || !scenario.operator.is_second_order());
        self.run("agreement", scenarios, |case| case.agreement())
    }

    /// Every elementary function at every point, by every operator; by differences at the smooth points alone.
    #[must_use]
    pub fn elementary(&self) -> Report {
        let exact = self.mode != Mode::Difference;
        let scenarios = elementary_scenarios().into_iter().filter(|scenario| exact || scenario.is_smooth());
        self.run("elementary functions", scenarios, |case| case.agreement())
    }

    /// Ten calls at changing points and in clones, of functions with enclosed caches.
    #[must_use]
    pub fn caches(&self) -> Report {
        let scenarios = catalogue().into_iter().filter(|scenario| scenario.group == "caches");
        self.run("caches", scenarios, |case| case.repetition())
    }

    /// Wrong lengths of every argument.
    #[must_use]
    pub fn lengths(&self) -> Report {
        self.run("lengths", plain(9).into_iter(), |case| case.lengths())
    }

    /// How often the function is called.
    #[must_use]
    pub fn calls(&self) -> Report {
        self.run("calls", plain(17).into_iter(), |case| case.calls())
    }

    /// Allocations after preparation; needs [`count_allocations!`](crate::count_allocations).
    #[must_use]
    pub fn allocations(&self) -> Report {
        let small = |scenario: &Scenario| scenario.x.len() <= 17;
        self.run("allocations", catalogue().into_iter().filter(small), |case| case.allocations())
    }

    /// Two prepared objects at once on two threads.
    #[must_use]
    pub fn threads(&self) -> Report {
        self.run("threads", plain(8).into_iter(), |case| case.threads())
    }

    /// Functions that panic.
    #[must_use]
    pub fn panics(&self) -> Report {
        let few = |scenario: &Scenario| scenario.x.len() <= 9 && scenario.modifier.factor == 1.0;
        self.run("panics", catalogue().into_iter().filter(few), |case| case.panics())
    }

    /// Points with NaN and infinities.
    #[must_use]
    pub fn not_finite(&self) -> Report {
        // The derivative of ln(1 + x·x) at infinity is the limit 0 or `∞/∞`, as one writes it.
        // The closed forms of functions with caches are products of matrices, in which NaN spreads too far.
        let settled = |scenario: &Scenario| !matches!(scenario.formula, Formula::FloatOnly | Formula::Cached(_));
        self.run("not finite", plain(9).into_iter().filter(settled), |case| case.not_finite())
    }

    /// Other lengths than at first.
    #[must_use]
    pub fn resizing(&self) -> Report {
        let any_length = |scenario: &Scenario| {
            let name = scenario.name.split(' ').next().unwrap_or_default();
            ["sine", "sin_cos", "identity", "sum", "rosenbrock", "chained_quartic"].contains(&name)
        };
        self.run("resizing", plain(9).into_iter().filter(any_length), |case| case.resizing())
    }

    pub(crate) fn is_excluded(&self, scenario: &Scenario, check: &str) -> bool {
        self.exclusions.exclude(scenario, check, type_name::<T>())
    }

    pub(crate) fn tolerance_of(&self) -> (f64, f64) {
        self.tolerance.of::<T>()
    }

    pub(crate) fn operation(&self, operator: Operator, shape: FunctionShape) -> Option<&dyn Operation<T>> {
        let of = |(o, s, _): &&(_, Option<_>, _)| *o == operator && s.is_none_or(|s| s == shape);
        self.operations.iter().find(of).map(|(.., operation)| &**operation)
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
            if self.is_excluded(&scenario, check) {
                report.excluded += 1;
                continue;
            }
            let Some(operation) = self.operation(scenario.operator, scenario.shape) else { continue };
            let (first, second) = self.tolerance_of();
            let middle = if scenario.operator.is_second_order() { second } else { first };
            let mut case = Case {
                scenario: &scenario,
                operation,
                mode: self.mode,
                evaluations: self.evaluations,
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

/// The scenarios without a modifier, with at most so many inputs.
fn plain(most: usize) -> Vec<Scenario> {
    let fits = |scenario: &Scenario| scenario.modifier == Modifier::PLAIN && scenario.x.len() <= most;
    catalogue().into_iter().filter(fits).collect()
}

impl<T: Scalar> Case<'_, T> {
    /// The variants of a prepared object that take the scenario's number of seeds.
    pub(crate) fn variants(&self) -> impl Iterator<Item = &'static Variant> + Clone + use<T> {
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
