//! How close differences come, by scheme, scalar type and size of the input.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use di_core::ndarray::Array2;
use di_core::num_traits::Float;
use di_core::{
    Gradient, Hvp, PrepareGradient, PrepareHvp, Scalar, ScalarFn, curve_derivative, derivative, from_curve, from_fn,
    hessian, hvp, jacobian, pullback, pushforward, scalar_fn, value_derivative_and_second_derivative,
    value_gradient_and_hessian, vector_fn,
};
use di_finite_diff::FiniteDiff;

/// The largest error relative to the largest entry.
fn error<T: Scalar>(found: &[T], expected: &[f64]) -> f64 {
    assert_eq!(found.len(), expected.len());
    let largest = expected.iter().fold(0.0_f64, |m, e| m.max(e.abs()));
    found.iter().zip(expected).map(|(f, e)| (f.to_f64().unwrap() - e).abs()).fold(0.0, |m: f64, e| {
        assert!(!e.is_nan());
        m.max(e)
    }) / largest
}

fn waves<T: Scalar>(x: &[T], y: &mut [T]) {
    for (i, &x) in x.iter().enumerate() {
        y[2 * i] = x.sin();
        y[2 * i + 1] = x.cos() * T::lift(2.0);
    }
}

fn product<T: Scalar>(x: &[T]) -> T {
    (x[0] * x[1]).sin() + x[2].exp() * x[0]
}

const X: [f64; 3] = [0.42, -1.7, 0.9];

fn product_gradient(x: &[f64]) -> Vec<f64> {
    let c = (x[0] * x[1]).cos();
    vec![x[1] * c + x[2].exp(), x[0] * c, x[0] * x[2].exp()]
}

fn product_hessian(x: &[f64]) -> Array2<f64> {
    let (s, c, e) = ((x[0] * x[1]).sin(), (x[0] * x[1]).cos(), x[2].exp());
    let mixed = c - x[0] * x[1] * s;
    let rows = vec![-x[1] * x[1] * s, mixed, e, mixed, -x[0] * x[0] * s, 0.0, e, 0.0, x[0] * e];
    Array2::from_shape_vec((3, 3), rows).unwrap()
}

#[test]
fn first_derivatives_reach_the_digits_of_their_scheme() {
    let expected = product_gradient(&X);
    let x32 = X.map(f32::lift);
    for (backend, tolerance, tolerance32) in [(FiniteDiff::central(), 1e-9, 1e-4), (FiniteDiff::forward(), 1e-7, 1e-3)]
    {
        let f = scalar_fn!(product: Scalar);
        let found = backend.prepare_gradient(f, &[1.0; 3]).unwrap().gradient(&X).unwrap();
        assert!(error(&found, &expected) < tolerance, "{backend:?} {found:?}");
        let found = backend.prepare_gradient(f, &[1.0_f32; 3]).unwrap().gradient(&x32).unwrap();
        assert!(error(&found, &expected) < tolerance32, "{backend:?} {found:?}");

        let found = jacobian(&backend, vector_fn!(waves: Scalar, |n| 2 * n), &X).unwrap();
        let expected = Array2::from_shape_fn((6, 3), |(i, j)| match i {
            _ if i / 2 != j => 0.0,
            _ if i % 2 == 0 => X[j].cos(),
            _ => -2.0 * X[j].sin(),
        });
        assert!((&found - &expected).iter().all(|e| e.abs() < 2.0 * tolerance), "{backend:?} {found:?}");

        let dy: Vec<f64> = (0..6).map(f64::from).collect();
        let back = pullback(&backend, vector_fn!(waves: Scalar, |n| 2 * n), &X, &dy).unwrap();
        let expected = expected.t().dot(&di_core::ndarray::arr1(&dy));
        assert!(error(&back, expected.as_slice().unwrap()) < tolerance, "{backend:?} {back:?}");
    }
}

