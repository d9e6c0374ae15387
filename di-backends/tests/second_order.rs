//! One engine over another.
#![cfg(all(feature = "num-dual", feature = "tape", feature = "finite-diff"))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use di_backends::ndarray::{Array2, arr1};
use di_backends::{
    AnyBackend, FiniteDiff, Hessian, Hvp, Mixed, NumDual, PrepareHessian, PrepareHvp, PrepareSecondDerivative, Real,
    ScalarFn, SecondDerivative, SecondOrder, Tape, UnaryFn, gradient,
};

const N: usize = 13;

/// `Σ x_i² x_{i+1} + exp(x_0 / 2)`.
#[derive(Clone, Copy, Debug)]
struct Chain;

impl<T: Real> ScalarFn<T> for Chain {
    fn call(&self, x: &[T]) -> T {
        x.windows(2).map(|w| w[0] * w[0] * w[1]).sum::<T>() + (x[0] / 2.0).exp()
    }
}

impl<T: Real> UnaryFn<T> for Chain {
    fn call(&self, x: T) -> T {
        x.sin() * x
    }
}

fn point() -> Vec<f64> {
    (1_u8..).take(N).map(|i| f64::from(i).sin()).collect()
}

fn expected() -> (Vec<f64>, Array2<f64>) {
    let x = point();
    let mut grad = vec![0.0; N];
    let mut hess = Array2::zeros((N, N));
    for i in 0..N - 1 {
        grad[i] += 2.0 * x[i] * x[i + 1];
        grad[i + 1] += x[i] * x[i];
        hess[(i, i)] += 2.0 * x[i + 1];
        hess[(i, i + 1)] += 2.0 * x[i];
        hess[(i + 1, i)] += 2.0 * x[i];
    }
    grad[0] += (x[0] / 2.0).exp() / 2.0;
    hess[(0, 0)] += (x[0] / 2.0).exp() / 4.0;
    (grad, hess)
}

#[track_caller]
fn close<'a>(found: impl IntoIterator<Item = &'a f64>, expected: impl IntoIterator<Item = &'a f64>, tolerance: f64) {
    for (f, e) in found.into_iter().zip(expected) {
        assert!((f - e).abs() <= tolerance, "{f} is not {e}");
    }
}

/// Hessian, product with it, and second derivative.
#[track_caller]
fn check<B>(backend: &B, tolerance: f64)
where
    B: PrepareHessian<Chain> + PrepareHvp<Chain> + PrepareSecondDerivative<Chain>,
{
    let (x, other) = (point(), vec![0.5; N]);
    let (grad, hess) = expected();
    let (value, found_grad, found) =
        backend.prepare_hessian(Chain, &other).unwrap().value_gradient_and_hessian(&x).unwrap();
    assert!((value - ScalarFn::call(&Chain, &x)).abs() < 1e-12);
    close(&found_grad, &grad, tolerance);
    close(&found, &hess, tolerance);

    let mut prepared = backend.prepare_hvp(Chain, &other).unwrap();
    let dx: Vec<f64> = (0_u8..).take(N).map(|i| f64::from(i).cos()).collect();
    let product = hess.dot(&arr1(&dx));
    close(&prepared.hvp(&x, &dx).unwrap(), &product, tolerance);
    close(&prepared.at(&x).unwrap().hvp(&dx).unwrap(), &product, tolerance);

    let mut prepared = backend.prepare_second_derivative(Chain, 0.1).unwrap();
    let (y, dy, ddy) = prepared.value_derivative_and_second_derivative(0.42).unwrap();
    let (s, c) = 0.42_f64.sin_cos();
    close(&[y, dy, ddy], &[0.42 * s, s + 0.42 * c, 2.0 * c - 0.42 * s], tolerance);
}

#[test]
fn forward_over_reverse() {
    check(&SecondOrder { outer: NumDual::default(), inner: Tape::default() }, 1e-12);
}

#[test]
fn reverse_over_forward() {
    check(&SecondOrder { outer: Tape::default(), inner: NumDual::default() }, 1e-12);
}

#[test]
fn reverse_over_reverse() {
    check(&SecondOrder { outer: Tape::default(), inner: Tape::default() }, 1e-12);
    check(&Tape::default(), 1e-12);
}

#[test]
fn forward_over_forward() {
    check(&SecondOrder { outer: NumDual::default(), inner: NumDual::default() }, 1e-12);
    check(&NumDual::default(), 1e-12);
}

#[test]
fn differences_over_exact_gradients() {
    check(&SecondOrder { outer: FiniteDiff::central(), inner: Tape::default() }, 1e-8);
    check(&SecondOrder { outer: FiniteDiff::central(), inner: NumDual::default() }, 1e-8);
    check(&SecondOrder { outer: FiniteDiff::forward(), inner: Tape::default() }, 1e-5);
}

#[test]
fn exact_derivatives_of_differences() {
    check(&SecondOrder { outer: Tape::default(), inner: FiniteDiff::central() }, 1e-8);
    check(&SecondOrder { outer: NumDual::default(), inner: FiniteDiff::central() }, 1e-8);
}

#[test]
fn both_directions() {
    check(&Mixed { forward: NumDual::default(), reverse: Tape::default() }, 1e-12);
}

#[test]
fn engines_by_name_nest_with_others() {
    for name in AnyBackend::names() {
        let any: AnyBackend = name.parse().unwrap();
        let tolerance = if name.starts_with("finite-diff") { 1e-5 } else { 1e-12 };
        check(&SecondOrder { outer: any.clone(), inner: Tape::default() }, tolerance);
        check(&SecondOrder { outer: NumDual::default(), inner: any }, tolerance);
    }
}

/// The squared length of the gradient by the tape, itself a function to differentiate.
struct Steepness;

impl<T: Real> ScalarFn<T> for Steepness
where
    Tape: di_backends::PrepareGradient<Chain, T>,
{
    fn call(&self, x: &[T]) -> T {
        gradient(&Tape::default(), Chain, x).unwrap().into_iter().map(|g| g * g).sum()
    }
}

#[test]
fn a_derivative_inside_a_function_to_third_order() {
    let (grad, hess) = expected();
    let product = hess.dot(&arr1(&grad)).mapv(|p| 2.0 * p);
    close(&gradient(&NumDual::default(), Steepness, &point()).unwrap(), &product, 1e-12);
    close(&gradient(&Tape::default(), Steepness, &point()).unwrap(), &product, 1e-12);
    let backend = SecondOrder { outer: NumDual::default(), inner: Tape::default() };
    let exact = backend.prepare_hessian(Steepness, &point()).unwrap().hessian(&point()).unwrap();
    let differences = FiniteDiff::central().prepare_hessian(Steepness, &point()).unwrap().hessian(&point()).unwrap();
    close(&exact, &differences, 1e-4);
}
