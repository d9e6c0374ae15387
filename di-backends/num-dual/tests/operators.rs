//! The eight operators on functions with known derivatives, at sizes that cross chunk borders, in both precisions.
#![expect(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a test may panic, and its sizes are small")]

use di_core::ndarray::{Array2, ArrayView2};
use di_core::num_traits::{Float, NumCast};
use di_core::{
    CurveDerivative, CurveFn, CurveSecondDerivative, CurveShape, Derivative, Gradient, Hessian, Hvp, Jacobian,
    PrepareDerivative, PrepareGradient, PrepareHessian, PrepareHvp, PrepareJacobian, PreparePullback,
    PreparePushforward, PrepareSecondDerivative, Pullback, Pushforward, Scalar, ScalarFn, SecondDerivative, UnaryFn,
    VectorFn,
};
use di_num_dual::NumDual;

const SIZES: [usize; 13] = [0, 1, 2, 7, 8, 9, 11, 12, 13, 16, 17, 50, 401];
const WIDTHS: [usize; 9] = [0, 1, 2, 3, 4, 8, 12, 16, 1000];

struct Sine;

impl<T: Scalar> UnaryFn<T> for Sine {
    fn call(&self, x: T) -> T {
        x.sin()
    }
}

struct Waves;

impl<T: Scalar> CurveFn<T> for Waves {
    fn output_len(&self) -> usize {
        2
    }
    fn call_into(&self, x: T, y: &mut [T]) {
        y[0] = x.sin();
        y[1] = (x + x).sin();
    }
}

struct Rosenbrock;

impl<T: Scalar> ScalarFn<T> for Rosenbrock {
    fn call(&self, x: &[T]) -> T {
        let mut sum = T::zero();
        for w in x.windows(2) {
            let (a, b) = (w[1] - w[0] * w[0], T::one() - w[0]);
            sum += T::lift(100.0) * a * a + b * b;
        }
        sum
    }
}

/// `x ↦ (sin x, cos x)`, stacked.
struct SinCos;

impl<T: Scalar> VectorFn<T> for SinCos {
    fn output_len(&self, input_len: usize) -> usize {
        2 * input_len
    }
    fn call_into(&self, x: &[T], y: &mut [T]) {
        let (sines, cosines) = y.split_at_mut(x.len());
        for (i, &x) in x.iter().enumerate() {
            sines[i] = x.sin();
            cosines[i] = x.cos();
        }
    }
}

fn point<T: Float>(n: usize) -> Vec<T> {
    (0..n).map(|i| NumCast::from(0.3 + 0.7 * (i as f64 * 1.3).sin()).unwrap()).collect()
}

fn f<T: Float>(x: T) -> f64 {
    x.to_f64().unwrap()
}

#[track_caller]
fn close<T: Float>(found: T, expected: f64, tolerance: f64) {
    let scale = expected.abs().max(1.0);
    assert!((f(found) - expected).abs() <= tolerance * scale, "{} instead of {expected}", f(found));
}

fn rosenbrock_gradient(x: &[f64]) -> Vec<f64> {
    let mut grad = vec![0.0; x.len()];
    for i in 1..x.len() {
        let a = x[i] - x[i - 1] * x[i - 1];
        grad[i] += 200.0 * a;
        grad[i - 1] -= 400.0 * a * x[i - 1] + 2.0 * (1.0 - x[i - 1]);
    }
    grad
}

fn rosenbrock_hessian(x: &[f64]) -> Array2<f64> {
    let mut hess = Array2::zeros((x.len(), x.len()));
    for i in 1..x.len() {
        hess[(i, i)] += 200.0;
        hess[(i - 1, i - 1)] += 1200.0 * x[i - 1] * x[i - 1] - 400.0 * x[i] + 2.0;
        hess[(i, i - 1)] -= 400.0 * x[i - 1];
        hess[(i - 1, i)] -= 400.0 * x[i - 1];
    }
    hess
}

