//! What holds at any point, empty shapes, and buffers that held something else.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use di_core::ndarray::{Array2, ArrayView2};
use di_core::{
    Error, Gradient, Hessian, Hvp, Jacobian, PrepareGradient, PrepareHessian, PrepareHvp, PrepareJacobian,
    PreparePushforward, Pushforward, from_fn, from_vector_fn, gradient, hessian, hvp, jacobian, pullback, pushforward,
    value_and_gradient, value_and_jacobian,
};
use di_finite_diff::FiniteDiff;
use proptest::prelude::*;

fn vector(x: &[f64], y: &mut [f64]) {
    y[0] = x[0].sin() * x[1];
    y[1] = x[1] * x[2] - x[0];
}

fn scalar(x: &[f64]) -> f64 {
    (x[0] * x[1]).cos() + x[2] * x[2] * x[0]
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

struct Scaled(f64);

impl di_core::ScalarFn<f64> for Scaled {
    fn call(&self, x: &[f64]) -> f64 {
        self.0 * x[0]
    }
}

fn point() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-2.0..2.0_f64, 3)
}

proptest! {
    #[test]
    fn pushforward_and_pullback_are_adjoint(x in point(), dx in point(), dy in prop::collection::vec(-2.0..2.0_f64, 2)) {
        for (backend, tolerance) in [(FiniteDiff::central(), 1e-8), (FiniteDiff::forward(), 1e-5)] {
            let pushed = pushforward(&backend, from_vector_fn(2, vector), &x, &dx).unwrap();
            let pulled = pullback(&backend, from_vector_fn(2, vector), &x, &dy).unwrap();
            prop_assert!((dot(&pushed, &dy) - dot(&pulled, &dx)).abs() < tolerance);
        }
    }

    #[test]
    fn hvp_is_the_hessian_times_the_tangent(x in point(), dx in point()) {
        let backend = FiniteDiff::central();
        let hess = hessian(&backend, from_fn(scalar), &x).unwrap();
        let product = hess.dot(&di_core::ndarray::arr1(&dx));
        let found = hvp(&backend, from_fn(scalar), &x, &dx).unwrap();
        prop_assert!(found.iter().zip(&product).all(|(a, b)| (a - b).abs() < 1e-5), "{found:?} {product:?}");
    }

    #[test]
    fn one_prepared_object_repeats_itself(x in point(), other in point()) {
        let mut prepared = FiniteDiff::central().prepare_gradient(from_fn(scalar), &other).unwrap();
        let first = prepared.gradient(&x).unwrap();
        prepared.gradient(&other).unwrap();
        prop_assert_eq!(prepared.gradient(&x).unwrap(), first.clone());
        prop_assert_eq!(gradient(&FiniteDiff::central(), from_fn(scalar), &x).unwrap(), first);
    }
}

#[test]
fn empty_shapes() {
    for backend in [FiniteDiff::forward(), FiniteDiff::central()] {
        let constant = from_fn(|_: &[f64]| 7.0);
        assert_eq!(value_and_gradient(&backend, constant, &[]).unwrap(), (7.0, vec![]));
        assert_eq!(hessian(&backend, constant, &[]).unwrap().dim(), (0, 0));
        assert_eq!(hvp(&backend, constant, &[], &[]).unwrap(), [0.0; 0]);
        let none = from_vector_fn(0, |_: &[f64], _: &mut [f64]| {});
        assert_eq!(jacobian(&backend, none, &[1.0, 2.0]).unwrap().dim(), (0, 2));
        let some = from_vector_fn(1, |_: &[f64], y: &mut [f64]| y[0] = 3.0);
        assert_eq!(value_and_jacobian(&backend, some, &[]).unwrap().0, [3.0]);
        let mut prepared = backend.prepare_pushforward(from_vector_fn(2, vector), &[1.0; 3]).unwrap();
        let mut y = [f64::NAN; 2];
        let no_tangents = ArrayView2::from_shape((3, 0), &[]).unwrap();
        let mut dy = Array2::zeros((2, 0));
        prepared.evaluate_pushforward(&[1.0; 3], no_tangents, Some(&mut y), dy.view_mut()).unwrap();
        assert_eq!(y, [1.0_f64.sin(), 0.0]);
    }
}

