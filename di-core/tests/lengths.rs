//! Wrong lengths are errors that name the argument and leave outputs untouched.
#![expect(clippy::unwrap_used, reason = "a failure is a failed test")]

use di_core::ndarray::Array2;
use di_core::{
    CurveDerivative, CurveSecondDerivative, CurveShape, Error, Gradient, Hessian, Hvp, Jacobian, PrepareDerivative,
    PrepareGradient, PrepareHessian, PrepareHvp, PrepareJacobian, PreparePullback, PreparePushforward,
    PrepareSecondDerivative, Pullback, Pushforward, Result, Zero, from_curve, from_fn, from_vector_fn,
};

const N: usize = 3;
const M: usize = 2;

/// Asserts that the result is an error of the given argument's length.
#[track_caller]
fn assert_length<V>(result: Result<V>, name: &str, expected: usize, found: usize) {
    match result {
        Err(Error::Length { argument, expected: e, found: f }) => {
            assert_eq!((argument, e, f), (name, expected, found));
        }
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("`{name}` of length {found} was taken"),
    }
}

fn vector_fn() -> impl di_core::VectorFn<f64> + Clone {
    from_vector_fn(M, |x: &[f64], y: &mut [f64]| y.fill(x[0]))
}

fn scalar_fn() -> impl di_core::ScalarFn<f64> + Clone {
    from_fn(|x: &[f64]| x[0])
}

#[test]
fn pushforward() {
    let mut p = Zero.prepare_pushforward(vector_fn(), &[1.0; N]).unwrap();
    for wrong in [0, 1, 4] {
        let (w, mut y, mut dy) = (vec![1.0; wrong], [7.0; M], [7.0; M]);
        assert_length(p.value_and_pushforward_into(&w, &[1.0; N], &mut y, &mut dy), "x", N, wrong);
        assert_length(p.value_and_pushforward_into(&[1.0; N], &w, &mut y, &mut dy), "dx", N, wrong);
        assert_length(p.pushforward(&[1.0; N], &w), "dx", N, wrong);
        assert_eq!((y, dy), ([7.0; M], [7.0; M]));
        let mut out = vec![7.0; wrong];
        assert_length(p.value_and_pushforward_into(&[1.0; N], &[1.0; N], &mut out, &mut dy), "y", M, wrong);
        assert_length(p.value_and_pushforward_into(&[1.0; N], &[1.0; N], &mut y, &mut out), "dy", M, wrong);
        assert_length(p.pushforward_into(&[1.0; N], &[1.0; N], &mut out), "dy", M, wrong);
        assert_eq!((out, y, dy), (vec![7.0; wrong], [7.0; M], [7.0; M]));
    }
    let (dx, mut dy) = (Array2::zeros((N, 4)), Array2::from_elem((M, 3), 7.0));
    assert_length(p.evaluate_pushforward(&[1.0; N], dx.view(), None, dy.view_mut()), "dy.columns", 4, 3);
    assert_length(di_core::pushforward(&Zero, vector_fn(), &[1.0; N], &[1.0]), "dx", N, 1);
}

#[test]
fn pullback() {
    let mut p = Zero.prepare_pullback(vector_fn(), &[1.0; N]).unwrap();
    for wrong in [0, 1, 4] {
        let (w, mut y, mut dx) = (vec![1.0; wrong], [7.0; M], [7.0; N]);
        assert_length(p.value_and_pullback_into(&w, &[1.0; M], &mut y, &mut dx), "x", N, wrong);
        assert_length(p.value_and_pullback_into(&[1.0; N], &w, &mut y, &mut dx), "dy", M, wrong);
        assert_length(p.at(&w), "x", N, wrong);
        let mut out = vec![7.0; wrong];
        assert_length(p.value_and_pullback_into(&[1.0; N], &[1.0; M], &mut out, &mut dx), "y", M, wrong);
        assert_length(p.value_and_pullback_into(&[1.0; N], &[1.0; M], &mut y, &mut out), "dx", N, wrong);
        assert_length(p.value_at(&[1.0; N], &mut out), "y", M, wrong);
        assert_length(p.at(&[1.0; N]).unwrap().pullback(&w), "dy", M, wrong);
        assert_length(p.at(&[1.0; N]).unwrap().pullback_into(&[1.0; M], &mut out), "dx", N, wrong);
        assert_eq!((out, y, dx), (vec![7.0; wrong], [7.0; M], [7.0; N]));
    }
    let (dy, mut dx) = (Array2::zeros((M, 4)), Array2::from_elem((N, 3), 7.0));
    assert_length(p.evaluate_pullback(&[1.0; N], dy.view(), None, dx.view_mut()), "dx.columns", 4, 3);
    assert_length(di_core::pullback(&Zero, vector_fn(), &[1.0; N], &[1.0]), "dy", M, 1);
}

