//! What must hold at every point, of random programs at random points.
//!
//! A law is a scenario of its own, so that an engine can be excused from it by name; its operator is the one that the law is
//! about. Failures name the smallest program that was found.

mod ask;
mod chain;
mod differences;
mod first;
mod routes;
mod second;
mod settings;
mod trial;

use crate::check::Check;
use crate::report::{Fault, Report};
use crate::scenario::{Formula, Modifier, Operator, Scenario};
use crate::suite::Suite;
use di_core::{Mode, Scalar};
use ndarray::Array2;
use proptest::test_runner::{TestCaseError, TestError};

use ask::Ask;
use settings::Settings;
use trial::{Family, Trial};

/// Whether the law holds; if not, in what way it does not.
type Outcome = Result<(), String>;

/// One law.
struct Law<T> {
    name: &'static str,
    /// What the law is about.
    operator: Operator,
    /// The functions that it is about.
    family: Family,
    holds: fn(&Ask<'_, T>, &Trial) -> Outcome,
}

/// All laws.
fn laws<T: Scalar>() -> Vec<Law<T>> {
    [first::laws(), routes::laws(), second::laws(), chain::laws(), differences::laws()].into_iter().flatten().collect()
}

impl<T> Law<T> {
    /// What an exclusion and a filter see of the law.
    fn scenario(&self) -> Scenario {
        let (n, m) = self.family.most();
        Scenario {
            name: self.name.into(),
            group: "laws",
            since: "0.1.0",
            operator: self.operator,
            shape: self.family.shape(),
            formula: Formula::Identity,
            modifier: Modifier::PLAIN,
            x: vec![0.0; n],
            prepared_x: vec![0.0; n],
            seeds: Array2::zeros((if self.operator == Operator::Pullback { m } else { n }, 1)),
        }
    }
}

/// The laws, as exclusions and filters see them.
#[must_use]
pub fn law_scenarios() -> Vec<Scenario> {
    laws::<f64>().iter().map(Law::scenario).collect()
}

impl<T: Scalar> Suite<T> {
    /// Every law, on as many random programs as `DI_LAWS_CASES` says, chosen by `DI_LAWS_SEED`.
    #[must_use]
    pub fn laws(&self) -> Report {
        self.laws_where(|_| true)
    }

    /// The laws that hold of the primitive: those of second order of an engine of differences do not, since differences of
    /// differences need other steps.
    pub(crate) fn laws_of_primitive(&self) -> Report {
        self.laws_where(|law| self.mode() != Mode::Difference || !law.operator.is_second_order())
    }

    fn laws_where(&self, wanted: impl Fn(&Law<T>) -> bool) -> Report {
        let settings = Settings::of_environment();
        let mut report = Report::default();
        for law in laws::<T>().into_iter().filter(wanted) {
            let one = self.each(Check::Laws, [law.scenario()], |case| {
                case.judge_named(law.name);
                let settings = match &settings {
                    Ok(settings) => settings,
                    Err(wrong) => return case.other(law.name, wrong),
                };
                let result = settings.runner(law.name).run(&law.family.trials(), |trial| {
                    (law.holds)(&Ask::new(self, &trial), &trial).map_err(TestCaseError::fail)
                });
                match result {
                    Ok(()) => {}
                    Err(TestError::Fail(reason, trial)) => {
                        case.find(law.name, Fault::Other(format!("{reason}; {trial}; {settings}")));
                    }
                    Err(abort) => case.other(law.name, &abort.to_string()),
                }
            });
            let interrupted = one.interrupted;
            report.merge(one);
            if interrupted {
                break;
            }
        }
        report
    }
}
