//! How often the function is called.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use di_core::ndarray::Array2;
use di_core::{
    Counted, Derivative, Gradient, Hessian, Hvp, Jacobian, PrepareDerivative, PrepareGradient, PrepareHessian,
    PrepareHvp, PrepareJacobian, PreparePullback, PreparePushforward, PrepareSecondDerivative, Pullback, Pushforward,
    SecondDerivative, from_fn, from_vector_fn,
};
use di_finite_diff::FiniteDiff;

const N: usize = 5;
const X: [f64; N] = [0.1, 0.2, 0.3, 0.4, 0.5];

/// First-order calls for `k` tangents, with the value or without.
fn expected(backend: FiniteDiff, k: usize, value: bool) -> usize {
    if backend == FiniteDiff::forward() { k + 1 } else { 2 * k + usize::from(value) }
}

#[test]
fn vector_operators() {
    for backend in [FiniteDiff::forward(), FiniteDiff::central()] {
        let f = Counted::new(from_vector_fn(2, |x: &[f64], y: &mut [f64]| (y[0], y[1]) = (x[0] * x[1], x[2])));
        let count = |run: &mut dyn FnMut()| {
            f.reset();
            run();
            f.calls()
        };
        let mut y = [0.0; 2];
        let mut pushforward = backend.prepare_pushforward(&f, &X).unwrap();
        for k in [0, 1, 3] {
            let dx = Array2::from_elem((N, k), 0.5);
            let mut dy = Array2::zeros((2, k));
            let mut run = || pushforward.evaluate_pushforward(&X, dx.view(), None, dy.view_mut()).unwrap();
            assert_eq!(count(&mut run), expected(backend, k, false));
            let mut run = || pushforward.evaluate_pushforward(&X, dx.view(), Some(&mut y), dy.view_mut()).unwrap();
            assert_eq!(count(&mut run), expected(backend, k, true));
        }
        // A tangent of zeros costs nothing, and neither do its neighbours cost more.
        let mut dx = Array2::zeros((N, 3));
        dx[(2, 1)] = 1.0;
        let mut dy = Array2::zeros((2, 3));
        let mut run = || pushforward.evaluate_pushforward(&X, dx.view(), None, dy.view_mut()).unwrap();
        assert_eq!(count(&mut run), expected(backend, 1, false));

        let mut jacobian = backend.prepare_jacobian(&f, &X).unwrap();
        let mut jac = Array2::zeros((2, N));
        assert_eq!(count(&mut || jacobian.jacobian_into(&X, jac.view_mut()).unwrap()), expected(backend, N, false));
        let mut run = || jacobian.value_and_jacobian_into(&X, &mut y, jac.view_mut()).unwrap();
        assert_eq!(count(&mut run), expected(backend, N, true));

        let mut pullback = backend.prepare_pullback(&f, &X).unwrap();
        let mut dx = [0.0; N];
        let mut run = || pullback.pullback_into(&X, &[1.0, 2.0], &mut dx).unwrap();
        assert_eq!(count(&mut run), expected(backend, N, false));
        let mut at = pullback.at(&X).unwrap();
        assert_eq!(count(&mut || at.pullback_into(&[1.0, 2.0], &mut dx).unwrap()), 0);
    }
}

#[test]
fn scalar_operators() {
    for backend in [FiniteDiff::forward(), FiniteDiff::central()] {
        let f = Counted::new(from_fn(|x: &[f64]| x.iter().map(|x| x * x).sum::<f64>()));
        let count = |run: &mut dyn FnMut()| {
            f.reset();
            run();
            f.calls()
        };
        let mut gradient = backend.prepare_gradient(&f, &X).unwrap();
        let mut grad = [0.0; N];
        let mut run = || {
            gradient.value_and_gradient_into(&X, &mut grad).unwrap();
        };
        assert_eq!(count(&mut run), expected(backend, N, true));

        let mut hvp = backend.prepare_hvp(&f, &X).unwrap();
        for k in [0, 1, 3] {
            let dx = Array2::from_elem((N, k), 0.5);
            let mut dg = Array2::zeros((N, k));
            let mut run = || {
                hvp.evaluate_hvp(&X, dx.view(), None, dg.view_mut()).unwrap();
            };
            assert_eq!(count(&mut run), if k == 0 { 1 } else { 1 + 2 * N + k * (2 * N + 2) });
            let mut run = || {
                hvp.evaluate_hvp(&X, dx.view(), Some(&mut grad), dg.view_mut()).unwrap();
            };
            assert_eq!(count(&mut run), 1 + 2 * N + k * (2 * N + 2));
        }
        let mut hessian = backend.prepare_hessian(&f, &X).unwrap();
        let mut hess = Array2::zeros((N, N));
        assert_eq!(count(&mut || hessian.hessian_into(&X, hess.view_mut()).unwrap()), 1 + N + N * N);
        let mut run = || {
            hessian.value_gradient_and_hessian_into(&X, &mut grad, hess.view_mut()).unwrap();
        };
        assert_eq!(count(&mut run), 1 + N + N * N);
    }
}

#[test]
fn unary_operators() {
    for backend in [FiniteDiff::forward(), FiniteDiff::central()] {
        let f = Counted::new(from_fn(f64::sin));
        let mut derivative = backend.prepare_derivative(&f, 0.4).unwrap();
        f.reset();
        derivative.value_and_derivative(0.3).unwrap();
        assert_eq!(f.calls(), expected(backend, 1, true));
        let mut second = backend.prepare_second_derivative(&f, 0.4).unwrap();
        f.reset();
        second.value_derivative_and_second_derivative(0.3).unwrap();
        assert_eq!(f.calls(), 3);
    }
}
