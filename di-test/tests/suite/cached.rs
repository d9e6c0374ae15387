//! The functions with enclosed caches agree with plain evaluation, and their derivative code with their closed forms.

use di_core::ndarray::{Array2, Axis};
use di_core::{AdjointFn, Enclosed, Partials, Scalar, Shadow, TangentFn, VectorFn};
use di_test::{Accumulate, Cached, Smallest, SplitMix64, Swap, WriteThenRead};

/// Each function with the numbers of inputs that it is tried at.
fn cases() -> Vec<(Cached, Vec<usize>)> {
    let sizes = vec![1, 2, 5];
    vec![
        (Cached::Smallest(Smallest::default()), vec![1]),
        (Cached::WriteThenRead(WriteThenRead::new(false)), sizes.clone()),
        (Cached::WriteThenRead(WriteThenRead::new(true)), sizes.clone()),
        (Cached::Accumulate(Accumulate::default()), sizes.clone()),
        (Cached::Swap(Swap::new(5)), sizes),
    ]
}

/// Calls `check` with each function at random points of `0.25 .. 0.75`.
fn at_points(check: impl Fn(&Cached, &[f64])) {
    let mut random = SplitMix64::new(3);
    for (f, sizes) in cases() {
        for n in sizes {
            for _ in 0..3 {
                let x: Vec<f64> = random.vector(n).iter().map(|x| 0.5 + x / 4.0).collect();
                check(&f, &x);
            }
        }
    }
}

fn value<T: Scalar>(f: &Cached, x: &[T]) -> Vec<T> {
    let mut y = vec![T::nan(); f.outputs(x.len())];
    f.call_into(x, &mut y);
    y
}

fn assert_close(f: &Cached, got: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(got.len(), expected.len());
    let scale = expected.iter().fold(1.0_f64, |scale, e| scale.max(e.abs()));
    for (got, expected) in got.iter().zip(expected) {
        assert!((got - expected).abs() <= tolerance * scale, "{f:?}: {got} instead of {expected}");
    }
}

/// `J V` by tangent code, m × K, whose values are those of the function.
fn tangent<T: Scalar, const K: usize>(f: &Cached, enclosed: Enclosed<'_, Cached>, x: &[T], dx: &[[T; K]]) -> Vec<T> {
    let mut y = vec![T::nan(); f.outputs(x.len())];
    let mut dy = vec![[T::nan(); K]; y.len()];
    f.tangent_into(enclosed, x, dx, Some(&mut y), &mut dy);
    assert_eq!(y, value(f, x));
    dy.into_flattened()
}

/// `x̄ = Jᵀ ȳ` by adjoint code, from an `x̄` of ones that are taken off again.
fn adjoint<T: Scalar>(f: &Cached, enclosed: Enclosed<'_, Cached>, x: &[T], dy: &[T]) -> Vec<T> {
    let mut y = vec![T::nan(); f.outputs(x.len())];
    let mut dx = vec![T::one(); x.len()];
    f.adjoint_into(enclosed, x, &mut dx, Some(&mut y), &mut dy.to_vec());
    assert_eq!(y, value(f, x));
    dx.into_iter().map(|dx| dx - T::one()).collect()
}

fn tangents<const K: usize>(random: &mut SplitMix64, n: usize) -> Vec<[f64; K]> {
    (0..n).map(|_| [(); K].map(|()| random.uniform())).collect()
}

fn flat(matrix: &Array2<f64>) -> Vec<f64> {
    matrix.iter().copied().collect()
}

/// Central differences of `g`, one column for each input.
fn differences(x: &[f64], g: impl Fn(&[f64]) -> Vec<f64>) -> Array2<f64> {
    let h = 1e-5;
    let rows = g(x).len();
    let mut matrix = Array2::zeros((rows, x.len()));
    for (j, mut column) in matrix.axis_iter_mut(Axis(1)).enumerate() {
        let shifted = |by: f64| {
            let mut x = x.to_vec();
            x[j] += by;
            g(&x)
        };
        let (up, down) = (shifted(h), shifted(-h));
        column.iter_mut().zip(up.iter().zip(down)).for_each(|(d, (up, down))| *d = (up - down) / (2.0 * h));
    }
    matrix
}

#[test]
fn values_are_those_of_plain_code() {
    at_points(|f, x| {
        let n = x.len();
        let expected = match f {
            Cached::Smallest(_) => vec![(1.0 + x[0]).powi(2)],
            Cached::WriteThenRead(_) => {
                let w: Vec<f64> = (0..n).map(|i| x[i] * x[(i + 1) % n].sin()).collect();
                let terms: Vec<f64> = w.iter().zip(x).map(|(w, x)| w * x + w * w).collect();
                if f.outputs(7) == 1 { vec![terms.iter().sum()] } else { terms }
            }
            Cached::Accumulate(_) => {
                vec![x.iter().map(|a| x.iter().map(|b| (a * b).sin()).sum::<f64>().powi(2)).sum()]
            }
            Cached::Swap(_) => {
                let mut u = x.to_vec();
                for _ in 0..5 {
                    u = (0..n).map(|i| u[i] + 0.25 * u[(i + 1) % n].sin()).collect();
                }
                u
            }
        };
        assert_close(f, &value(f, x), &expected, 1e-14);
    });
}

#[test]
fn closed_forms_agree_with_differences() {
    at_points(|f, x| {
        let jacobian = differences(x, |x| value(f, x));
        assert_close(f, &flat(&f.jacobian(x)), &flat(&jacobian), 1e-7);
        let second = f.second(x);
        assert_eq!(second.is_some(), f.outputs(x.len()) == 1 || x.len() == 1, "{f:?}");
        if let Some(second) = second {
            let differences = differences(x, |x| flat(&f.jacobian(x)));
            assert_close(f, &flat(&second), &flat(&differences), 1e-7);
        }
    });
}

