//! Candidates that disagree.

use crate::functions::{Sheet, Wells};
use crate::paced::{Fault, Paced, approximate, clock, exact, faulty};
use crate::{disagreement, outcome};
use di_backends::{EnzymeStyle, FiniteDiff, NumDual, Outcome, Real, Tape, choose, choose_unary, scalar_fn, unary_fn};

const X: [f64; 2] = [0.7, -1.2];

/// `4 x_i (x_i² - i)`.
fn wells_gradient(i: usize) -> f64 {
    4.0 * X[i] * (X[i] * X[i] - [0.0, 1.0][i])
}

#[test]
fn a_wrong_sign_is_an_error_that_names_both_the_entry_and_the_numbers() {
    let error = disagreement(choose(Wells, &X).with(faulty("wrong", Fault::Sign)).clock(clock).gradient());
    assert_eq!((&*error.first, &*error.second), ("num-dual", "wrong"));
    let index = usize::from(error.entry == "gradient[1]");
    assert_eq!((error.entry, error.point), (format!("gradient[{index}]"), "at x".into()));
    assert!((error.first_value - wells_gradient(index)).abs() < 1e-12);
    assert!((error.second_value + wells_gradient(index)).abs() < 1e-12);
    assert!(error.difference > 0.1 && error.tolerance < 1e-7 && !error.approximate);

    let text = choose(Wells, &X).with(faulty("wrong", Fault::Sign)).gradient().unwrap_err().to_string();
    for part in ["num-dual and wrong disagree about the gradient: gradient[", "] at x is ", " by the former and "] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn every_operator_notices_a_wrong_sign() {
    let wrong = faulty("wrong", Fault::Sign);
    let names = |error: di_backends::Disagreement| error.entry;
    assert!(names(disagreement(choose(Wells, &X).with(wrong).hvp())).starts_with("gradient["));
    assert!(names(disagreement(choose(Wells, &X).with(wrong).hessian())).starts_with("gradient["));
    assert!(names(disagreement(choose(Sheet, &X).with(wrong).pushforward())).starts_with("pushforward["));
    assert!(names(disagreement(choose(Sheet, &X).with(wrong).pullback())).starts_with("pullback["));
    assert!(names(disagreement(choose(Sheet, &X).with(wrong).jacobian())).starts_with("Jacobian["));
    let (wave, helix) = (crate::functions::Wave, crate::functions::Helix);
    assert_eq!(names(disagreement(choose_unary(wave, 0.4).with(wrong).derivative())), "derivative[0]");
    assert_eq!(names(disagreement(choose_unary(wave, 0.4).with(wrong).second_derivative())), "derivative[0]");
    assert!(names(disagreement(choose_unary(helix, 0.4).with(wrong).curve_derivative())).starts_with("derivative["));
    let error = disagreement(choose_unary(helix, 0.4).with(wrong).curve_second_derivative());
    assert!(error.entry.starts_with("derivative["));
}

#[test]
fn an_entry_of_a_matrix_is_named_by_row_and_column() {
    let error = disagreement(choose(Sheet, &X).with(faulty("wrong", Fault::Output(2))).jacobian());
    assert!(["Jacobian[2, 0]", "Jacobian[2, 1]"].contains(&&*error.entry), "{error}");
    // The Hessian's own error, where the gradient is right: twice the wrong factor in second derivatives, and once in first.
    let error = disagreement(choose(Wells, &X).with(faulty("wrong", Fault::Factor(1e-7))).hessian());
    assert_eq!(error.entry, "gradient[1]");
    let tolerant = choose(Wells, &X).with(faulty("wrong", Fault::Factor(1e-4))).tolerance(1.5e-4);
    assert!(disagreement(tolerant.hessian()).entry.starts_with("Hessian["));
}

#[test]
fn a_wrong_value_disagrees_with_the_function_itself() {
    let error = disagreement(choose(Wells, &X).with(faulty("wrong", Fault::Value)).gradient());
    assert_eq!((&*error.first, &*error.second, &*error.entry), ("the function itself", "wrong", "value[0]"));
    assert!((error.second_value - error.first_value - 1.0).abs() < 1e-12);
}

#[test]
fn a_derivative_that_is_right_at_x_alone_is_noticed_near_it() {
    let choice = || choose(Wells, &X).with(faulty("wrong", Fault::AwayFrom(X[0])));
    let error = disagreement(choice().gradient());
    assert!(error.point.starts_with("at a point near x, [0."), "{}", error.point);
    assert_eq!(error.second_value, 7.0);
    // Another seed, another point.
    assert_ne!(disagreement(choice().seed(2).gradient()).point, error.point);
    assert!(choice().neighbours(0).gradient().is_ok());
}

#[test]
fn the_only_exact_one_is_compared_near_x_before_inexact_ones_are() {
    let candidates = choose(Wells, &X).without_defaults().clock(clock).with(approximate("one", 1));
    let wrong = Paced { microseconds: 90_000, ..faulty("wrong", Fault::AwayFrom(X[0])) };
    let error = disagreement(candidates.with(approximate("two", 1)).with(wrong).gradient());
    assert_eq!((&*error.first, &*error.second), ("wrong", "one"));
}

#[test]
fn differences_do_not_outvote() {
    // They side with `right`, and still the two exact ones are named.
    let candidates = choose(Wells, &X).without_defaults().clock(clock).with(FiniteDiff::central());
    let error = disagreement(candidates.with(faulty("wrong", Fault::Sign)).with(exact("right", 5)).gradient());
    assert_eq!((&*error.first, &*error.second, error.approximate), ("wrong", "right", false));
    // Alone against one exact candidate they cannot tell who is wrong.
    let candidates = choose(Wells, &X).without_defaults().clock(clock).with(FiniteDiff::central());
    let error = disagreement(candidates.with(faulty("wrong", Fault::Sign)).gradient());
    assert_eq!((&*error.first, &*error.second, error.approximate), ("wrong", "finite-diff", true));
    assert!(error.to_string().contains("`.difference_tolerance(…)`"), "{error}");
}

#[test]
fn differences_notice_what_all_exact_engines_overlook() {
    fn constant<T: Real>(x: &[T]) -> T {
        x[0] * x[0] * T::lift(x[1].to_f64().unwrap_or(0.0))
    }
    let error = disagreement(choose(scalar_fn!(constant), &X).gradient());
    assert_eq!((&*error.entry, &*error.second, error.first_value), ("gradient[1]", "finite-diff", 0.0));
}

#[test]
fn tolerances_say_how_much_is_too_much() {
    let off =
        |part| choose(Wells, &X).without_defaults().with(exact("right", 5)).with(faulty("off", Fault::Factor(part)));
    assert!(off(1e-10).gradient().is_ok());
    assert!(off(1e-6).gradient().is_err());
    assert!(off(1e-6).tolerance(1e-5).gradient().is_ok());
    assert!(off(1e-10).tolerance(1e-12).gradient().is_err());
    assert!(off(0.0).tolerance(0.0).gradient().is_ok());
    let about = |part| {
        let about = Paced { fault: Fault::Factor(part), ..approximate("about", 5) };
        choose(Wells, &X).without_defaults().with(exact("right", 5)).with(about)
    };
    assert!(about(1e-6).gradient().is_ok());
    assert!(about(1e-2).gradient().is_err());
    assert!(about(1e-2).difference_tolerance(0.1).gradient().is_ok());
    assert!(about(1e-2).hessian().unwrap_err().to_string().contains("gradient["), "a first derivative, as before");
    assert!(disagreement(about(1e-6).difference_tolerance(1e-9).gradient()).approximate);
}

#[test]
fn single_precision_has_its_own_tolerance() {
    fn bowl<T: di_backends::Scalar>(x: &[T]) -> T {
        x.iter().map(|&x| (x * x).sin()).sum()
    }
    let f = scalar_fn!(bowl: di_backends::Scalar);
    let choice = |part| choose(f, &[0.7_f32, -1.2]).with(faulty("off", Fault::Factor(part)));
    assert!(choice(1e-5).gradient().is_ok());
    assert!(choice(1e-2).gradient().is_err());
}

#[test]
fn a_kink_is_an_error_that_can_be_allowed() {
    fn kink<T: Real>(x: T) -> T {
        x.abs() + x.max(T::zero())
    }
    let choice = || choose_unary(unary_fn!(kink), 0.0).clock(clock);
    let error = disagreement(choice().derivative());
    assert!(error.approximate, "{error}");
    assert!(choice().difference_tolerance(f64::INFINITY).derivative().is_ok());
    assert!(choice().among(["num-dual", "tape"]).derivative().is_ok());
}

#[test]
fn rounding_at_a_minimum_is_no_disagreement() {
    /// A derivative that is rounding alone, everywhere.
    fn one<T: Real>(x: T) -> T {
        x.sin().powi(2) + x.cos().powi(2)
    }
    /// Large values, small derivatives.
    fn offset<T: Real>(x: &[T]) -> T {
        (x[0] * x[1]).sin() * 1e-3 + 1e9
    }
    fn distance<T: Real>(x: &[T]) -> T {
        x.iter().map(|&x| (x.powi(2) - 2.0).powi(2) + (x.sin().powi(2) + x.cos().powi(2))).sum()
    }
    let x = [2.0_f64.sqrt(); 3];
    let f = scalar_fn!(distance);
    for scale in [1.0, 1e-9] {
        let x = x.map(|x| x * scale);
        choose(f, &x).gradient().unwrap();
        choose(f, &x).hessian().unwrap();
    }
    choose_unary(unary_fn!(one), 1.0).second_derivative().unwrap();
    choose(scalar_fn!(offset), &X).gradient().unwrap();
}

#[test]
fn distances_are_reported() {
    let candidates = choose(Wells, &X).without_defaults().with(Tape::default()).with(NumDual::default());
    let chosen = candidates.with(FiniteDiff::central()).with(EnzymeStyle::default()).gradient().unwrap();
    let distances: Vec<_> = chosen.report().rows.iter().map(|row| row.distance).collect();
    assert_eq!(distances[0], None);
    assert!(distances[1].unwrap() < 1e-14 && distances[3].unwrap() < 1e-14, "{distances:?}");
    assert!((1e-16..1e-7).contains(&distances[2].unwrap()), "{distances:?}");
    assert_eq!(*outcome(chosen.report(), "finite-diff"), Outcome::Approximate);
}
