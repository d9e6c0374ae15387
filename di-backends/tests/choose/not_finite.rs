//! Answers that are no numbers.

use crate::paced::{Fault, Paced, approximate, clock, exact, faulty};
use crate::{disagreement, outcome};
use di_backends::{Outcome, Real, choose, choose_unary, scalar_fn, unary_fn};

fn root<T: Real>(x: T) -> T {
    x.sqrt()
}

fn cube_root<T: Real>(x: T) -> T {
    x.cbrt()
}

fn logarithms<T: Real>(x: &[T]) -> T {
    x.iter().map(|x| x.ln()).sum()
}

#[test]
fn engines_agree_about_numbers_that_are_none() {
    // An infinite derivative, of which differences know nothing.
    let mut chosen = choose_unary(unary_fn!(root), 0.0).neighbours(0).derivative().unwrap();
    assert_eq!(chosen.derivative(0.0).unwrap(), f64::INFINITY);
    let distance = |name: &str| chosen.report().rows.iter().find(|row| row.backend == name).unwrap().distance;
    assert_eq!((distance("tape"), distance("finite-diff")), (None, None));
    // One that differences take for a large number.
    assert!(choose_unary(unary_fn!(cube_root), 0.0).neighbours(0).derivative().is_ok());
    // No value at all.
    assert!(choose(scalar_fn!(logarithms), &[1.0, -1.0]).gradient().is_ok());
    assert!(choose(scalar_fn!(logarithms), &[1.0, f64::NAN]).hessian().is_ok());
    assert!(choose(scalar_fn!(logarithms), &[f64::INFINITY, 0.0]).hvp().is_ok());
}

#[test]
fn a_neighbour_outside_of_the_domain_is_left_out() {
    fn point<T: Real>(x: T) -> T {
        if x == T::one() { x * 3.0 } else { T::lift(f64::NAN) }
    }
    let choice = choose_unary(unary_fn!(point), 1.0).without_defaults().clock(clock).with(exact("right", 5));
    // It would be wrong there.
    let mut chosen = choice.with(faulty("away", Fault::AwayFrom(1.0))).neighbours(20).derivative().unwrap();
    assert_eq!(chosen.derivative(1.0).unwrap(), 3.0);
}

#[test]
fn a_number_against_none_is_a_disagreement_of_exact_engines() {
    for constant in [f64::NAN, f64::INFINITY] {
        let choice = choose(scalar_fn!(logarithms), &[1.0, 2.0]).without_defaults().clock(clock);
        let error =
            disagreement(choice.with(exact("right", 5)).with(faulty("lost", Fault::Constant(constant))).gradient());
        assert_eq!((error.first_value, error.second_value.is_finite()), (1.0, false));
    }
    let choice = choose_unary(unary_fn!(root), 0.0).without_defaults().clock(clock).neighbours(0);
    let wrong = faulty("wrong", Fault::Constant(f64::NEG_INFINITY));
    let error = disagreement(choice.with(exact("right", 5)).with(wrong).derivative());
    assert_eq!((error.first_value, error.second_value), (f64::INFINITY, f64::NEG_INFINITY));
}

#[test]
fn differences_that_are_none_confirm_nothing_and_one_that_is_a_number_refutes_none() {
    let about = |constant| Paced { fault: Fault::Constant(constant), ..approximate("about", 1) };
    let choice = || choose(scalar_fn!(logarithms), &[1.0, 2.0]).without_defaults().clock(clock);
    let chosen = choice().with(exact("right", 5)).with(about(f64::NAN)).gradient().unwrap();
    assert_eq!(*outcome(chosen.report(), "about"), Outcome::Approximate);
    assert_eq!(chosen.report().rows[1].distance, None);
    let lost = faulty("lost", Fault::Constant(f64::NAN));
    let error = disagreement(choice().with(lost).with(approximate("about", 1)).gradient());
    assert!(error.approximate && error.first_value.is_nan());
}