#[test]
fn tangent_code_agrees_with_the_closed_form() {
    at_points(|f, x| {
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
    at_points(|f, x| {
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
    at_points(|f, x| {
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

#[test]
fn earlier_calls_leave_no_trace() {
    for (f, sizes) in cases() {
        let mut shadow = f.make_zero();
        for call in 0..10 {
            let n = sizes[call % sizes.len()];
            let x: Vec<f64> = SplitMix64::new(call as u64).vector(n).iter().map(|x| 0.5 + x / 4.0).collect();
            let dx = tangents::<3>(&mut SplitMix64::new(8), n);
            let dy = vec![0.5; f.outputs(n)];
            let fresh = f.clone();
            assert_eq!(value(&f, &x), value(&fresh, &x));
            let constant = tangent(&f, Enclosed::Constant, &x, &dx);
            assert_eq!(constant, tangent(&fresh, Enclosed::Constant, &x, &dx));
            f.remake_zero(&mut shadow);
            let used = tangent(&f, Enclosed::Duplicated(&mut shadow), &x, &dx);
            assert_eq!(used, tangent(&fresh, Enclosed::Duplicated(&mut fresh.make_zero()), &x, &dx));
            f.remake_zero(&mut shadow);
            let used = adjoint(&f, Enclosed::Duplicated(&mut shadow), &x, &dy);
            assert_eq!(used, adjoint(&fresh, Enclosed::Duplicated(&mut fresh.make_zero()), &x, &dy));
        }
    }
}

#[test]
fn nothing_allocates_after_the_first_call() {
    fn sweep<T: Scalar>(f: &Cached, shadow: &mut Cached, x: &[T], dx: &mut [T], dy: &mut [T], lanes: &mut [[T; 2]]) {
        f.call_into(x, dy);
        f.remake_zero(shadow);
        let ones = [[T::one(); 2]; 128];
        f.tangent_into(Enclosed::Duplicated(shadow), x, &ones[..x.len()], None, lanes);
        f.remake_zero(shadow);
        f.adjoint_into(Enclosed::Duplicated(shadow), x, dx, None, dy);
    }
    at_points(|f, x| {
        let mut shadow = f.make_zero();
        let (mut dx, mut dy) = (x.to_vec(), vec![0.0; f.outputs(x.len())]);
        let mut lanes = vec![[0.0; 2]; dy.len()];
        sweep(f, &mut shadow, x, &mut dx, &mut dy, &mut lanes);
        let (count, ()) = di_test::count_allocations_of(|| sweep(f, &mut shadow, x, &mut dx, &mut dy, &mut lanes));
        assert_eq!(count, 0, "{f:?}");
    });
}

/// What is read from enclosed memory has no derivative then; what is read from `x` keeps its own.
#[test]
fn constant_memory_drops_derivatives() {
    at_points(|f, x| {
        let n = x.len();
        let expected = match f {
            Cached::WriteThenRead(_) => {
                let partial = |i: usize| x[i] * x[(i + 1) % n].sin();
                let rows = f.outputs(n);
                Array2::from_shape_fn((rows, n), |(i, j)| if rows != n || i == j { partial(j) } else { 0.0 })
            }
            _ => Array2::zeros((f.outputs(n), n)),
        };
        let dx = tangents::<1>(&mut SplitMix64::new(9), n);
        let got = tangent(f, Enclosed::Constant, x, &dx);
        assert_close(f, &got, &flat(&expected.dot(&Array2::from_shape_fn((n, 1), |(i, k)| dx[i][k]))), 1e-13);
        let dy = SplitMix64::new(10).vector(f.outputs(n));
        let got = adjoint(f, Enclosed::Constant, x, &dy);
        assert_close(f, &got, &flat(&expected.t().dot(&Array2::from_shape_fn((dy.len(), 1), |(i, _)| dy[i]))), 1e-13);
    });
}

/// A shadow of another function is replaced, never read.
#[test]
fn a_foreign_shadow_does_no_harm() {
    let f = Cached::Smallest(Smallest::default());
    let mut foreign = Cached::Accumulate(Accumulate::default());
    assert_eq!(tangent(&f, Enclosed::Duplicated(&mut foreign), &[0.5], &[[1.0]]), [3.0]);
    f.remake_zero(&mut foreign);
    assert_eq!(adjoint(&f, Enclosed::Duplicated(&mut foreign), &[0.5], &[1.0]), [3.0]);
}

#[test]
fn single_precision_runs_the_same_code() {
    at_points(|f, x| {
        let single: Vec<f32> = x.iter().map(|&x| f32::lift(x)).collect();
        let x: Vec<f64> = single.iter().map(|&x| x.into()).collect();
        let dx: Vec<[f32; 1]> = vec![[1.0]; x.len()];
        let got = tangent(f, Enclosed::Duplicated(&mut f.make_zero()), &single, &dx);
        let got: Vec<f64> = got.into_iter().map(f64::from).collect();
        assert_close(f, &got, &flat(&f.jacobian(&x).sum_axis(Axis(1)).insert_axis(Axis(1))), 1e-5);
        let got = adjoint(f, Enclosed::Duplicated(&mut f.make_zero()), &single, &vec![1.0; f.outputs(x.len())]);
        let got: Vec<f64> = got.into_iter().map(f64::from).collect();
        assert_close(f, &got, &flat(&f.jacobian(&x).sum_axis(Axis(0)).insert_axis(Axis(1))), 1e-5);
    });
}
