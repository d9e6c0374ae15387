//! Steps that the user chooses.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use di_core::{
    Backend, Error, Mode, PrepareGradient, PrepareHessian, PrepareHvp, PrepareSecondDerivative, Result, derivative,
    from_fn, gradient, second_derivative,
};
use di_finite_diff::FiniteDiff;

#[test]
fn names_and_default() {
    assert_eq!(FiniteDiff::default(), FiniteDiff::central());
    assert_eq!(FiniteDiff::central().name(), "finite-diff");
    assert_eq!(FiniteDiff::forward().name(), "finite-diff-forward");
    assert_eq!(FiniteDiff::forward().mode(), Mode::Difference);
}

#[test]
fn impossible_steps_are_errors_at_preparation() {
    fn names<P>(result: Result<P>, name: &str) -> bool {
        matches!(result, Err(Error::Option { option, .. }) if option == name)
    }
    let f = from_fn(|x: &[f64]| x[0]);
    for step in [0.0, -1e-3, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for scheme in [FiniteDiff::forward(), FiniteDiff::central()] {
            for (backend, name) in
                [(scheme.relative_step(step), "relative_step"), (scheme.absolute_step(step), "absolute_step")]
            {
                assert!(names(backend.prepare_gradient(f, &[1.0]), name), "{backend:?}");
                assert!(names(backend.prepare_hvp(f, &[1.0]), name), "{backend:?}");
                assert!(names(backend.prepare_hessian(f, &[1.0]), name), "{backend:?}");
                assert!(names(gradient(&backend, f, &[1.0]), name), "{backend:?}");
                assert!(names(backend.prepare_second_derivative(from_fn(f64::sin), 1.0), name), "{backend:?}");
            }
        }
    }
    let single = from_fn(|x: &[f32]| x[0]);
    let vanishing = FiniteDiff::central().absolute_step(1e-100);
    assert!(names(vanishing.prepare_gradient(single, &[1.0]), "absolute_step"));
    assert!(vanishing.prepare_gradient(f, &[1.0]).is_ok());
}

#[test]
fn the_step_is_the_one_that_was_asked_for() {
    // The forward difference of x² is exactly 2x + h.
    let square = from_fn(|x: f64| x * x);
    let backend = FiniteDiff::forward().relative_step(0.25).absolute_step(0.5);
    assert_eq!(derivative(&backend, square, 8.0).unwrap(), 18.0);
    assert_eq!(derivative(&backend, square, -8.0).unwrap(), -14.0);
    assert_eq!(derivative(&backend, square, 1.0).unwrap(), 2.5);
    // The central difference of x³ is exactly 3x² + h².
    let cube = from_fn(|x: f64| x * x * x);
    let backend = FiniteDiff::central().relative_step(0.25).absolute_step(0.5);
    assert_eq!(derivative(&backend, cube, 8.0).unwrap(), 196.0);
}

#[test]
fn the_step_is_the_difference_of_the_rounded_points() {
    // So the identity has slope one to the last bit, and the line through two points is no less exact.
    for x in [0.1, -0.1, 0.7, -3.3, 1e-9, 123.456, -9.9e7, 1e300] {
        for backend in [FiniteDiff::forward(), FiniteDiff::central()] {
            assert_eq!(derivative(&backend, from_fn(|x: f64| x), x).unwrap(), 1.0, "{x} {backend:?}");
            assert_eq!(second_derivative(&backend, from_fn(|x: f64| x), x).unwrap(), 0.0, "{x} {backend:?}");
        }
    }
}

#[test]
fn second_differences_follow_the_relative_step() {
    // The second difference of x⁴ is exactly 12x² + 2h².
    let quartic = from_fn(|x: f64| x * x * x * x);
    let forward = FiniteDiff::forward().relative_step(0.0625);
    assert_eq!(second_derivative(&forward, quartic, 1.0).unwrap(), 12.0 + 2.0 * 0.0625);
    let central = FiniteDiff::central().relative_step(0.0625);
    assert_eq!(second_derivative(&central, quartic, 1.0).unwrap(), 12.0 + 2.0 * 0.015_625);
}

#[test]
fn a_step_below_the_resolution_still_moves_the_point() {
    let backend = FiniteDiff::forward().relative_step(1e-30).absolute_step(1e-30);
    let slope = derivative(&backend, from_fn(|x: f64| 3.0 * x), 1.0).unwrap();
    assert_eq!(slope, 4.0, "one unit in the last place is all there is");
    assert_eq!(derivative(&backend, from_fn(|x: f64| 3.0 * x), 0.0).unwrap(), 3.0);
}
