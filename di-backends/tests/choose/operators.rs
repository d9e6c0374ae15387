//! Every operator, by whichever engine wins.

use crate::functions::{Helix, Sheet, Wave, Wells};
use di_backends::ndarray::{Array2, ArrayView1, arr1, arr2};
use di_backends::{EnzymeStyle, Operator, Real, Scalar, choose, choose_unary, scalar_fn, vector_fn};

const X: [f64; 2] = [0.7, -1.2];

#[track_caller]
fn close<'a>(found: impl IntoIterator<Item = &'a f64>, expected: impl IntoIterator<Item = &'a f64>) {
    let (found, expected) = (Vec::from_iter(found), Vec::from_iter(expected));
    assert_eq!(found.len(), expected.len());
    let near = found.iter().zip(&expected).all(|(a, b)| (**a - **b).abs() <= 1e-12);
    assert!(near, "{found:?}, not {expected:?}");
}

fn gradient() -> [f64; 2] {
    [4.0 * X[0] * X[0] * X[0], 4.0 * X[1] * (X[1] * X[1] - 1.0)]
}

fn hessian() -> Array2<f64> {
    arr2(&[[12.0 * X[0] * X[0], 0.0], [0.0, 12.0 * X[1] * X[1] - 4.0]])
}

fn jacobian() -> Array2<f64> {
    arr2(&[[X[1], X[0]], [X[0].exp(), 0.0], [0.0, X[1].cos()]])
}

#[test]
fn operators_of_functions_of_many_variables() {
    let mut chosen = choose(&Wells, &[1.0; 2]).with(EnzymeStyle::default()).gradient().unwrap();
    let mut grad = [0.0; 2];
    let value = chosen.value_and_gradient_into(&X, &mut grad).unwrap();
    close(&[value], &[X[0].powi(4) + (X[1] * X[1] - 1.0).powi(2)]);
    close(&grad, &gradient());
    assert_eq!((chosen.report().inputs, chosen.report().outputs), (2, 1));

    let mut chosen = choose(&Wells, &[1.0; 2]).with(EnzymeStyle::default()).hessian().unwrap();
    close(&chosen.hessian(&X).unwrap(), &hessian());
    let mut chosen = choose(&Wells, &[1.0; 2]).with(EnzymeStyle::default()).hvp().unwrap();
    let dx = [0.3, 2.0];
    close(&chosen.hvp(&X, &dx).unwrap(), &hessian().dot(&arr1(&dx)));

    let mut chosen = choose(&Sheet, &[1.0; 2]).with(EnzymeStyle::default()).jacobian().unwrap();
    close(&chosen.jacobian(&X).unwrap(), &jacobian());
    assert_eq!((chosen.report().inputs, chosen.report().outputs), (2, 3));
    let mut chosen = choose(&Sheet, &[1.0; 2]).with(EnzymeStyle::default()).pushforward().unwrap();
    close(&chosen.pushforward(&X, &dx).unwrap(), &jacobian().dot(&arr1(&dx)));
    let mut chosen = choose(&Sheet, &[1.0; 2]).with(EnzymeStyle::default()).pullback().unwrap();
    let dy = [1.0, -2.0, 0.5];
    close(&chosen.pullback(&X, &dy).unwrap(), &jacobian().t().dot(&ArrayView1::from(&dy)));
}

#[test]
fn operators_of_functions_of_one_variable() {
    let x = 0.42_f64;
    let mut chosen = choose_unary(&Wave, 1.0).with(EnzymeStyle::default()).derivative().unwrap();
    close(&[chosen.derivative(x).unwrap()], &[x.cos()]);
    assert_eq!(chosen.decision().operator, Operator::Derivative);
    let mut chosen = choose_unary(&Wave, 1.0).with(EnzymeStyle::default()).second_derivative().unwrap();
    close(&[chosen.second_derivative(x).unwrap()], &[-x.sin()]);
    let mut chosen = choose_unary(&Helix, 1.0).with(EnzymeStyle::default()).curve_derivative().unwrap();
    close(&chosen.derivative(x).unwrap(), &[-x.sin(), x.cos(), 2.0 * x]);
    assert_eq!((chosen.decision().inputs, chosen.decision().outputs), (1, 3));
    let mut chosen = choose_unary(&Helix, 1.0).with(EnzymeStyle::default()).curve_second_derivative().unwrap();
    close(&chosen.second_derivative(x).unwrap(), &[-x.cos(), -x.sin(), 2.0]);
}

#[test]
fn nothing_in_and_nothing_out() {
    fn constant<T: Real>(_: &[T]) -> T {
        T::lift(3.0)
    }
    fn silent<T: Real>(_: &[T], _: &mut [T]) {}
    let f = scalar_fn!(constant);
    assert_eq!(choose(f, &[0.0; 0]).gradient().unwrap().value_and_gradient(&[]).unwrap(), (3.0, vec![]));
    assert_eq!(choose(f, &[0.0; 0]).hessian().unwrap().hessian(&[]).unwrap().dim(), (0, 0));
    assert_eq!(choose(f, &[0.0; 0]).hvp().unwrap().hvp(&[], &[]).unwrap(), [0.0; 0]);
    // A function without an effect on anything.
    assert_eq!(choose(f, &X).gradient().unwrap().gradient(&X).unwrap(), [0.0; 2]);
    for n in [0, 2] {
        let x = &X[..n];
        let f = vector_fn!(silent, |_| 0);
        assert_eq!(choose(f, x).jacobian().unwrap().jacobian(x).unwrap().dim(), (0, n));
        assert_eq!(choose(f, x).pushforward().unwrap().pushforward(x, x).unwrap(), [0.0; 0]);
        assert_eq!(choose(f, x).pullback().unwrap().pullback(x, &[]).unwrap(), vec![0.0; n]);
    }
}

#[test]
fn single_precision() {
    fn bowl<T: Scalar>(x: &[T]) -> T {
        x.iter().map(|&x| x * x).sum()
    }
    let mut chosen = choose(scalar_fn!(bowl: Scalar), &[1.0_f32, 2.0]).hessian().unwrap();
    let hess = chosen.hessian(&[3.0, 4.0]).unwrap();
    assert!((hess[(0, 0)] - 2.0).abs() < 1e-2 && hess[(0, 1)].abs() < 1e-2, "{hess}");
}
