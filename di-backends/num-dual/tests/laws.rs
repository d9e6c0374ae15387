//! Laws that hold at any point: linearity, symmetry, one operator's answer from another, and the routes between them.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use di_core::ndarray::{Array1, Array2};
use di_core::{
    Real, ScalarFn, SecondOrder, VectorFn, gradient, hessian, hvp, jacobian, pullback, pushforward,
    value_gradient_and_hessian,
};
use di_num_dual::NumDual;
use proptest::prelude::*;

#[derive(Clone, Copy)]
struct Coupled;

#[derive(Clone, Copy)]
struct Chain;

impl<T: Real> ScalarFn<T> for Coupled {
    fn call(&self, x: &[T]) -> T {
        let mut sum = T::zero();
        for (i, &a) in x.iter().enumerate() {
            for &b in &x[i..] {
                sum += (a * b).sin() / (b * b + 1.0) + (a - b).powi(3) * 0.1;
            }
        }
        sum.tanh() + sum
    }
}

impl<T: Real> VectorFn<T> for Chain {
    fn output_len(&self, input_len: usize) -> usize {
        input_len + 1
    }
    fn call_into(&self, x: &[T], y: &mut [T]) {
        y[0] = x.iter().copied().sum();
        for i in 0..x.len() {
            y[i + 1] = (x[i] * y[i]).cos() + y[i] * 0.5;
        }
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-11 * a.abs().max(b.abs()).max(1.0)
}

fn all_close<'a>(a: impl IntoIterator<Item = &'a f64>, b: impl IntoIterator<Item = &'a f64>) -> bool {
    a.into_iter().zip(b).all(|(&a, &b)| close(a, b))
}

/// A point and two directions of the same length.
fn vectors() -> impl Strategy<Value = [Vec<f64>; 3]> {
    (1_usize..20).prop_flat_map(|n| [(); 3].map(|()| prop::collection::vec(-1.5..1.5, n)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn pushforward_is_linear_and_dual_to_pullback([x, u, v] in vectors(), a in -2.0..2.0, w in 1_usize..17) {
        let b = NumDual::fixed(w);
        let sum: Vec<f64> = u.iter().zip(&v).map(|(u, v)| a * u + v).collect();
        let [du, dv, dsum] = [&u, &v, &sum].map(|dx| pushforward(&b, Chain, &x, dx).map(Array1::from));
        let (du, dv, dsum) = (du.unwrap(), dv.unwrap(), dsum.unwrap());
        prop_assert!(all_close(&dsum, &(a * &du + &dv)));
        let jac = jacobian(&b, Chain, &x).unwrap();
        prop_assert!(all_close(&du, &jac.dot(&Array1::from(u.clone()))));
        let dx = pullback(&b, Chain, &x, dv.as_slice().unwrap()).unwrap();
        let product: f64 = dx.iter().zip(&u).map(|(a, b)| a * b).sum();
        prop_assert!(close(product, dv.dot(&du)));
    }

    #[test]
    fn second_derivatives_agree_by_every_way([x, u, _] in vectors(), w in 1_usize..17) {
        let b = NumDual::fixed(w);
        let (_, grad, hess) = value_gradient_and_hessian(&b, Coupled, &x).unwrap();
        prop_assert!(all_close(&grad, &gradient(&b, Coupled, &x).unwrap()));
        prop_assert!(all_close(&hess, &hess.t().to_owned()));
        let product = Array1::from(hvp(&b, Coupled, &x, &u).unwrap());
        prop_assert!(all_close(&product, &hess.dot(&Array1::from(u.clone()))));
        let nested = SecondOrder { outer: b, inner: NumDual::default() };
        let by_nesting: Array2<f64> = hessian(&nested, Coupled, &x).unwrap();
        prop_assert!(all_close(&hess, &by_nesting));
        prop_assert!(all_close(&product, &hvp(&nested, Coupled, &x, &u).unwrap()));
    }
}
