//! Applications: compared with a reference, and that with code by hand.

use super::Run;
use crate::command::applications::{Application, ByHand, GROUP, Visitor};
use crate::command::bench::distance;
use crate::command::engines::Entry;
use di_test::{Check, Computed, Fault, Finding, Operators, Probed, Report, Scenario, Slots};
use std::any::type_name;

/// The checks of applications by one engine.
pub(super) struct Applications<'a, B> {
    pub(super) run: &'a Run<'a>,
    pub(super) entry: &'a Entry<B>,
    pub(super) report: &'a mut Report,
}

impl<B, R: Default> Visitor<B, R> for Applications<'_, B> {
    fn visit<F, K>(&mut self, application: Application<'_, F, K>)
    where
        B: Operators<Probed<F>, f64, K>,
        R: Operators<Probed<F>, f64, K>,
        F: Clone + Send + 'static,
    {
        let Application { custom, mut by_hand, .. } = application;
        let scenarios = match custom.compute_results(&R::default()) {
            Ok(scenarios) => scenarios,
            Err(error) => {
                let scenario = format!("{GROUP}/{}", custom.name());
                return self.report.findings.push(finding(scenario, "the reference", Fault::Failed(error.to_string())));
            }
        };
        // The reference shares code with some of the engines, and nothing with code by hand.
        if let Some(scenario) = scenarios.iter().find(|s| s.operator == by_hand.operator && s.seeds.ncols() == 1)
            && let Some(finding) = against_hand(scenario, &mut by_hand)
        {
            self.report.findings.push(finding);
        }
        let (watch, name) = (self.run.watch.clone(), self.entry.name);
        let suite = custom
            .suite::<B, f64>(&self.entry.backend, self.entry.tolerance)
            .with_evaluations(self.entry.evaluations.0)
            .with_filter(self.run.filter())
            .observed_by(move |outcome| watch.sees(name, outcome));
        for check in self.run.checks().filter(|check| check.is_custom()) {
            if !self.report.interrupted {
                self.report.merge(suite.check(check, scenarios.iter().cloned()));
            }
        }
    }
}

/// What is wrong with the expected answer, as code by hand sees it.
fn against_hand<F: Clone + Send + 'static>(
    scenario: &Scenario<Computed<F>>,
    by_hand: &mut ByHand<'_>,
) -> Option<Finding> {
    let inputs = scenario.inputs::<f64>();
    let expected = scenario.answer(&inputs)?;
    let mut found = Slots::like(&expected, f64::NAN);
    (by_hand.run)(&inputs, &mut found);
    let error = distance(&expected, &found);
    (error.is_nan() || error > 1e-9).then(|| {
        let apart = Fault::Other(format!("they are {error:.1e} of the largest entry apart"));
        finding(scenario.id(), "the reference, against code by hand", apart)
    })
}

fn finding(scenario: String, variant: &str, fault: Fault) -> Finding {
    Finding { scenario, scalar: type_name::<f64>(), check: Check::Agreement, variant: variant.into(), fault }
}