#[test]
fn second_derivatives_reach_six_digits_and_in_single_precision_two() {
    for backend in [FiniteDiff::central(), FiniteDiff::forward()] {
        let f = scalar_fn!(product: Scalar);
        let expected = product_hessian(&X);
        let (value, grad, hess) = value_gradient_and_hessian(&backend, f, &X).unwrap();
        assert_eq!(value, product(&X));
        assert!(error(&grad, &product_gradient(&X)) < 1e-7);
        assert!(error(hess.as_slice().unwrap(), expected.as_slice().unwrap()) < 1e-6, "{hess:?}");
        assert_eq!(hess, hess.t());

        let dx = [0.3, 2.0, -1.0];
        let product = expected.dot(&di_core::ndarray::arr1(&dx));
        let found = hvp(&backend, f, &X, &dx).unwrap();
        assert!(error(&found, product.as_slice().unwrap()) < 1e-6, "{found:?}");

        let x32 = X.map(f32::lift);
        let hess = hessian(&backend, f, &x32).unwrap();
        assert!(error(hess.as_slice().unwrap(), expected.as_slice().unwrap()) < 1e-2, "{hess:?}");
        let found = hvp(&backend, f, &x32, &dx.map(f32::lift)).unwrap();
        assert!(error(&found, product.as_slice().unwrap()) < 1e-2, "{found:?}");
    }
}

#[test]
fn one_variable() {
    let (y, dy, ddy) = value_derivative_and_second_derivative(&FiniteDiff::central(), from_fn(f64::sin), 0.42).unwrap();
    assert_eq!(y, 0.42_f64.sin());
    assert!((dy - 0.42_f64.cos()).abs() < 1e-7);
    assert!((ddy + 0.42_f64.sin()).abs() < 1e-6);
    let curve = from_curve(2, |x: f64, y: &mut [f64]| (y[0], y[1]) = (x.sin(), (2.0 * x).sin()));
    let found = curve_derivative(&FiniteDiff::central(), curve, 0.42).unwrap();
    assert!(error(&found, &[0.42_f64.cos(), 2.0 * 0.84_f64.cos()]) < 1e-9);
}

#[test]
fn large_and_small_inputs() {
    for scale in [1e-8, 1.0, 1e8, -1e8] {
        let x = [0.7 * scale, -1.3 * scale];
        let square = from_fn(|x: &[f64]| x[0] * x[0] + x[0] * x[1] * 3.0);
        let expected = [2.0 * x[0] + 3.0 * x[1], 3.0 * x[0]];
        let central = FiniteDiff::central();
        let found = central.prepare_gradient(square, &x).unwrap().gradient(&x).unwrap();
        assert!(error(&found, &expected) < 1e-7, "{scale} {found:?}");
        let found = hessian(&central, square, &x).unwrap();
        assert!(error(found.as_slice().unwrap(), &[2.0, 3.0, 3.0, 0.0]) < 1e-6, "{scale} {found:?}");
        let forward = FiniteDiff::forward().absolute_step(1e-16);
        let found = forward.prepare_gradient(square, &x).unwrap().gradient(&x).unwrap();
        assert!(error(&found, &expected) < 1e-5, "{scale} {found:?}");
    }
}

#[test]
fn inputs_far_below_one_take_an_absolute_step_of_their_size() {
    let backend = FiniteDiff::central().absolute_step(1e-14);
    let found = derivative(&backend, from_fn(|x: f64| 1.0 / x), 1e-8).unwrap();
    assert!((found * 1e-16 + 1.0).abs() < 1e-7, "{found}");
}

