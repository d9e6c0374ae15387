//! Engines chosen by name: every operator, through the same prepared traits.
#![cfg(any(feature = "num-dual", feature = "tape", feature = "finite-diff"))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use di_backends::ndarray::{Array2, arr1, arr2};
use di_backends::{
    AnyBackend, Backend, Counted, CurveFn, Error, Gradient, Hessian, Hvp, Jacobian, Mode, PrepareGradient,
    PrepareHessian, PrepareHvp, Pullback, Pushforward, Real, ScalarBackend, ScalarFn, UnaryBackend, VectorBackend,
    curve_derivative, curve_second_derivative, scalar_fn, unary_fn, vector_fn,
};

const X: [f64; 2] = [0.7, -1.2];

/// `a x_0² x_1 + sin x_1`.
#[derive(Clone, Debug)]
struct Hill(f64);

impl<T: Real> ScalarFn<T> for Hill {
    fn call(&self, x: &[T]) -> T {
        x[0] * x[0] * x[1] * self.0 + x[1].sin()
    }
}

fn hill_gradient(a: f64) -> [f64; 2] {
    [2.0 * a * X[0] * X[1], a * X[0] * X[0] + X[1].cos()]
}

fn hill_hessian(a: f64) -> Array2<f64> {
    arr2(&[[2.0 * a * X[1], 2.0 * a * X[0]], [2.0 * a * X[0], -X[1].sin()]])
}

/// `(x_0 x_1, exp x_0, x_1)`.
fn sheet<T: Real>(x: &[T], y: &mut [T]) {
    y[0] = x[0] * x[1];
    y[1] = x[0].exp();
    y[2] = x[1];
}

fn sheet_jacobian() -> Array2<f64> {
    arr2(&[[X[1], X[0]], [X[0].exp(), 0.0], [0.0, 1.0]])
}

struct Wave;

impl<T: Real> CurveFn<T> for Wave {
    fn output_len(&self) -> usize {
        2
    }

    fn call_into(&self, x: T, y: &mut [T]) {
        (y[0], y[1]) = (x.sin(), (x * 2.0).sin());
    }
}

/// Every engine with its name and the error that is allowed.
fn engines() -> impl Iterator<Item = (AnyBackend, f64)> {
    AnyBackend::names().iter().map(|name| {
        let backend: AnyBackend = name.parse().unwrap();
        let tolerance = if backend.mode() == Mode::Difference { 1e-5 } else { 1e-13 };
        (backend, tolerance)
    })
}

#[track_caller]
fn close<'a>(found: impl IntoIterator<Item = &'a f64>, expected: impl IntoIterator<Item = &'a f64>, tolerance: f64) {
    let (found, expected): (Vec<_>, Vec<_>) = (found.into_iter().collect(), expected.into_iter().collect());
    assert_eq!(found.len(), expected.len());
    for (f, e) in found.iter().zip(&expected) {
        assert!((*f - *e).abs() <= tolerance * e.abs().max(1.0), "{found:?} is not {expected:?}");
    }
}

/// Buffers before an engine is chosen; their type has no name outside of the crate.
fn empty<W: Default>() -> W {
    W::default()
}

#[test]
fn names_are_parsed_and_printed() {
    assert!(!AnyBackend::names().is_empty());
    for name in AnyBackend::names() {
        let backend: AnyBackend = name.parse().unwrap();
        assert_eq!(backend.to_string(), *name);
        assert_eq!(backend.name(), *name);
    }
}

#[test]
fn names_follow_the_features() {
    let expected = [
        ("num-dual", cfg!(feature = "num-dual")),
        ("tape", cfg!(feature = "tape")),
        ("mixed", cfg!(all(feature = "num-dual", feature = "tape"))),
        ("finite-diff", cfg!(feature = "finite-diff")),
        ("finite-diff-forward", cfg!(feature = "finite-diff")),
    ];
    for (name, on) in expected {
        assert_eq!(AnyBackend::names().contains(&name), on, "{name}");
        assert_eq!(name.parse::<AnyBackend>().is_ok(), on, "{name}");
    }
}