#[test]
fn outputs_are_overwritten_whatever_they_held() {
    let x = [0.3, -0.8, 1.1];
    let mut jac = Array2::from_elem((2, 3), f64::NAN);
    let mut prepared = FiniteDiff::central().prepare_jacobian(from_vector_fn(2, vector), &[9.0; 3]).unwrap();
    prepared.jacobian_into(&x, jac.view_mut()).unwrap();
    assert_eq!(jac, prepared.jacobian(&x).unwrap());
    assert!(jac.iter().all(|j| j.is_finite()));
    let mut hess = Array2::from_elem((3, 3), f64::NAN);
    let mut prepared = FiniteDiff::central().prepare_hessian(from_fn(scalar), &[9.0; 3]).unwrap();
    prepared.hessian_into(&x, hess.view_mut()).unwrap();
    assert!(hess.iter().all(|h| h.is_finite()));
}

#[test]
fn functions_that_accumulate_into_their_output_see_their_own_writes_only() {
    // The contract leaves `y` unspecified on entry; a function that fills it first must be right at every call.
    let f = from_vector_fn(1, |x: &[f64], y: &mut [f64]| {
        y.fill(0.0);
        for x in x {
            y[0] += x * x;
        }
    });
    let mut prepared = FiniteDiff::central().prepare_jacobian(f, &[1.0, 2.0]).unwrap();
    for _ in 0..10 {
        let jac = prepared.jacobian(&[1.0, 2.0]).unwrap();
        assert!((jac[(0, 0)] - 2.0).abs() < 1e-9 && (jac[(0, 1)] - 4.0).abs() < 1e-9);
    }
}

#[test]
fn buffers_follow_another_length_and_another_constant() {
    let sum = from_fn(|x: &[f64]| x.iter().map(|x| x * x).sum::<f64>());
    let mut prepared = FiniteDiff::central().prepare_gradient(sum, &[1.0; 5]).unwrap();
    prepared.resize(&[1.0; 2]).unwrap();
    let grad = prepared.gradient(&[1.0, 2.0]).unwrap();
    assert!((grad[0] - 2.0).abs() < 1e-9 && (grad[1] - 4.0).abs() < 1e-9);
    prepared.resize(&[1.0; 9]).unwrap();
    assert_eq!(prepared.gradient(&[1.0; 9]).unwrap().len(), 9);

    let mut prepared = FiniteDiff::central().prepare_hvp(Scaled(1.0), &[1.0]).unwrap();
    prepared.function_mut().0 = 5.0;
    let mut grad = [0.0];
    prepared.value_gradient_and_hvp_into(&[1.0], &[1.0], &mut grad, &mut [0.0]).unwrap();
    assert!((grad[0] - 5.0).abs() < 1e-9);
}

#[test]
fn wrong_lengths_leave_outputs_alone() {
    let mut prepared = FiniteDiff::central().prepare_hessian(from_fn(scalar), &[1.0; 3]).unwrap();
    let mut grad = [f64::NAN; 2];
    let mut hess = Array2::from_elem((3, 3), -1.0);
    let result = prepared.value_gradient_and_hessian_into(&[1.0; 3], &mut grad, hess.view_mut());
    assert!(matches!(result, Err(Error::Length { argument: "grad", expected: 3, found: 2 })));
    assert!(hess.iter().all(|&h| h == -1.0));
}

#[test]
fn a_panic_in_the_function_leaves_the_object_usable() {
    let f = from_fn(|x: &[f64]| if x[0] > 100.0 { panic!("out of range") } else { x[0] * x[1] });
    let mut prepared = FiniteDiff::central().prepare_gradient(f, &[1.0, 1.0]).unwrap();
    let mut run = std::panic::AssertUnwindSafe(|x: &[f64]| prepared.gradient(x).unwrap());
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(&[200.0, 1.0]))).is_err());
    let grad = run(&[2.0, 3.0]);
    assert!((grad[0] - 3.0).abs() < 1e-9 && (grad[1] - 2.0).abs() < 1e-9);
}
