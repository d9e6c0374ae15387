//! Values that can be checked by hand, in every operator; the conformance suite does the rest.
#![expect(clippy::unwrap_used, reason = "a failure is a failed test")]

use di_core::ndarray::{Array2, array};
use di_core::{
    ChunkWidth, Counted, Gradient, Hessian, Hvp, Jacobian, LocalFn, PrepareGradient, PrepareHessian, PrepareHvp,
    PrepareJacobian, PreparePullback, Pullback, Real, Scalar, ScalarFn, SecondOrder, VectorFn, derivative, gradient,
    hessian, hvp, pushforward, scalar_fn, second_derivative, unary_fn, value_and_gradient,
};
use di_tape::Tape;

fn wave<T: Real>(x: T) -> T {
    (x * x).sin() * x + 1.0
}

#[test]
fn one_variable() {
    let tape = Tape::default();
    let x = 0.7_f64;
    let s = x * x;
    let first = derivative(&tape, unary_fn!(wave), x).unwrap();
    assert!((first - (s.sin() + 2.0 * s * s.cos())).abs() < 1e-15);
    let second = second_derivative(&tape, unary_fn!(wave), x).unwrap();
    let exact = 6.0 * x * s.cos() - 4.0 * s * x * s.sin();
    assert!((second - exact).abs() < 1e-14, "{second} {exact}");
}

/// Reductions, constants, ties, and an unused input.
fn everything<T: Real>(x: &[T]) -> T {
    let dot = T::dot(x, x);
    let sum = T::sum_of(&x[1..]);
    let combination = T::linear_combination(&[2.0, -1.0], &x[..2]);
    dot * sum + combination.max(x[0]) / (x[1] + 3.0) - T::lift(5.0)
}

#[test]
fn reductions() {
    let x = [0.5_f64, -0.25, 2.0];
    let [a, b, c] = x;
    let (dot, sum) = (a * a + b * b + c * c, b + c);
    let combination = 2.0 * a - b;
    let (value, grad) = value_and_gradient(&Tape::default(), scalar_fn!(everything), &x).unwrap();
    assert!((value - (dot * sum + combination / (b + 3.0) - 5.0)).abs() < 1e-15);
    let exact = [
        2.0 * a * sum + 2.0 / (b + 3.0),
        2.0 * b * sum + dot - 1.0 / (b + 3.0) - combination / (b + 3.0).powi(2),
        2.0 * c * sum + dot,
    ];
    for (found, exact) in grad.iter().zip(exact) {
        assert!((found - exact).abs() < 1e-14, "{found} {exact}");
    }
}

#[derive(Clone, Copy)]
struct Term;

impl<const N: usize> LocalFn<N> for Term {
    fn call<T: Scalar>(&self, x: [T; N]) -> T {
        let mut product = T::one();
        for x in x {
            product = product * x.sin() + x;
        }
        product
    }
}

/// A term in one node, or recorded as it is.
struct Terms {
    local: bool,
}

impl<T: Scalar> ScalarFn<T> for Terms {
    fn call(&self, x: &[T]) -> T {
        let term = |x: [T; 3]| if self.local { T::local(x, &Term) } else { Term.call(x) };
        let pair = |x: [T; 2]| if self.local { T::local(x, &Term) } else { Term.call(x) };
        let single = |x: [T; 1]| if self.local { T::local(x, &Term) } else { Term.call(x) };
        term([x[0], x[1], x[0]]) + pair([x[2], x[1]]) * single([x[2]]) + term([T::one(), x[0], T::one()])
    }
}

#[test]
fn local_terms_change_nothing() {
    let x = [0.3_f64, 1.1, -0.8];
    for order in [1, 2] {
        let [a, b] = [true, false].map(|local| {
            if order == 1 {
                gradient(&Tape::default(), Terms { local }, &x).unwrap()
            } else {
                hvp(&Tape::default(), Terms { local }, &x, &[1.0, -2.0, 0.5]).unwrap()
            }
        });
        for (a, b) in a.iter().zip(b) {
            assert!((a - b).abs() <= 1e-14 * b.abs().max(1.0), "{a} {b}");
        }
    }
}

/// `x ↦ (x_0 x_i)` for each i, and a constant.
#[derive(Clone, Copy)]
struct Arrow;

impl<T: Real> VectorFn<T> for Arrow {
    fn output_len(&self, input_len: usize) -> usize {
        input_len + 1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        for (y, &v) in y.iter_mut().zip(x) {
            *y = x[0] * v;
        }
        y[x.len()] = T::lift(3.0);
    }
}

