//! Decisions, saved and loaded.

use crate::functions::{Sheet, Wells};
use crate::outcome;
use crate::paced::{Fault, clock, exact, faulty, passes};
use di_backends::{AnyBackend, ChooseError, Decision, Error, Operator, Outcome, choose};

const X: [f64; 2] = [0.7, -1.2];

#[test]
fn a_decision_is_saved_and_loaded() {
    let choice = || choose(Wells, &X).without_defaults().with(exact("slow", 20)).with(exact("quick", 10)).clock(clock);
    let decision = choice().gradient().unwrap().decision().clone();
    let text = serde_json::to_string(&decision).unwrap();
    assert_eq!(text, r#"{"operator":"Gradient","backend":"quick","inputs":2,"outputs":1}"#);
    let loaded: Decision = serde_json::from_str(&text).unwrap();
    assert_eq!(loaded, decision);

    let mut again = choice().by(&loaded).gradient().unwrap();
    // Prepared, and nothing else.
    assert_eq!((passes("quick"), passes("slow")), (1, 0));
    assert_eq!(again.gradient(&X).unwrap()[0], 4.0 * X[0] * (X[0] * X[0]));
    assert_eq!(again.decision(), &decision);
    assert_eq!(*outcome(again.report(), "quick"), Outcome::Loaded);
    assert!(again.report().to_string().contains("chosen by a decision, not measured"), "{}", again.report());
}

#[test]
fn a_decision_for_something_else_is_an_error() {
    let decision = choose(Wells, &X).gradient().unwrap().decision().clone();
    let error = choose(Wells, &X).by(&decision).hessian().unwrap_err();
    assert!(matches!(error, ChooseError::OtherOperator { expected: Operator::Hessian, found: Operator::Gradient }));
    assert_eq!(error.to_string(), "the decision is for the gradient, but the Hessian was asked for");
    let error = choose(Wells, &[1.0; 3]).by(&decision).gradient().unwrap_err();
    assert!(matches!(error, ChooseError::OtherLength { argument: "inputs", expected: 3, found: 2 }));

    let mut decision = choose(Sheet, &X).jacobian().unwrap().decision().clone();
    decision.outputs = 4;
    let error = choose(Sheet, &X).by(&decision).jacobian().unwrap_err();
    assert!(matches!(error, ChooseError::OtherLength { argument: "outputs", expected: 3, found: 4 }));
}

#[test]
fn a_decision_for_no_candidate_is_an_error() {
    let decision = choose(Wells, &X).without_defaults().with(exact("own", 1)).gradient().unwrap().decision().clone();
    let error = choose(Wells, &X).by(&decision).gradient().unwrap_err();
    assert!(matches!(&error, ChooseError::NoSuchCandidate { backend, .. } if backend == "own"), "{error}");
    assert!(error.to_string().contains("the candidates are num-dual, tape, finite-diff"), "{error}");
    let failing = choose(Wells, &X).with(faulty("own", Fault::Preparation)).by(&decision);
    assert!(matches!(failing.gradient(), Err(ChooseError::Engine(Error::Unsupported { .. }))));
}

#[test]
fn names_of_decisions_are_those_of_the_choice_by_name() {
    for (name, chosen) in ["num-dual", "tape", "mixed", "finite-diff"]
        .map(|name| (name, choose(Wells, &X).among([name]).hessian().unwrap()))
    {
        let backend: AnyBackend = chosen.decision().backend.parse().unwrap();
        assert_eq!(backend.to_string(), name);
    }
}
