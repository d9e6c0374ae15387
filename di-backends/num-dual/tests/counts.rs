//! How often the function is called: exactly as often as documented.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use di_core::ndarray::Array2;
use di_core::{
    Counted, Derivative, Gradient, Hessian, Hvp, Jacobian, PrepareDerivative, PrepareGradient, PrepareHessian,
    PrepareHvp, PrepareJacobian, PreparePullback, PreparePushforward, PrepareSecondDerivative, Pushforward, Real,
    ScalarFn, SecondDerivative, UnaryFn, VectorFn,
};
use di_num_dual::NumDual;

#[derive(Clone)]
struct Quadratic;

#[derive(Clone)]
struct Squares;

impl<T: Real> UnaryFn<T> for Quadratic {
    fn call(&self, x: T) -> T {
        x * x
    }
}

impl<T: Real> ScalarFn<T> for Quadratic {
    fn call(&self, x: &[T]) -> T {
        x.iter().map(|&x| x * x).sum()
    }
}

impl<T: Real> VectorFn<T> for Squares {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }
    fn call_into(&self, x: &[T], y: &mut [T]) {
        for (y, &x) in y.iter_mut().zip(x) {
            *y = x * x;
        }
    }
}

/// Calls since the last look.
fn calls<F>(f: &Counted<F>) -> usize {
    let calls = f.calls();
    f.reset();
    calls
}

/// Inputs, width of first order, width of second order, as `f64` picks them.
const SIZES: [(usize, usize, usize); 9] =
    [(0, 1, 1), (1, 1, 1), (2, 2, 2), (8, 8, 4), (12, 12, 4), (13, 8, 4), (17, 12, 4), (50, 12, 4), (401, 12, 4)];

#[test]
fn calls_are_as_documented() {
    for (n, width, second) in SIZES {
        let (backend, f, g, x) = (NumDual::default(), Counted::new(Quadratic), Counted::new(Squares), vec![1.0; n]);
        let passes = n.div_ceil(width).max(1);

        let mut prepared = backend.prepare_gradient(f.clone(), &x).unwrap();
        assert_eq!(calls(&f), 1);
        prepared.value_and_gradient(&x).unwrap();
        assert_eq!(calls(&f), passes);

        let mut prepared = backend.prepare_jacobian(g.clone(), &x).unwrap();
        assert_eq!(calls(&g), 1);
        prepared.value_and_jacobian(&x).unwrap();
        assert_eq!(calls(&g), passes);

        let mut prepared = backend.prepare_pullback(g.clone(), &x).unwrap();
        calls(&g);
        let mut at = prepared.at(&x).unwrap();
        assert_eq!(calls(&g), passes);
        at.pullback(&x).unwrap();
        assert_eq!(calls(&g), 0);

        for (batch, k, expected) in [(1, 0, 1), (1, 1, 1), (1, 3, 3), (2, 3, 2), (5, 9, 2), (8, 24, 3), (12, 25, 3)] {
            let dx = Array2::ones((n, k));
            let mut dy = Array2::zeros((n, k));
            let mut prepared = backend.prepare_pushforward_batch(g.clone(), &x, batch).unwrap();
            assert_eq!(calls(&g), 1);
            prepared.evaluate_pushforward(&x, dx.view(), None, dy.view_mut()).unwrap();
            assert_eq!(calls(&g), expected);

            let mut prepared = backend.prepare_hvp_batch(f.clone(), &x, batch).unwrap();
            assert_eq!(calls(&f), 1);
            prepared.evaluate_hvp(&x, dx.view(), None, dy.view_mut()).unwrap();
            assert_eq!(calls(&f), k.max(1) * n.div_ceil(second).max(1));
        }

        let mut prepared = backend.prepare_hessian(f.clone(), &x).unwrap();
        assert_eq!(calls(&f), 1);
        prepared.hessian(&x).unwrap();
        let blocks = n.div_ceil(second).max(1);
        assert_eq!(calls(&f), blocks * (blocks + 1) / 2);
    }
}

#[test]
fn functions_of_one_variable_are_called_once() {
    let (backend, f) = (NumDual::default(), Counted::new(Quadratic));
    let mut prepared = backend.prepare_derivative(f.clone(), 1.0).unwrap();
    calls(&f);
    assert_eq!(Derivative::value_and_derivative(&mut prepared, 3.0).unwrap(), (9.0, 6.0));
    assert_eq!(calls(&f), 1);
    let mut prepared = backend.prepare_second_derivative(f.clone(), 1.0).unwrap();
    assert_eq!(calls(&f), 1);
    assert_eq!(prepared.second_derivative(3.0).unwrap(), 2.0);
    assert_eq!(calls(&f), 1);
}

#[test]
fn a_function_that_panics_leaves_the_engine_usable() {
    struct Picky;
    impl<T: Real> ScalarFn<T> for Picky {
        fn call(&self, x: &[T]) -> T {
            assert!(x[0] >= T::zero(), "negative");
            x[0] * x[1]
        }
    }
    let mut prepared = NumDual::fixed(1).prepare_gradient(Picky, &[1.0, 1.0]).unwrap();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| prepared.gradient(&[-1.0, 1.0])));
    assert!(panicked.is_err());
    assert_eq!(prepared.gradient(&[2.0, 3.0]).unwrap(), [3.0, 2.0]);
}
