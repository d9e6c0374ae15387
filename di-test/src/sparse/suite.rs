//! All sparse scenarios on one backend.

use super::check::Case;
use super::operator::{Hessians, Jacobians, Operator};
use super::{SparseOperator, SparseScenario, SparseSubject, sparse_catalogue};
use crate::check::Check;
use crate::filter::Filter;
use crate::report::{Fault, Finding, Outcome, Report, Verdict, panic_text};
use crate::scenario::Modifier;
use crate::suite::Observer;
use crate::tolerance::Tolerance;
use di_core::{
    Backend, ColoringChoice, ColoringMethod, PrepareHvp, PreparePullback, PreparePushforward, Scalar, Sparse,
};
use std::any::type_name;
use std::fmt;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Inputs up to which every scenario is looked at with every modifier, and with every kind of colouring.
const SMALL: usize = 17;

/// Why larger Hessians are left out.
const TOO_DEAR: &str = "a gradient costs as many passes as there are unknowns: larger Hessians are left out";

/// All sparse scenarios on one backend with one scalar: `Sparse` around it is compared with closed forms.
pub struct SparseSuite<B, T> {
    backend: B,
    tolerance: [f64; 2],
    operators: [Box<dyn Operator<B, T>>; 2],
    largest: [usize; 2],
    unverified: Option<&'static str>,
    filter: Filter,
    observer: Observer,
}

impl<B: fmt::Debug, T> fmt::Debug for SparseSuite<B, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { backend, tolerance, largest, .. } = self;
        f.debug_struct("SparseSuite")
            .field("backend", backend)
            .field("tolerance", tolerance)
            .field("largest", largest)
            .finish_non_exhaustive()
    }
}

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a method of a type with a lifetime is not general enough"
)]
impl<B, T> SparseSuite<B, T>
where
    B: PreparePushforward<SparseSubject, T>
        + PreparePullback<SparseSubject, T>
        + PrepareHvp<SparseSubject, T>
        + Backend,
    T: Scalar,
{
    /// The suite for a backend.
    pub fn new(backend: &B, tolerance: Tolerance) -> Self {
        let (first, second) = tolerance.of::<T>();
        Self {
            backend: backend.clone(),
            tolerance: [first, second],
            operators: [Box::new(Jacobians), Box::new(Hessians)],
            largest: [usize::MAX; 2],
            unverified: None,
            filter: Filter::default(),
            observer: Observer::default(),
        }
    }

    /// The same suite, but Hessians of at most `n` unknowns: a gradient in forward mode or by differences costs `n` passes.
    #[must_use]
    pub fn with_hessians_up_to(mut self, n: usize) -> Self {
        self.largest[1] = n;
        self
    }

    /// The same suite, but nothing is verified by the interface itself, for the given reason.
    #[must_use]
    pub fn without_verification(self, reason: &'static str) -> Self {
        Self { unverified: Some(reason), ..self }
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

    /// One check of one operator:
    ///
    /// - [`Agreement`](Check::Agreement): patterns, values and gradients against closed forms, entry by entry, in every
    ///   variant: each scenario with the backend's own choice of colours; those of up to 17 unknowns with every modifier, and
    ///   with every kind of colouring.
    /// - [`Lengths`](Check::Lengths): wrong lengths of every argument, and matrices of other patterns.
    /// - [`Allocations`](Check::Allocations): those after preparation; needs [`count_allocations!`](crate::count_allocations).
    /// - [`Panics`](Check::Panics): functions that panic, and are then evaluated again.
    /// - [`Verification`](Check::Verification): every matrix is verified by the interface itself, which must find nothing
    ///   wrong.
    ///
    /// The report of any other check is empty.
    #[must_use]
    pub fn run(&self, check: Check, operator: SparseOperator) -> Report {
        match check {
            Check::Agreement => self.each(check, operator, usize::MAX, |case| case.agreement()),
            Check::Lengths => self.each(check, operator, 9, |case| case.lengths()),
            Check::Allocations => self.each(check, operator, 3000, |case| case.allocations()),
            Check::Panics => self.each(check, operator, 9, |case| case.panics()),
            Check::Verification => self.each(check, operator, 2048, |case| case.verification()),
            _ => Report::default(),
        }
    }

    /// Runs a check on each scenario with each colouring and modifier; a panic is a finding.
    fn each(
        &self,
        check: Check,
        operator: SparseOperator,
        most: usize,
        mut body: impl FnMut(&mut Case<'_, B, T>),
    ) -> Report {
        let index = usize::from(operator == SparseOperator::Hessian);
        let mut report = Report::default();
        let meant = |scenario: &SparseScenario| {
            let admitted = self.filter.admits(operator.name(), "sparse", &scenario.name);
            scenario.operator == operator && scenario.x.len() <= most && admitted
        };
        for scenario in sparse_catalogue().into_iter().filter(meant) {
            let small = scenario.x.len() <= SMALL;
            let kinds = if small { operator.kinds() } else { &[] };
            let methods = kinds.iter().map(|&kind| ColoringMethod::new(kind).into());
            for choice in std::iter::once(ColoringChoice::Auto).chain(methods) {
                let own = matches!(choice, ColoringChoice::Auto);
                let modifiers = if small && own { &Modifier::ALL[..] } else { &Modifier::ALL[..1] };
                for &modifier in modifiers {
                    let mut case = Case {
                        id: format!("{}, {choice:?} ({})", scenario.id(), modifier.name),
                        scenario: &scenario,
                        modifier,
                        sparse: Sparse::of(self.backend.clone()).with_coloring(choice.clone()),
                        operator: &*self.operators[index],
                        tolerance: [self.tolerance[0], self.tolerance[index]],
                        check,
                        verifiable: self.unverified.is_none(),
                        findings: &mut report.findings,
                        judged: Vec::new(),
                    };
                    let too_dear = (scenario.x.len() > self.largest[index]).then_some(TOO_DEAR);
                    let unverified = self.unverified.filter(|_| check == Check::Verification);
                    let outcome = match too_dear.or(unverified) {
                        Some(reason) => case.outcome(Verdict::Excluded(reason)),
                        None => case.run(&mut body),
                    };
                    let flow = self.observer.sees(&outcome);
                    report.outcomes.push(outcome);
                    if flow.is_break() {
                        return Report { interrupted: true, ..report };
                    }
                }
            }
        }
        report
    }
}

impl<B, T> Case<'_, B, T> {
    /// Runs the check.
    fn run(&mut self, body: &mut impl FnMut(&mut Self)) -> Outcome {
        let before = self.findings.len();
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| body(self))) {
            self.find("any", Fault::Other(format!("panicked: {}", panic_text(&*panic))));
        }
        self.outcome(match self.findings.len() - before {
            0 => Verdict::Passed,
            count => Verdict::Failed(count),
        })
    }

    fn outcome(&self, verdict: Verdict) -> Outcome {
        Outcome {
            scenario: self.id.clone(),
            group: "sparse",
            operator: self.scenario.operator.name(),
            scalar: type_name::<T>(),
            check: self.check,
            variants: self.judged.len(),
            verdict,
        }
    }

    pub(super) fn find(&mut self, variant: &str, fault: Fault) {
        self.findings.push(Finding {
            scenario: self.id.clone(),
            scalar: type_name::<T>(),
            check: self.check,
            variant: variant.into(),
            fault,
        });
    }
}