fn check_vector<T: Scalar>(backend: NumDual, n: usize, tolerance: f64)
where
    NumDual: PrepareJacobian<SinCos, T> + PreparePushforward<SinCos, T> + PreparePullback<SinCos, T>,
{
    let x = point::<T>(n);
    let nan = T::nan();
    let mut jac = Array2::from_elem((2 * n, n), nan);
    let mut y = vec![nan; 2 * n];
    let mut prepared = backend.prepare_jacobian(SinCos, &vec![T::one(); n]).unwrap();
    for _ in 0..2 {
        prepared.value_and_jacobian_into(&x, &mut y, jac.view_mut()).unwrap();
        for i in 0..n {
            let (sin, cos) = f(x[i]).sin_cos();
            close(y[i], sin, tolerance);
            close(y[n + i], cos, tolerance);
            for j in 0..n {
                close(jac[(i, j)], if i == j { cos } else { 0.0 }, tolerance);
                close(jac[(n + i, j)], if i == j { -sin } else { 0.0 }, tolerance);
            }
        }
    }
    for k in [0, 1, 2, 5, 17] {
        let dx = Array2::from_shape_fn((n, k), |(i, j)| T::lift((i + 1) as f64 - 2.0 * j as f64));
        let mut dy = Array2::from_elem((2 * n, k), nan);
        let mut pushforward = backend.prepare_pushforward_batch(SinCos, &x, 3).unwrap();
        pushforward.evaluate_pushforward(&x, dx.view(), Some(&mut y), dy.view_mut()).unwrap();
        for ((i, j), &found) in dy.indexed_iter() {
            let (sin, cos) = f(x[i % n]).sin_cos();
            let factor = if i < n { cos } else { -sin };
            close(found, factor * f(dx[(i % n, j)]), tolerance);
        }
    }
    let dy: Vec<T> = (0..2 * n).map(|i| T::lift(1.0 + i as f64)).collect();
    let dx = backend.prepare_pullback(SinCos, &x).unwrap().pullback(&x, &dy).unwrap();
    for i in 0..n {
        let (sin, cos) = f(x[i]).sin_cos();
        close(dx[i], f(dy[i]) * cos - f(dy[n + i]) * sin, tolerance);
    }
}

fn check_scalar<T: Scalar>(backend: NumDual, n: usize, tolerance: f64)
where
    NumDual: PrepareGradient<Rosenbrock, T> + PrepareHvp<Rosenbrock, T> + PrepareHessian<Rosenbrock, T>,
{
    let x = point::<T>(n);
    let exact: Vec<f64> = x.iter().map(|&x| f(x)).collect();
    let (value, gradient, hessian) = (Rosenbrock.call(&exact), rosenbrock_gradient(&exact), rosenbrock_hessian(&exact));
    let check_gradient = |found: &[T]| {
        for (&found, &expected) in found.iter().zip(&gradient) {
            close(found, expected, tolerance);
        }
    };
    let mut prepared = backend.prepare_gradient(Rosenbrock, &vec![T::one(); n]).unwrap();
    let (found, grad) = prepared.value_and_gradient(&x).unwrap();
    close(found, value, tolerance);
    check_gradient(&grad);

    for k in [0, 1, 3] {
        let dx = Array2::from_shape_fn((n, k), |(i, j)| T::lift((i % 5) as f64 - j as f64));
        let mut grad = vec![T::nan(); n];
        let mut dg = Array2::from_elem((n, k), T::nan());
        let mut prepared = backend.prepare_hvp_batch(Rosenbrock, &x, k).unwrap();
        let found = prepared.evaluate_hvp(&x, dx.view(), Some(&mut grad), dg.view_mut()).unwrap();
        close(found, value, tolerance);
        check_gradient(&grad);
        let expected = hessian.dot(&dx.mapv(f));
        for (position, &found) in dg.indexed_iter() {
            close(found, expected[position], tolerance);
        }
    }
    let mut grad = vec![T::nan(); n];
    let mut hess = Array2::from_elem((n, n), T::nan());
    let mut prepared = backend.prepare_hessian(Rosenbrock, &x).unwrap();
    for _ in 0..2 {
        let found = prepared.value_gradient_and_hessian_into(&x, &mut grad, hess.view_mut()).unwrap();
        close(found, value, tolerance);
        check_gradient(&grad);
        for (position, &found) in hess.indexed_iter() {
            close(found, hessian[position], tolerance);
        }
    }
}

