//! Each flaw is caught by the check that is there for it, and not all checks cry at once.

use super::broken::{Broken, Flaw, Transposed};
use super::{evaluations, exact::Exact};
use di_core::{ChunkWidth, Zero};
use di_test::{
    Check, Engine, Evaluations, Exclusions, Fault, Filter, Finding, Operator, Report, SecondOrder, Suite, Tolerance,
    Width, law_scenarios,
};
use std::collections::HashSet;

fn suite<B: Engine<f64>>(backend: &B) -> Suite<f64> {
    Suite::new(backend, Tolerance::EXACT, Exclusions::default())
}

fn broken(flaw: Flaw) -> Suite<f64> {
    suite(&Broken(flaw))
}

fn disagreements(report: &Report) -> usize {
    report.findings.iter().filter(|finding| matches!(finding.fault, Fault::Disagreement { .. })).count()
}

#[test]
fn zero_fails_every_operator_by_disagreement() {
    for operator in Operator::ALL {
        let report = suite(&Zero).agreement(operator);
        assert!(disagreements(&report) > report.scenarios() / 2, "{operator}: {report}");
    }
    assert!(disagreements(&suite(&Zero).run(Check::Elementary)) > 91);
}

#[test]
fn zero_passes_what_does_not_look_at_derivatives() {
    suite(&Zero).run(Check::Calls).assert_clean();
    suite(&Zero).with_evaluations(Evaluations::mixed(Width::UNBOUNDED)).run(Check::Calls).assert_clean();
    suite(&Zero).run(Check::Allocations).assert_clean();
}

#[test]
fn wrong_sign() {
    for operator in [Operator::Pushforward, Operator::Pullback, Operator::Derivative, Operator::Gradient] {
        assert!(disagreements(&broken(Flaw::Sign).agreement(operator)) > 0, "{operator}");
    }
    broken(Flaw::Sign).run(Check::Calls).assert_clean();
}

#[test]
fn wrong_last_tangent() {
    assert!(disagreements(&broken(Flaw::Batch).agreement(Operator::Pushforward)) > 0);
    assert!(disagreements(&broken(Flaw::Batch).agreement(Operator::Jacobian)) > 0);
    assert!(!broken(Flaw::Batch).run(Check::Laws).is_clean());
}

#[test]
fn accumulated_outputs() {
    assert!(disagreements(&broken(Flaw::Accumulates).agreement(Operator::Pushforward)) > 0);
}

#[test]
fn stale_point() {
    for operator in [Operator::Pushforward, Operator::Derivative, Operator::Gradient, Operator::Jacobian] {
        assert!(disagreements(&broken(Flaw::StalePoint).agreement(operator)) > 0, "{operator}");
    }
}

#[test]
fn transposed_jacobian() {
    let report = suite(&Transposed).agreement(Operator::Jacobian);
    assert!(disagreements(&report) > 0 && disagreements(&report) < report.scenarios(), "{report}");
    suite(&Transposed).agreement(Operator::Pushforward).assert_clean();
}

#[test]
fn poisoned_by_a_panic() {
    assert!(disagreements(&broken(Flaw::Poisoned).run(Check::Panics)) > 0);
    broken(Flaw::Poisoned).agreement(Operator::Pushforward).assert_clean();
}

#[test]
fn buffers_of_the_first_size() {
    assert!(!broken(Flaw::KeepsSize).run(Check::Resizing).is_clean());
    broken(Flaw::KeepsSize).agreement(Operator::Pushforward).assert_clean();
}

#[test]
fn allocations_in_a_call() {
    let report = broken(Flaw::Allocates).run(Check::Allocations);
    assert!(report.findings.iter().any(|finding| matches!(finding.fault, Fault::Allocations(_))), "{report}");
}

#[test]
fn needless_calls() {
    let report = broken(Flaw::Wasteful).with_evaluations(evaluations()).run(Check::Calls);
    for operator in Operator::ALL {
        let found = |finding: &&Finding| finding.scenario.ends_with(operator.name());
        let count = report.findings.iter().filter(found).filter(|f| matches!(f.fault, Fault::Calls { .. })).count();
        assert!(count > 0, "{operator}: {report}");
    }
}

