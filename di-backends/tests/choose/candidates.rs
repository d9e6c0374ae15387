//! What is chosen from.

use crate::functions::{Sheet, Wells};
use crate::outcome;
use crate::paced::{Fault, clock, exact, faulty, passes};
use di_backends::{
    Cache, ChooseError, EnzymeStyle, Error, FiniteDiff, NumDual, Outcome, Real, ScalarFn, Tape, choose, from_fn,
    scalar_fn,
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

const X: [f64; 2] = [0.7, -1.2];

fn names(report: &di_backends::Report) -> Vec<&str> {
    report.rows.iter().map(|row| &*row.backend).collect()
}

#[test]
fn engines_of_this_crate_are_candidates_by_default_and_others_are_added() {
    let default = choose(&Wells, &X).gradient().unwrap();
    assert_eq!(names(default.report()), ["num-dual", "tape", "finite-diff"]);
    let second = choose(&Wells, &X).with(EnzymeStyle::default()).hessian().unwrap();
    assert_eq!(names(second.report()), ["num-dual", "tape", "mixed", "finite-diff", "enzyme-style"]);
    let few = choose(&Wells, &X).with(exact("own", 1)).among(["own", "tape"]).gradient().unwrap();
    assert_eq!(names(few.report()), ["tape", "own"]);
    let widths = choose(&Wells, &X).with_named("one", NumDual::fixed(1)).with_named("two", NumDual::fixed(2));
    assert_eq!(names(widths.without_defaults().gradient().unwrap().report()), ["one", "two"]);
}

#[test]
fn a_closure_of_plain_numbers_takes_differences() {
    let scale = 3.0;
    let f = from_fn(move |x: &[f64]| scale * x[0] * x[1]);
    let mut chosen = choose(&f, &X).without_defaults().with(FiniteDiff::central()).gradient().unwrap();
    assert!((chosen.gradient(&X).unwrap()[0] - 3.0 * X[1]).abs() < 1e-8);
    assert_eq!(*outcome(chosen.report(), "finite-diff"), Outcome::ChosenApproximate);
}

#[test]
fn candidates_that_fail_are_listed_with_their_reason() {
    // In preparation, at `x`, at the neighbour, and while they are measured.
    let failing = [Fault::Preparation, Fault::Pass(2), Fault::Pass(3), Fault::Pass(5)];
    for (name, fault) in ["preparation", "here", "near", "later"].into_iter().zip(failing) {
        let candidates = choose(Wells, &X).without_defaults().clock(clock).with(faulty(name, fault));
        let chosen = candidates.with(exact("right", 30)).gradient().unwrap();
        assert_eq!(chosen.decision().backend, "right");
        let Outcome::Failed(reason) = outcome(chosen.report(), name) else { panic!("{}", chosen.report()) };
        assert!(reason.contains(&format!("backend `{name}` does not support this test")), "{reason}");
        assert_eq!(chosen.report().rows[0].time, None);
    }
    assert_eq!(passes("near"), 3);
}

#[test]
fn if_all_fail_the_error_lists_all_reasons() {
    let candidates = choose(Wells, &X).without_defaults().with(faulty("one", Fault::Preparation));
    let error = candidates.with(faulty("two", Fault::Pass(1))).gradient().unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("one: ") && text.contains("preparation fails; two: ") && text.contains("a pass fails"),
        "{text}"
    );
    let ChooseError::AllFailed { reasons, .. } = error else { panic!("{error}") };
    assert!(reasons.iter().all(|(_, reason)| matches!(reason, Error::Unsupported { .. })));
}

#[test]
fn names_must_tell_candidates_apart() {
    let error = choose(Wells, &X).with(NumDual::fixed(1)).gradient().unwrap_err();
    assert!(matches!(&error, ChooseError::SameName { name } if name == "num-dual"), "{error}");
    let error = choose(Wells, &X).among(["tape", "adjoint"]).gradient().unwrap_err();
    assert!(error.to_string().contains("`adjoint`; the candidates are num-dual, tape, finite-diff"), "{error}");
    // One that has nothing to add to the other two is not there.
    let error = choose(Wells, &X).among(["mixed"]).gradient().unwrap_err();
    assert!(matches!(error, ChooseError::UnknownCandidate { .. }), "{error}");
}

#[test]
fn without_candidates_there_is_advice() {
    let nothing: [&str; 0] = [];
    for result in [choose(Wells, &X).without_defaults().gradient(), choose(Wells, &X).among(nothing).gradient()] {
        let error = result.unwrap_err();
        assert!(matches!(error, ChooseError::NoCandidates), "{error}");
        assert!(error.to_string().contains("`.with(…)`"), "{error}");
    }
}

#[test]
fn options_that_make_no_sense_are_errors() {
    let option = |result: Result<_, ChooseError>| match result {
        Err(ChooseError::Engine(Error::Option { option, .. })) => option,
        _ => "none",
    };
    for tolerance in [f64::NAN, -1.0] {
        assert_eq!(option(choose(Wells, &X).tolerance(tolerance).gradient()), "tolerance");
        assert_eq!(option(choose(Wells, &X).difference_tolerance(tolerance).gradient()), "difference_tolerance");
    }
    assert_eq!(option(choose(Wells, &X).samples(0).gradient()), "samples");
    for cutoff in [f64::NAN, 0.5] {
        assert_eq!(option(choose(Wells, &X).cutoff(cutoff).gradient()), "cutoff");
    }
    assert_eq!(option(choose(Wells, &X).gradient()), "none");
}

#[test]
fn panics_of_the_function_go_through() {
    fn thorny<T: Real>(x: &[T]) -> T {
        assert!(x[0] > T::zero(), "the first input must be positive");
        x[0].ln()
    }
    let choice = AssertUnwindSafe(|| choose(scalar_fn!(thorny), &[-1.0]).gradient().map(drop));
    let panic = catch_unwind(choice).unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"the first input must be positive"));
    // Neighbours keep the sign of every input.
    for seed in 0..20 {
        choose(scalar_fn!(thorny), &[1e-3])
            .seed(seed)
            .neighbours(5)
            .budget(Duration::ZERO)
            .among(["num-dual", "tape"])
            .gradient()
            .unwrap();
    }
}

#[test]
fn what_is_chosen_owns_the_function_and_can_be_sent() {
    /// A function with memory of its own, which cannot be shared.
    #[derive(Clone)]
    struct Buffered(Cache);
    impl<T: Real> ScalarFn<T> for Buffered {
        fn call(&self, x: &[T]) -> T {
            let mut squares = self.0.buffer::<T>(x.len());
            squares.iter_mut().zip(x).for_each(|(square, &x)| *square = x * x);
            squares.iter().copied().sum()
        }
    }
    let chosen = choose(Buffered(Cache::default()), &X).gradient().unwrap();
    let grad = std::thread::spawn(move || {
        let mut inner: Box<dyn di_backends::Gradient + Send> = chosen.into_inner();
        inner.gradient(&X)
    });
    assert!((grad.join().unwrap().unwrap()[1] - 2.0 * X[1]).abs() < 1e-6);
}

#[test]
fn a_single_candidate_needs_no_other() {
    let mut chosen = choose(&Sheet, &X).without_defaults().with(Tape::default()).jacobian().unwrap();
    assert_eq!(chosen.jacobian(&X).unwrap()[(0, 0)], X[1]);
    assert_eq!(chosen.report().rows[0].distance, None);
}