#[test]
fn batches_of_every_width() {
    for n in [1, 2, 7, 8, 9, 17] {
        let x: Vec<f64> = (0..n).map(|i| 1.0 + f64::from(i)).collect();
        let exact = Array2::from_shape_fn((x.len() + 1, x.len()), |(i, j)| match (i, j) {
            (0, 0) => 2.0 * x[0],
            (i, _) if i == x.len() => 0.0,
            (i, 0) => x[i],
            (i, j) if i == j => x[0],
            _ => 0.0,
        });
        for width in [ChunkWidth::Auto, ChunkWidth::Fixed(1), ChunkWidth::Fixed(3), ChunkWidth::Fixed(100)] {
            let tape = Tape::with_width(width);
            let f = Counted::new(Arrow);
            let mut prepared = tape.prepare_jacobian(&f, &x).unwrap();
            f.reset();
            assert_eq!(prepared.jacobian(&x).unwrap(), exact);
            assert_eq!(f.calls(), 1);
            let mut tangent = vec![0.0; x.len()];
            tangent[0] = 1.0;
            assert_eq!(pushforward(&tape, Arrow, &x, &tangent).unwrap(), exact.column(0).to_vec());
        }
    }
}

#[test]
fn further_cotangents_do_not_evaluate_again() {
    let f = Counted::new(Arrow);
    let mut prepared = Tape::default().prepare_pullback(&f, &[1.0, 2.0]).unwrap();
    f.reset();
    let mut at = prepared.at(&[3.0, 4.0]).unwrap();
    assert_eq!(at.pullback(&[1.0, 0.0, 0.0]).unwrap(), [6.0, 0.0]);
    assert_eq!(at.pullback(&[0.0, 1.0, 9.0]).unwrap(), [4.0, 3.0]);
    assert_eq!(f.calls(), 1);
    assert_eq!(prepared.pullback(&[1.0, 1.0], &[0.0, 1.0, 0.0]).unwrap(), [1.0, 1.0]);
}

fn rosenbrock<T: Scalar>(x: &[T]) -> T {
    let mut sum = T::zero();
    for w in x.windows(2) {
        sum += (w[1] - w[0] * w[0]).powi(2) * T::lift(100.0) + (w[0] - T::one()).powi(2);
    }
    sum
}

#[test]
fn second_order_by_two_tapes() {
    let x = [0.5, -1.0];
    let exact = array![[1200.0 * 0.25 + 400.0 + 2.0, -200.0], [-200.0, 200.0]];
    let f = scalar_fn!(rosenbrock: Scalar);
    assert_eq!(hessian(&Tape::default(), f, &x).unwrap(), exact);
    let counted = Counted::new(f);
    let mut prepared = Tape::default().prepare_hessian(&counted, &x).unwrap();
    counted.reset();
    assert_eq!(prepared.hessian(&x).unwrap(), exact);
    assert_eq!(counted.calls(), 1);
    let mut products = Tape::default().prepare_hvp(&counted, &x).unwrap();
    counted.reset();
    let mut at = products.at(&x).unwrap();
    assert!(at.reuses_evaluation());
    assert_eq!(at.hvp(&[1.0, 0.0]).unwrap(), exact.column(0).to_vec());
    assert_eq!(at.hvp(&[0.0, 1.0]).unwrap(), exact.column(1).to_vec());
    assert_eq!(counted.calls(), 1);
    assert_eq!(products.hvp(&x, &[1.0, 1.0]).unwrap(), [502.0, 0.0]);
}

#[test]
fn third_order_by_three_tapes() {
    let twice = SecondOrder { outer: Tape::default(), inner: Tape::default() };
    let third = SecondOrder { outer: Tape::default(), inner: twice };
    let product = hvp(&third, scalar_fn!(rosenbrock: Scalar), &[0.5, -1.0], &[1.0, 0.0]).unwrap();
    assert_eq!(product, [702.0, -200.0]);
}

#[test]
fn many_inputs_and_single_precision() {
    let x: Vec<f64> = (0..10_000).map(|i| 1.0 + 1e-4 * f64::from(i)).collect();
    let mut prepared = Tape::default().prepare_gradient(scalar_fn!(rosenbrock: Scalar), &x).unwrap();
    let grad = prepared.gradient(&x).unwrap();
    let exact = 400.0 * x[0] * (x[0] * x[0] - x[1]) + 2.0 * (x[0] - 1.0);
    assert!((grad[0] - exact).abs() < 1e-12);
    prepared.resize(&x[..3]).unwrap();
    assert_eq!(prepared.gradient(&x[..3]).unwrap()[..2], grad[..2]);
    let single: Vec<f32> = vec![0.5, -1.0];
    let grad = gradient(&Tape::default(), scalar_fn!(rosenbrock: Scalar), &single).unwrap();
    assert_eq!(grad, [249.0, -250.0]);
}

#[test]
fn empty() {
    let none: [f64; 0] = [];
    assert!(gradient(&Tape::default(), scalar_fn!(rosenbrock: Scalar), &none).unwrap().is_empty());
    assert_eq!(hessian(&Tape::default(), scalar_fn!(rosenbrock: Scalar), &none).unwrap().dim(), (0, 0));
}