#[test]
fn calls_that_are_not_those_documented() {
    let exact = || suite(&Exact);
    exact().run(Check::Calls).assert_clean();
    let others = [
        Evaluations::forward(Width::of::<f64>(ChunkWidth::Fixed(3), &[])),
        evaluations().with_second(SecondOrder::Duals(Width::of::<f64>(ChunkWidth::Fixed(4), &[]))),
        Evaluations::nested(Evaluations::reverse(), evaluations()),
    ];
    for other in others {
        let report = exact().with_evaluations(other).run(Check::Calls);
        assert!(
            report.findings.iter().any(|finding| matches!(finding.fault, Fault::Calls { .. })),
            "{other:?}: {report}"
        );
    }
}

#[test]
fn infinities_hidden() {
    assert!(!broken(Flaw::Sanitizes).run(Check::NotFinite).is_clean());
    assert!(disagreements(&broken(Flaw::Sanitizes).run(Check::Elementary)) > 0);
}

#[test]
fn laws_name_the_smallest_program_and_how_to_see_it_again() {
    let report = broken(Flaw::Sign).run(Check::Laws);
    let failed: Vec<&str> = report.findings.iter().map(|finding| &*finding.variant).collect();
    for law in ["Jacobian in closed form", "pushforwards are near differences", "chain rule of Jacobians"] {
        assert!(failed.contains(&law), "{law}: {report}");
    }
    // A wrong sign is as linear as the right one.
    assert!(!failed.contains(&"linearity in the tangent"), "{report}");
    let text = report.findings[0].to_string();
    for part in ["f is {", "y = (", "at x = [", "dx = [", "DI_LAWS_SEED=", "DI_LAWS_CASES="] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn laws_see_a_transposed_jacobian() {
    let report = suite(&Transposed).run(Check::Laws);
    let failed: Vec<&str> = report.findings.iter().map(|finding| &*finding.variant).collect();
    assert!(failed.contains(&"the Jacobian column by column") && !failed.contains(&"adjointness"), "{report}");
}

#[test]
fn laws_see_zeros() {
    let report = suite(&Zero).run(Check::Laws);
    let count = report.findings.iter().filter(|finding| finding.variant.contains("closed form")).count();
    assert_eq!((count, report.scenarios()), (6, law_scenarios().len()), "{report}");
}

/// What the attacks of these names find on a few functions.
fn attacked(flaw: Flaw, attacks: &[&str]) -> Report {
    let functions = ["dense/num_to_vec", "sizes/sine 2", "sizes/chained_quartic 2"];
    let names = attacks.iter().flat_map(|attack| functions.map(|function| format!("{attack}: {function}")));
    broken(flaw).with_filter(Filter::default().names(names)).run(Check::Adversarial)
}

/// The names of attacks that found something, of these.
fn attacks(flaw: Flaw, attacks: &[&str]) -> HashSet<String> {
    let report = attacked(flaw, attacks);
    let name = |finding: &Finding| finding.scenario.split(['/', ':']).nth(1).map(Into::into);
    report.findings.iter().filter_map(name).collect()
}

#[test]
fn memory_that_is_not_given_back() {
    let report = attacked(Flaw::Leaks, &["used and dropped", "panics in calls"]);
    assert!(report.findings.iter().any(|finding| matches!(finding.fault, Fault::Leak(24..))), "{report}");
    assert!(report.findings.iter().all(|finding| matches!(finding.fault, Fault::Leak(_))), "{report}");
}

#[test]
fn attacks_that_succeed() {
    let of_panics = ["panics in preparation", "panics in calls"];
    assert_eq!(attacks(Flaw::Swallows, &of_panics).len(), 2);
    assert!(attacks(Flaw::Poisoned, &of_panics).contains("panics in calls"));
    assert!(attacks(Flaw::Poisoned, &["reentrancy", "left half-way"]).is_empty());
    assert_eq!(attacks(Flaw::Sanitizes, &["unwritten outputs", "outputs that are no numbers"]).len(), 2);
    assert_eq!(attacks(Flaw::Shares, &["reentrancy", "recursion"]).len(), 2);
    assert_eq!(attacks(Flaw::StalePoint, &["left half-way"]).len(), 1);
}