#[test]
fn functions_of_one_variable() {
    let x = 0.42_f64;
    let (y, dy) =
        Derivative::value_and_derivative(&mut NumDual::default().prepare_derivative(Sine, 1.0).unwrap(), x).unwrap();
    assert_eq!((y, dy), (x.sin(), x.cos()));
    let mut second = NumDual::default().prepare_second_derivative(Sine, 1.0).unwrap();
    assert_eq!(second.value_derivative_and_second_derivative(x).unwrap(), (x.sin(), x.cos(), -x.sin()));

    let mut curve =
        PrepareDerivative::<_, f64, CurveShape>::prepare_derivative(&NumDual::default(), Waves, 1.0).unwrap();
    assert_eq!(CurveDerivative::derivative(&mut curve, x).unwrap(), [x.cos(), 2.0 * (2.0 * x).cos()]);
    let mut curve =
        PrepareSecondDerivative::<_, f64, CurveShape>::prepare_second_derivative(&NumDual::default(), Waves, 1.0)
            .unwrap();
    let [mut y, mut dy, mut ddy] = [[f64::NAN; 2]; 3];
    curve.evaluate_second_derivative(x, Some(&mut y), Some(&mut dy), &mut ddy).unwrap();
    assert_eq!(y, [x.sin(), (2.0 * x).sin()]);
    assert_eq!(dy, [x.cos(), 2.0 * (2.0 * x).cos()]);
    assert_eq!(ddy, [-x.sin(), -4.0 * (2.0 * x).sin()]);

    let x = 0.42_f32;
    let dy = Derivative::derivative(&mut NumDual::default().prepare_derivative(Sine, 1.0_f32).unwrap(), x).unwrap();
    close(dy, f(x).cos(), 1e-6);
}

#[test]
fn vector_functions_of_every_size() {
    for n in SIZES {
        check_vector::<f64>(NumDual::default(), n, 1e-14);
        check_vector::<f32>(NumDual::default(), n, 1e-5);
    }
}

#[test]
fn scalar_functions_of_every_size() {
    for n in SIZES {
        check_scalar::<f64>(NumDual::default(), n, 1e-12);
        check_scalar::<f32>(NumDual::default(), n.min(50), 1e-5);
    }
}

#[test]
fn every_width() {
    for width in WIDTHS {
        for n in [0, 1, 5, 13, 17] {
            check_vector::<f64>(NumDual::fixed(width), n, 1e-14);
            check_scalar::<f64>(NumDual::fixed(width), n, 1e-12);
        }
        check_vector::<f32>(NumDual::fixed(width), 13, 1e-5);
        check_scalar::<f32>(NumDual::fixed(width), 13, 1e-5);
    }
}

#[test]
fn any_view_of_a_matrix_is_written() {
    let (n, x) = (13, point::<f64>(13));
    let mut backing = Array2::from_elem((n, 2 * n), 7.0);
    let transposed = backing.view_mut().reversed_axes();
    NumDual::default().prepare_jacobian(SinCos, &x).unwrap().jacobian_into(&x, transposed).unwrap();
    for (i, &x) in x.iter().enumerate() {
        assert_eq!(backing[(i, i)], x.cos());
        assert_eq!(backing[(i, n + i)], -x.sin());
    }
    assert_eq!(backing.iter().filter(|&&entry| entry == 0.0).count(), 2 * n * n - 2 * n);

    let dx = ArrayView2::from_shape((2, n), &[1.0; 26]).unwrap();
    let mut dy = Array2::from_elem((2, 2 * n), f64::NAN);
    let mut prepared = NumDual::default().prepare_pushforward_batch(SinCos, &x, 2).unwrap();
    prepared.evaluate_pushforward(&x, dx.reversed_axes(), None, dy.view_mut().reversed_axes()).unwrap();
    assert!((0..n).all(|i| dy[(1, i)] == x[i].cos()));
}

#[test]
fn no_outputs() {
    struct Nothing;
    impl<T> VectorFn<T> for Nothing {
        fn output_len(&self, _: usize) -> usize {
            0
        }
        fn call_into(&self, _: &[T], _: &mut [T]) {}
    }
    let x = [1.0, 2.0];
    let jac = NumDual::default().prepare_jacobian(Nothing, &x).unwrap().jacobian(&x).unwrap();
    assert_eq!(jac.dim(), (0, 2));
}
