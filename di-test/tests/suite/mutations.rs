//! Every mistake, in every operator that can have it, is found by the check that is there for it.

use super::evaluations;
use super::mutant::Mutant;
use super::mutation::Mutation;
use di_test::{Exclusions, Filter, Operator, Report, Suite, Tolerance, Verdict};
use std::ops::ControlFlow;

/// One check of the mutant's operator, until it finds something.
fn run(mutant: Mutant) -> Report {
    Suite::<f64>::new(&mutant, Tolerance::EXACT, Exclusions::default())
        .with_evaluations(evaluations())
        .with_filter(Filter::default().operators([mutant.operator]))
        .observed_by(|outcome| match outcome.verdict {
            Verdict::Failed(_) => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        })
        .run(mutant.mutation.check())
}

/// Fails if the mistake goes unseen in an operator.
fn caught(mutation: Mutation) {
    let possible = Operator::ALL.into_iter().filter(|&operator| mutation.is_possible_in(operator));
    let mutants: Vec<Mutant> = possible.map(|operator| Mutant { mutation, operator }).collect();
    assert!(!mutants.is_empty(), "{mutation:?} is in no operator");
    for mutant in mutants {
        let report = run(mutant);
        let seen = report
            .findings
            .iter()
            .any(|finding| mutation.explains(&finding.fault) && finding.scenario.ends_with(mutant.operator.name()));
        assert!(seen, "{mutation:?} of {} is not caught: {report}", mutant.operator);
    }
}

#[test]
fn every_mistake_is_caught_in_every_operator() {
    assert!(Mutation::ALL.len() >= 25);
    Mutation::ALL.into_iter().for_each(caught);
}

#[test]
fn a_mistake_that_an_operator_cannot_have_changes_nothing() {
    // The engine behind the mutants is right: without its mistake a mutant passes.
    let mutant = Mutant { mutation: Mutation::Transposed, operator: Operator::Gradient };
    let suite = Suite::<f64>::new(&mutant, Tolerance::EXACT, Exclusions::default());
    for operator in Operator::ALL {
        suite.agreement(operator).assert_clean();
    }
}