#[test]
fn an_unknown_name_is_an_error_that_lists_the_names() {
    for unknown in ["", "enzyme", "Tape", "tape "] {
        let error = unknown.parse::<AnyBackend>().unwrap_err();
        assert!(matches!(&error, Error::UnknownBackend { name, known }
            if name == unknown && *known == AnyBackend::names()));
        let text = error.to_string();
        assert!(AnyBackend::names().iter().all(|name| text.contains(name)), "{text}");
    }
}

#[test]
fn functions_of_several_variables() {
    fn check(backend: &impl ScalarBackend<Hill>, tolerance: f64) {
        let (value, grad, hess) =
            backend.prepare_hessian(Hill(3.0), &[1.0; 2]).unwrap().value_gradient_and_hessian(&X).unwrap();
        assert_eq!(value, Hill(3.0).call(&X));
        close(&grad, &hill_gradient(3.0), tolerance);
        close(&hess, &hill_hessian(3.0), tolerance);
        let grad = backend.prepare_gradient(Hill(3.0), &[1.0; 2]).unwrap().gradient(&X).unwrap();
        close(&grad, &hill_gradient(3.0), tolerance);
        let mut hvp = backend.prepare_hvp(Hill(3.0), &[1.0; 2]).unwrap();
        let product = hill_hessian(3.0).dot(&arr1(&[0.3, 2.0]));
        close(&hvp.hvp(&X, &[0.3, 2.0]).unwrap(), &product, tolerance);
        close(&hvp.at(&X).unwrap().hvp(&[0.3, 2.0]).unwrap(), &product, tolerance);
    }
    for (backend, tolerance) in engines() {
        check(&backend, tolerance);
    }
}

#[test]
fn vector_functions() {
    fn check<B: VectorBackend<F>, F: Copy>(backend: &B, f: F, tolerance: f64) {
        let jac = sheet_jacobian();
        let (y, found) = backend.prepare_jacobian(f, &[1.0; 2]).unwrap().value_and_jacobian(&X).unwrap();
        close(&y, &[X[0] * X[1], X[0].exp(), X[1]], 1e-15);
        close(&found, &jac, tolerance);
        let dy = backend.prepare_pushforward(f, &[1.0; 2]).unwrap().pushforward(&X, &[0.3, 2.0]).unwrap();
        close(&dy, &jac.dot(&arr1(&[0.3, 2.0])), tolerance);
        let mut pullback = backend.prepare_pullback(f, &[1.0; 2]).unwrap();
        let expected = jac.t().dot(&arr1(&[1.0, -2.0, 0.5]));
        close(&pullback.pullback(&X, &[1.0, -2.0, 0.5]).unwrap(), &expected, tolerance);
        close(&pullback.at(&X).unwrap().pullback(&[1.0, -2.0, 0.5]).unwrap(), &expected, tolerance);
    }
    for (backend, tolerance) in engines() {
        check(&backend, vector_fn!(sheet, |_| 3), tolerance);
    }
}

#[test]
fn functions_of_one_variable() {
    fn check<F: Copy>(backend: &impl UnaryBackend<F>, f: F, tolerance: f64) {
        use di_backends::{Derivative, SecondDerivative};
        let (y, dy) = backend.prepare_derivative(f, 1.0).unwrap().value_and_derivative(0.42).unwrap();
        close(&[y, dy], &[0.42_f64.sin(), 0.42_f64.cos()], tolerance);
        let mut second = backend.prepare_second_derivative(f, 1.0).unwrap();
        let (y, dy, ddy) = second.value_derivative_and_second_derivative(0.42).unwrap();
        close(&[y, dy, ddy], &[0.42_f64.sin(), 0.42_f64.cos(), -0.42_f64.sin()], tolerance);
    }
    fn wave<T: Real>(x: T) -> T {
        x.sin()
    }
    for (backend, tolerance) in engines() {
        check(&backend, unary_fn!(wave), tolerance);
        let (x, y) = (0.42_f64, 0.84_f64);
        close(&curve_derivative(&backend, Wave, x).unwrap(), &[x.cos(), 2.0 * y.cos()], tolerance);
        close(&curve_second_derivative(&backend, Wave, x).unwrap(), &[-x.sin(), -4.0 * y.sin()], tolerance);
    }
}

