//! All sparse scenarios on one backend.

use super::check::Case;
use super::operator::{Hessians, Jacobians, Operator};
use super::{SparseOperator, SparseScenario, SparseSubject, sparse_catalogue};
use crate::report::{Fault, Finding, Report};
use crate::scenario::Modifier;
use crate::tolerance::Tolerance;
use di_core::{
    Backend, ColoringChoice, ColoringMethod, PrepareHvp, PreparePullback, PreparePushforward, Scalar, Sparse,
};
use std::any::type_name;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Inputs up to which every scenario is looked at with every modifier, and with every kind of colouring.
const SMALL: usize = 17;

/// All sparse scenarios on one backend with one scalar: `Sparse` around it is compared with closed forms.
pub struct SparseSuite<B, T> {
    backend: B,
    tolerance: [f64; 2],
    operators: [Box<dyn Operator<B, T>>; 2],
    largest: [usize; 2],
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
        }
    }

    /// The same suite, but Hessians of at most `n` unknowns: a gradient in forward mode or by differences costs `n` passes.
    #[must_use]
    pub fn with_hessians_up_to(mut self, n: usize) -> Self {
        self.largest[1] = n;
        self
    }

    /// Patterns, values and gradients against closed forms, entry by entry, in every variant: each scenario with the
    /// backend's own choice of colours; those of up to 17 unknowns with every modifier, and with every kind of colouring.
    #[must_use]
    pub fn agreement(&self, operator: SparseOperator) -> Report {
        self.run("agreement", operator, usize::MAX, |case| case.agreement())
    }

    /// Wrong lengths of every argument, and matrices of other patterns.
    #[must_use]
    pub fn lengths(&self, operator: SparseOperator) -> Report {
        self.run("lengths", operator, 9, |case| case.lengths())
    }

    /// Allocations after preparation; needs [`count_allocations!`](crate::count_allocations).
    #[must_use]
    pub fn allocations(&self, operator: SparseOperator) -> Report {
        self.run("allocations", operator, 3000, |case| case.allocations())
    }

    /// Functions that panic, and are then evaluated again.
    #[must_use]
    pub fn panics(&self, operator: SparseOperator) -> Report {
        self.run("panics", operator, 9, |case| case.panics())
    }

    /// Every matrix is verified by the interface itself, which must find nothing wrong.
    #[must_use]
    pub fn verification(&self, operator: SparseOperator) -> Report {
        self.run("verification", operator, 2048, |case| case.verification())
    }

    /// Runs a check on each scenario with each colouring and modifier; a panic is a finding.
    fn run(
        &self,
        check: &'static str,
        operator: SparseOperator,
        most: usize,
        mut body: impl FnMut(&mut Case<'_, B, T>),
    ) -> Report {
        let index = usize::from(operator == SparseOperator::Hessian);
        let most = most.min(self.largest[index]);
        let mut report = Report::default();
        let of_operator = |scenario: &SparseScenario| scenario.operator == operator && scenario.x.len() <= most;
        for scenario in sparse_catalogue().into_iter().filter(of_operator) {
            let small = scenario.x.len() <= SMALL;
            let kinds = if small { operator.kinds() } else { &[] };
            let methods = kinds.iter().map(|&kind| ColoringMethod::new(kind).into());
            for choice in std::iter::once(ColoringChoice::Auto).chain(methods) {
                let own = matches!(choice, ColoringChoice::Auto);
                let modifiers = if small && own { &Modifier::ALL[..] } else { &Modifier::ALL[..1] };
                let mut case = Case {
                    id: format!("{}, {choice:?}", scenario.id()),
                    scenario: &scenario,
                    modifier: Modifier::PLAIN,
                    sparse: Sparse::of(self.backend.clone()).with_coloring(choice),
                    operator: &*self.operators[index],
                    tolerance: [self.tolerance[0], self.tolerance[index]],
                    check,
                    findings: &mut report.findings,
                };
                for &modifier in modifiers {
                    case.modifier = modifier;
                    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| body(&mut case))) {
                        let text = panic.downcast_ref::<&str>().map(ToString::to_string);
                        let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
                        case.find("any", Fault::Other(format!("panicked: {text}")));
                    }
                    report.scenarios += 1;
                }
            }
        }
        report
    }
}

impl<B, T> Case<'_, B, T> {
    pub(super) fn find(&mut self, variant: &str, fault: Fault) {
        self.findings.push(Finding {
            scenario: format!("{} ({})", self.id, self.modifier.name),
            scalar: type_name::<T>(),
            check: self.check,
            variant: variant.into(),
            fault,
        });
    }
}