#[test]
fn tangents_of_any_size() {
    let f = from_fn(|x: &[f64]| product(x));
    let vector = di_core::from_vector_fn(1, |x: &[f64], y: &mut [f64]| y[0] = product(x));
    let direction = [0.3, 2.0, -1.0];
    let slope: f64 = product_gradient(&X).iter().zip(direction).map(|(g, d)| g * d).sum();
    let curve = product_hessian(&X).dot(&di_core::ndarray::arr1(&direction));
    for exponent in [-300, -200, -8, 0, 8, 200, 300] {
        let scale = 10.0_f64.powi(exponent);
        let dx = direction.map(|d| d * scale);
        for (backend, tolerance) in [(FiniteDiff::central(), 1e-9), (FiniteDiff::forward(), 1e-6)] {
            let dy = pushforward(&backend, &vector, &X, &dx).unwrap()[0];
            assert!((dy / scale / slope - 1.0).abs() < tolerance, "{exponent} {dy}");
            let dg: Vec<f64> = hvp(&backend, &f, &X, &dx).unwrap().iter().map(|g| g / scale).collect();
            assert!(error(&dg, curve.as_slice().unwrap()) < 1e-6, "{exponent} {dg:?}");
        }
    }
    assert_eq!(pushforward(&FiniteDiff::central(), &vector, &X, &[0.0; 3]).unwrap(), [0.0]);
    assert_eq!(hvp(&FiniteDiff::central(), &f, &X, &[0.0; 3]).unwrap(), [0.0; 3]);
}

#[test]
fn coordinates_of_very_different_size() {
    let x = [1e-3, 1e6, 1.0];
    let f = di_core::from_vector_fn(1, |x: &[f64], y: &mut [f64]| y[0] = x[0].sin() + (x[1] / 1e6).exp() + x[2]);
    let dx = [1.0, 1e6, 0.0];
    let expected = x[0].cos() + 1.0_f64.exp();
    let found = pushforward(&FiniteDiff::central(), f, &x, &dx).unwrap()[0];
    assert!((found / expected - 1.0).abs() < 1e-8, "{found}");
}

#[test]
fn inputs_whose_squares_are_no_numbers() {
    let linear = di_core::from_vector_fn(1, |x: &[f64], y: &mut [f64]| y[0] = x[0] * 2.0 - x[1]);
    for (scale, step) in [(1e250, 1e-6), (1e-250, 1e-260)] {
        let backend = FiniteDiff::central().absolute_step(step);
        let found = pushforward(&backend, linear, &[scale, -scale], &[1.0, 3.0]).unwrap();
        assert!((found[0] + 1.0).abs() < 1e-8, "{scale} {found:?}");
    }
}

#[test]
fn non_finite_points_give_nan() {
    for x in [[f64::NAN, 1.0, 1.0], [f64::INFINITY, 1.0, 1.0], [1.0, 1.0, f64::NEG_INFINITY]] {
        let f = from_fn(|x: &[f64]| x[0] * x[1] + x[2]);
        for backend in [FiniteDiff::central(), FiniteDiff::forward()] {
            let grad = backend.prepare_gradient(f, &X).unwrap().gradient(&x).unwrap();
            assert!(grad.iter().all(|g| g.is_nan()), "{grad:?}");
            let dg = backend.prepare_hvp(f, &X).unwrap().hvp(&x, &[1.0, 2.0, 3.0]).unwrap();
            assert!(dg.iter().all(|g| g.is_nan()), "{dg:?}");
            assert!(hessian(&backend, f, &x).unwrap().iter().all(|h| h.is_nan()));
        }
    }
    let f = from_fn(|x: &[f64]| x[0] * x[1] + x[2]);
    assert!(f.call(&[f64::NAN; 3]).is_nan());
    let dg = hvp(&FiniteDiff::central(), f, &X, &[f64::NAN, 1.0, f64::INFINITY]).unwrap();
    assert!(dg.iter().any(|g| g.is_nan()), "{dg:?}");
}

#[test]
fn code_bounded_by_float_alone() {
    fn rosenbrock<T: Float>(x: &[T]) -> T {
        let one = T::one();
        (one - x[0]).powi(2) + (x[1] - x[0] * x[0]).powi(2)
    }
    let found = FiniteDiff::central().prepare_gradient(scalar_fn!(rosenbrock: Float), &[0.5_f32, 2.0]);
    let found = found.unwrap().gradient(&[0.5, 2.0]).unwrap();
    assert!(error(&found, &[-4.5, 3.5]) < 1e-3, "{found:?}");
}
