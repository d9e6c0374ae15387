//! Choosing where no engine is enabled.
#![cfg(all(feature = "choose", not(any(feature = "num-dual", feature = "tape", feature = "finite-diff"))))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use di_backends::{ChooseError, Outcome, Zero, choose, from_fn};

#[test]
fn there_is_no_candidate_but_those_that_are_added() {
    let f = from_fn(|_: &[f64]| 3.0);
    let error = choose(&f, &[1.0]).gradient().unwrap_err();
    assert!(matches!(error, ChooseError::NoCandidates), "{error}");
    assert!(error.to_string().contains("the feature `tape`"), "{error}");
    let mut chosen = choose(&f, &[1.0]).with(Zero).gradient().unwrap();
    assert_eq!(chosen.value_and_gradient(&[1.0]).unwrap(), (3.0, vec![0.0]));
    assert_eq!(chosen.report().rows[0].outcome, Outcome::Chosen);
}
