//! Points at which engines that are right elsewhere are wrong.
#![cfg(all(feature = "num-dual", feature = "tape", feature = "finite-diff"))]
#![expect(clippy::unwrap_used, reason = "a failure is a failed test")]

use di_backends::{AnyBackend, Gradient, Jacobian, PrepareGradient, PrepareJacobian, Real};
use di_backends::{derivative, gradient, scalar_fn, unary_fn, vector_fn};

const EXACT: [&str; 3] = ["num-dual", "tape", "mixed"];

fn overflowing<T: Real>(x: &[T]) -> T {
    (x[0].exp() * x[1].exp() + 1.0).recip()
}

fn over_zero<T: Real>(x: &[T]) -> T {
    x[0].recip() * x[1]
}

fn product<T: Real>(x: &[T]) -> T {
    x[0] * x[1]
}

fn remainder<T: Real>(x: &[T]) -> T {
    x[0] % x[1]
}

#[test]
fn infinite_factors_do_not_spoil_other_directions() {
    for name in ["tape", "mixed"] {
        let backend: AnyBackend = name.parse().unwrap();
        assert_eq!(gradient(&backend, scalar_fn!(overflowing), &[800.0, 1.0]).unwrap(), [0.0, 0.0], "{name}");
        let grad = gradient(&backend, scalar_fn!(over_zero), &[0.0, 1.0]).unwrap();
        assert_eq!(grad, [f64::NEG_INFINITY, f64::INFINITY], "{name}");
        let grad = gradient(&backend, scalar_fn!(product), &[f64::INFINITY, 2.0]).unwrap();
        assert_eq!(grad, [2.0, f64::INFINITY], "{name}");
    }
}

/// Forward mode pays for speed here: what it cannot tell is NaN, never a finite wrong number.
#[test]
fn an_infinite_factor_makes_forward_mode_say_that_it_does_not_know() {
    let backend: AnyBackend = "num-dual".parse().unwrap();
    for (grad, exact) in [
        (gradient(&backend, scalar_fn!(over_zero), &[0.0, 1.0]), [f64::NEG_INFINITY, f64::INFINITY]),
        (gradient(&backend, scalar_fn!(product), &[f64::INFINITY, 2.0]), [2.0, f64::INFINITY]),
    ] {
        for (found, exact) in grad.unwrap().into_iter().zip(exact) {
            assert!(found.is_nan() || found == exact, "{found} instead of {exact}");
        }
    }
}

#[test]
fn a_remainder_whose_quotient_rounds_up() {
    for name in EXACT {
        let backend: AnyBackend = name.parse().unwrap();
        assert_eq!(gradient(&backend, scalar_fn!(remainder), &[1.0, 0.1]).unwrap(), [1.0, -9.0], "{name}");
    }
}

fn tanh<T: Real>(x: T) -> T {
    x.tanh()
}

#[test]
fn the_slope_of_tanh_keeps_its_digits() {
    for name in EXACT {
        let backend: AnyBackend = name.parse().unwrap();
        for x in [-18.0_f64, -10.0, -2.0, 0.0, 0.5, 2.9, 3.1, 10.0, 18.0, 40.0] {
            let exact = x.cosh().powi(-2);
            let found = derivative(&backend, unary_fn!(tanh), x).unwrap();
            assert!((found - exact).abs() <= 1e-12 * exact, "{name} at {x}: {found} instead of {exact}");
        }
    }
}

#[test]
fn functions_reached_between_calls_do_not_spoil_the_buffers() {
    for name in AnyBackend::names() {
        let backend: AnyBackend = name.parse().unwrap();
        let mut prepared = backend.prepare_gradient(scalar_fn!(product), &[1.0, 2.0]).unwrap();
        let expected = prepared.gradient(&[3.0, 4.0]).unwrap();
        for _ in 0..3 {
            let _ = prepared.function_mut();
            assert_eq!(prepared.gradient(&[3.0, 4.0]).unwrap(), expected, "{name}");
        }
    }
}

fn three_sums<T: Real>(x: &[T], y: &mut [T]) {
    for (i, y) in y.iter_mut().enumerate() {
        *y = x.iter().skip(i).step_by(3).map(|v| *v * *v).sum();
    }
}

/// A matrix of seeds would have 10⁸ entries.
#[test]
fn many_inputs_and_few_outputs_need_no_matrix_of_seeds() {
    let x: Vec<f64> = (0..10_000).map(|i| 1.0 + 1e-4 * f64::from(i)).collect();
    for name in EXACT {
        let backend: AnyBackend = name.parse().unwrap();
        let f = vector_fn!(three_sums, |_| 3);
        let mut prepared = backend.prepare_jacobian(f, &x).unwrap();
        let jac = prepared.jacobian(&x).unwrap();
        for ((i, j), &entry) in jac.indexed_iter() {
            let exact = if j % 3 == i { 2.0 * x[j] } else { 0.0 };
            assert!((entry - exact).abs() < 1e-14, "{name} at ({i}, {j}): {entry} instead of {exact}");
        }
    }
}