#[test]
fn derivatives_of_curves() {
    let f = || from_curve(M, |x: f64, y: &mut [f64]| y.fill(x));
    let mut p = PrepareDerivative::<_, f64, CurveShape>::prepare_derivative(&Zero, f(), 1.0).unwrap();
    let mut q = PrepareSecondDerivative::<_, f64, CurveShape>::prepare_second_derivative(&Zero, f(), 1.0).unwrap();
    for wrong in [0, 1, 4] {
        let (mut w, mut a, mut b) = (vec![7.0; wrong], [7.0; M], [7.0; M]);
        assert_length(p.value_and_derivative_into(1.0, &mut w, &mut a), "y", M, wrong);
        assert_length(p.derivative_into(1.0, &mut w), "dy", M, wrong);
        assert_length(q.value_derivative_and_second_derivative_into(1.0, &mut w, &mut a, &mut b), "y", M, wrong);
        assert_length(q.value_derivative_and_second_derivative_into(1.0, &mut a, &mut w, &mut b), "dy", M, wrong);
        assert_length(q.second_derivative_into(1.0, &mut w), "ddy", M, wrong);
        assert_eq!((w, a, b), (vec![7.0; wrong], [7.0; M], [7.0; M]));
    }
}

#[test]
fn gradient_and_jacobian() {
    let mut p = Zero.prepare_gradient(scalar_fn(), &[1.0; N]).unwrap();
    let mut q = Zero.prepare_jacobian(vector_fn(), &[1.0; N]).unwrap();
    for wrong in [0, 1, 4] {
        let (w, mut out, mut grad) = (vec![1.0; wrong], vec![7.0; wrong], [7.0; N]);
        assert_length(p.value_and_gradient_into(&w, &mut grad), "x", N, wrong);
        assert_length(p.gradient_into(&[1.0; N], &mut out), "grad", N, wrong);
        let mut jac = Array2::from_elem((M, N), 7.0);
        assert_length(q.jacobian_into(&w, jac.view_mut()), "x", N, wrong);
        assert_length(q.value_and_jacobian_into(&[1.0; N], &mut out, jac.view_mut()), "y", M, wrong);
        let mut rows = Array2::from_elem((wrong, N), 7.0);
        assert_length(q.jacobian_into(&[1.0; N], rows.view_mut()), "jac.rows", M, wrong);
        let mut columns = Array2::from_elem((M, wrong), 7.0);
        assert_length(q.jacobian_into(&[1.0; N], columns.view_mut()), "jac.columns", N, wrong);
        assert_eq!((out, grad), (vec![7.0; wrong], [7.0; N]));
        assert!(jac.iter().chain(&rows).chain(&columns).all(|&v| v == 7.0));
    }
}

#[test]
fn hvp_and_hessian() {
    let mut p = Zero.prepare_hvp(scalar_fn(), &[1.0; N]).unwrap();
    let mut q = Zero.prepare_hessian(scalar_fn(), &[1.0; N]).unwrap();
    for wrong in [0, 1, 4] {
        let (w, mut out) = (vec![1.0; wrong], vec![7.0; wrong]);
        let (mut grad, mut dg) = ([7.0; N], [7.0; N]);
        assert_length(p.value_gradient_and_hvp_into(&w, &[1.0; N], &mut grad, &mut dg), "x", N, wrong);
        assert_length(p.value_gradient_and_hvp_into(&[1.0; N], &w, &mut grad, &mut dg), "dx", N, wrong);
        assert_length(p.value_gradient_and_hvp_into(&[1.0; N], &[1.0; N], &mut out, &mut dg), "grad", N, wrong);
        assert_length(p.hvp_into(&[1.0; N], &[1.0; N], &mut out), "dg", N, wrong);
        assert_length(p.at(&w), "x", N, wrong);
        assert_length(p.at(&[1.0; N]).unwrap().hvp(&w), "dx", N, wrong);
        let mut hess = Array2::from_elem((N, N), 7.0);
        assert_length(q.hessian_into(&w, hess.view_mut()), "x", N, wrong);
        assert_length(q.value_gradient_and_hessian_into(&[1.0; N], &mut out, hess.view_mut()), "grad", N, wrong);
        let mut rows = Array2::from_elem((wrong, N), 7.0);
        assert_length(q.hessian_into(&[1.0; N], rows.view_mut()), "hess.rows", N, wrong);
        let mut columns = Array2::from_elem((N, wrong), 7.0);
        assert_length(q.hessian_into(&[1.0; N], columns.view_mut()), "hess.columns", N, wrong);
        assert_eq!((out, grad, dg), (vec![7.0; wrong], [7.0; N], [7.0; N]));
        assert!(hess.iter().chain(&rows).chain(&columns).all(|&v| v == 7.0));
    }
    assert_length(di_core::hvp(&Zero, scalar_fn(), &[1.0; N], &[1.0]), "dx", N, 1);
}
