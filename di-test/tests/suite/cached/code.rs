//! The derivative code agrees with the closed forms.

use super::{Case, adjoint, assert_close, at_points, flat, tangent, tangents};
use di_core::ndarray::{Array1, Array2};
use di_core::{Enclosed, Partials, Scalar, Shadow};
use di_test::SplitMix64;

#[test]
fn tangent_code_agrees_with_the_closed_form() {
    at_points(|Case { f, .. }, x| {
        let mut shadow = f.make_zero();
        let mut random = SplitMix64::new(5);
        let one = tangents::<1>(&mut random, x.len());
        let three = tangents::<3>(&mut random, x.len());
        let jacobian = f.jacobian(x);
        let directions = Array2::from_shape_fn((x.len(), 1), |(i, k)| one[i][k]);
        let got = tangent(f, Enclosed::Duplicated(&mut shadow), x, &one);
        assert_close(f, &got, &flat(&jacobian.dot(&directions)), 1e-13);
        f.remake_zero(&mut shadow);
        let directions = Array2::from_shape_fn((x.len(), 3), |(i, k)| three[i][k]);
        let got = tangent(f, Enclosed::Duplicated(&mut shadow), x, &three);
        assert_close(f, &got, &flat(&jacobian.dot(&directions)), 1e-13);
    });
}

#[test]
fn adjoint_code_agrees_with_the_closed_form() {
    at_points(|Case { f, .. }, x| {
        let mut shadow = f.make_zero();
        let dy = SplitMix64::new(6).vector(f.outputs(x.len()));
        let expected = f.jacobian(x).t().dot(&Array2::from_shape_fn((dy.len(), 1), |(i, _)| dy[i]));
        for _ in 0..2 {
            let got = adjoint(f, Enclosed::Duplicated(&mut shadow), x, &dy);
            assert_close(f, &got, &flat(&expected), 1e-13);
            f.remake_zero(&mut shadow);
        }
    });
}

#[test]
fn derivative_code_on_duals_gives_second_derivatives() {
    at_points(|Case { f, .. }, x| {
        let (Some(second), n) = (f.second(x), x.len()) else { return };
        let mut random = SplitMix64::new(7);
        let (inner, outer) = (tangents::<2>(&mut random, n), tangents::<1>(&mut random, n));
        let dual: Vec<_> = x.iter().zip(&inner).map(|(&value, &partials)| Partials { value, partials }).collect();
        let product = second.dot(&Array2::from_shape_fn((n, 2), |(i, k)| inner[i][k]));
        let mut shadow = f.make_zero();

        let along: Vec<_> = outer.iter().map(|o| o.map(Partials::lift)).collect();
        let got = tangent(f, Enclosed::Duplicated(&mut shadow), &dual, &along);
        let expected = if f.outputs(n) == 1 {
            Array2::from_shape_fn((1, n), |(_, i)| outer[i][0]).dot(&product)
        } else {
            product.clone() * outer[0][0]
        };
        let got: Vec<f64> = got.iter().flat_map(|dy| dy.partials).collect();
        assert_close(f, &got, &flat(&expected), 1e-13);

        if f.outputs(n) == 1 {
            f.remake_zero(&mut shadow);
            let got = adjoint(f, Enclosed::Duplicated(&mut shadow), &dual, &[Partials::lift(1.0)]);
            let got: Vec<f64> = got.iter().flat_map(|dx| dx.partials).collect();
            assert_close(f, &got, &flat(&product), 1e-13);
        }
    });
}

/// What is read from enclosed memory has no derivative then; what is read from `x` keeps its own.
#[test]
fn constant_memory_drops_derivatives() {
    at_points(|Case { f, direct, .. }, x| {
        let n = x.len();
        let expected = direct.map_or_else(|| Array2::zeros((f.outputs(n), n)), |direct| direct(x));
        let dx = tangents::<1>(&mut SplitMix64::new(9), n);
        let got = tangent(f, Enclosed::Constant, x, &dx);
        assert_close(f, &got, &flat(&expected.dot(&Array2::from_shape_fn((n, 1), |(i, k)| dx[i][k]))), 1e-13);
        let dy = SplitMix64::new(10).vector(f.outputs(n));
        let got = adjoint(f, Enclosed::Constant, x, &dy);
        assert_close(f, &got, &flat(&expected.t().dot(&Array2::from_shape_fn((dy.len(), 1), |(i, _)| dy[i]))), 1e-13);
    });
}

#[test]
fn single_precision_runs_the_same_code() {
    at_points(|Case { f, .. }, x| {
        let mut random = SplitMix64::new(11);
        let (dx, dy) = (tangents::<1>(&mut random, x.len()), random.vector(f.outputs(x.len())));
        let single: Vec<f32> = x.iter().map(|&x| f32::lift(x)).collect();
        let jacobian = f.jacobian(&single.iter().map(|&x| x.into()).collect::<Vec<f64>>());
        let double = |y: Vec<f32>| y.into_iter().map(f64::from).collect::<Vec<_>>();

        let along: Vec<_> = dx.iter().map(|dx| dx.map(f32::lift)).collect();
        let got = double(tangent(f, Enclosed::Duplicated(&mut f.make_zero()), &single, &along));
        assert_close(f, &got, &flat(&jacobian.dot(&Array2::from(dx))), 1e-5);

        let against: Vec<_> = dy.iter().map(|&dy| f32::lift(dy)).collect();
        let got = double(adjoint(f, Enclosed::Duplicated(&mut f.make_zero()), &single, &against));
        assert_close(f, &got, &jacobian.t().dot(&Array1::from(dy)).to_vec(), 1e-5);
    });
}