#[test]
fn prepared_objects_are_boxed_cloned_and_sent_like_any_other() {
    for (backend, tolerance) in engines() {
        let prepared = backend.prepare_gradient(Hill(3.0), &X).unwrap();
        let mut boxes: Vec<Box<dyn Gradient + Send>> = vec![Box::new(prepared.clone()), Box::new(prepared)];
        let found = std::thread::spawn(move || boxes.pop().unwrap().gradient(&X).unwrap()).join().unwrap();
        close(&found, &hill_gradient(3.0), tolerance);
        let mut boxed: Box<dyn Hessian> = Box::new(backend.prepare_hessian(Hill(3.0), &X).unwrap());
        close(&boxed.hessian(&X).unwrap(), &hill_hessian(3.0), tolerance);
    }
}

#[test]
fn the_function_is_reached_through_every_engine() {
    for (backend, tolerance) in engines() {
        let mut gradient = backend.prepare_gradient(Hill(1.0), &X).unwrap();
        gradient.function_mut().0 = 5.0;
        close(&gradient.gradient(&X).unwrap(), &hill_gradient(5.0), tolerance);
        let mut hessian = backend.prepare_hessian(Hill(1.0), &X).unwrap();
        hessian.function_mut().0 = 5.0;
        assert_eq!(hessian.function().0, 5.0);
        close(&hessian.hessian(&X).unwrap(), &hill_hessian(5.0), tolerance);
        let mut hvp = backend.prepare_hvp(Hill(1.0), &X).unwrap();
        hvp.function_mut().0 = 5.0;
        close(&hvp.hvp(&X, &[1.0, 0.0]).unwrap(), hill_hessian(5.0).row(0), tolerance);
    }
}

#[test]
fn lengths_are_checked_and_changed() {
    fn sum<T: Real>(x: &[T]) -> T {
        x.iter().map(|x| *x * *x).sum()
    }
    for (backend, tolerance) in engines() {
        let mut prepared = backend.prepare_gradient(scalar_fn!(sum), &[1.0; 3]).unwrap();
        let mut grad = [7.0; 2];
        let result = prepared.gradient_into(&[1.0; 3], &mut grad);
        assert!(matches!(result, Err(Error::Length { argument: "grad", expected: 3, found: 2 })));
        assert_eq!(grad, [7.0; 2]);
        for n in [0, 20, 1] {
            prepared.resize(&vec![1.0; n]).unwrap();
            close(&prepared.gradient(&vec![3.0; n]).unwrap(), &vec![6.0; n], tolerance);
        }
    }
}

#[test]
fn the_function_is_called_no_more_often_than_by_the_engine_itself() {
    for (backend, _) in engines() {
        let f = Counted::new(Hill(2.0));
        let mut prepared = backend.prepare_gradient(&f, &X).unwrap();
        f.reset();
        prepared.gradient(&X).unwrap();
        let expected = match backend.to_string().as_str() {
            "finite-diff" => 2 * X.len(),
            "finite-diff-forward" => X.len() + 1,
            _ => 1,
        };
        assert_eq!(f.calls(), expected, "{backend}");
    }
}

#[test]
fn another_engines_buffers_are_an_error_and_replaced_by_the_next_preparation() {
    let engines: Vec<_> = engines().collect();
    let (first, second) = (&engines[0].0, &engines[engines.len() - 1].0);
    if std::mem::discriminant(first) == std::mem::discriminant(second) {
        return;
    }
    let mut workspace = empty();
    let mut grad = [7.0; 2];
    first.init_gradient(&Hill(1.0), &X, &mut workspace).unwrap();
    let result = second.compute_gradient(&Hill(1.0), &mut workspace, &X, None, &mut grad);
    assert!(matches!(result, Err(Error::Unsupported { operator: "compute_gradient", .. })));
    assert_eq!(grad, [7.0; 2]);
    second.init_gradient(&Hill(1.0), &X, &mut workspace).unwrap();
    second.compute_gradient(&Hill(1.0), &mut workspace, &X, None, &mut grad).unwrap();
    close(&grad, &hill_gradient(1.0), 1e-5);
    let f = PrepareHvp::<Hill>::enclose_hvp(first, Hill(1.0));
    let result = PrepareHvp::<Hill>::init_hvp(second, &f, &X, 1, &mut empty());
    assert!(matches!(result, Err(Error::Unsupported { operator: "init_hvp", .. })));
}
