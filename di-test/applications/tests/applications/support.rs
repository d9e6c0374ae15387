//! Comparisons.

use di_applications::Random;
use di_backends::ndarray::{Array2, ArrayViewMut2, aview1};
use di_backends::{EnzymeStyle, FiniteDiff, NumDual, Tape};
use di_backends::{PrepareGradient, PrepareJacobian, PreparePullback, PreparePushforward, ScalarShape};
use di_backends::{gradient, jacobian, pushforward, value_and_gradient, value_and_jacobian, value_and_pullback};

/// The random points that small applications are compared at.
pub(crate) const POINTS: u64 = 200;

/// The part of the largest entry by which exact derivatives may differ.
pub(crate) const EXACT: f64 = 1e-12;

/// Fails unless all numbers agree to a part of the largest.
pub(crate) fn assert_close(what: &str, found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len(), "{what}: another number of entries");
    let size = expected.iter().fold(f64::MIN_POSITIVE, |size: f64, e| size.max(e.abs()));
    for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
        let off = (found - expected).abs() / size;
        assert!(off <= tolerance, "{what}: entry {i} is {found}, not {expected}: off by {off:e} of the largest");
    }
}

/// Fails unless the engines have this value and gradient.
pub(crate) fn check_gradient<F>(what: &str, f: &F, x: &[f64], value: f64, expected: &[f64])
where
    EnzymeStyle: for<'f> PrepareGradient<&'f F>,
    NumDual: for<'f> PrepareGradient<&'f F>,
    Tape: for<'f> PrepareGradient<&'f F>,
{
    let by_code = value_and_gradient(&EnzymeStyle::default(), f, x).unwrap();
    let by_duals = value_and_gradient(&NumDual::default(), f, x).unwrap();
    let by_tape = value_and_gradient(&Tape::default(), f, x).unwrap();
    for (engine, (y, grad)) in [("dual numbers", by_duals), ("tape", by_tape), ("derivative code", by_code)] {
        assert_close(&format!("{what}, value by {engine}"), &[y], &[value], EXACT);
        assert_close(&format!("{what}, gradient by {engine}"), &grad, expected, EXACT);
    }
}

/// Fails unless the tape has this value and gradient, and dual numbers agree along a few coordinates and directions: for
/// functions of too many inputs for a gradient by dual numbers.
pub(crate) fn check_large_gradient<F>(what: &str, f: &F, x: &[f64], value: f64, expected: &[f64])
where
    EnzymeStyle: for<'f> PrepareGradient<&'f F>,
    NumDual: for<'f> PreparePushforward<&'f F, f64, ScalarShape>,
    Tape: for<'f> PrepareGradient<&'f F>,
{
    const SEEDS: usize = 12;
    let by_tape = value_and_gradient(&Tape::default(), f, x).unwrap();
    let by_code = value_and_gradient(&EnzymeStyle::default(), f, x).unwrap();
    for (engine, (y, grad)) in [("tape", by_tape), ("derivative code", by_code)] {
        assert_close(&format!("{what}, value by {engine}"), &[y], &[value], EXACT);
        assert_close(&format!("{what}, gradient by {engine}"), &grad, expected, EXACT);
    }
    let mut random = Random::new(1);
    let mut seeds = Array2::<f64>::zeros((x.len(), SEEDS));
    for seed in 1..SEEDS {
        seeds[[random.below(x.len()), seed]] = 1.0;
    }
    seeds.column_mut(0).iter_mut().for_each(|seed| *seed = random.between(-1.0, 1.0));
    let mut found = vec![0.0; SEEDS];
    let backend = NumDual::default();
    let mut workspace = Default::default();
    backend.init_pushforward(&f, x, SEEDS, &mut workspace).unwrap();
    let row = ArrayViewMut2::from_shape((1, SEEDS), &mut found).unwrap();
    backend.compute_pushforward(&f, &mut workspace, x, seeds.view().into(), None, row).unwrap();
    let products = seeds.t().dot(&aview1(expected)).to_vec();
    assert_close(&format!("{what}, direction by dual numbers"), &found[..1], &products[..1], EXACT);
    let size = expected.iter().fold(0.0, |size: f64, g| size.max(g.abs()));
    let scaled = |entries: &[f64]| entries[1..].iter().map(|e| e / size).chain([1.0]).collect::<Vec<_>>();
    assert_close(&format!("{what}, coordinates by dual numbers"), &scaled(&found), &scaled(&products), EXACT);
}

/// Fails unless the engines have this value and Jacobian, row by row; derivative code in both directions.
pub(crate) fn check_jacobian<F>(what: &str, f: &F, x: &[f64], value: &[f64], expected: &[f64])
where
    EnzymeStyle: for<'f> PrepareJacobian<&'f F> + for<'f> PreparePullback<&'f F, f64>,
    NumDual: for<'f> PrepareJacobian<&'f F>,
    Tape: for<'f> PrepareJacobian<&'f F>,
{
    let by_duals = value_and_jacobian(&NumDual::default(), f, x).unwrap();
    let by_tape = value_and_jacobian(&Tape::default(), f, x).unwrap();
    let by_code = value_and_jacobian(&EnzymeStyle::default(), f, x).unwrap();
    let dy = Random::new(4).vector(value.len(), -1.0, 1.0);
    let (y, pulled) = value_and_pullback(&EnzymeStyle::default(), f, x, &dy).unwrap();
    assert_close(&format!("{what}, value by an adjoint"), &y, value, EXACT);
    let products = by_code.1.t().dot(&aview1(&dy)).to_vec();
    assert_close(&format!("{what}, pullback by an adjoint"), &pulled, &products, EXACT);
    for (engine, (y, jac)) in [("dual numbers", by_duals), ("tape", by_tape), ("derivative code", by_code)] {
        assert_close(&format!("{what}, value by {engine}"), &y, value, EXACT);
        let jac: Vec<f64> = jac.iter().copied().collect();
        assert_close(&format!("{what}, Jacobian by {engine}"), &jac, expected, EXACT);
    }
}

/// Fails unless central differences have this gradient, to the part that they can be trusted to.
pub(crate) fn check_by_differences<F>(what: &str, f: &F, x: &[f64], expected: &[f64], tolerance: f64)
where
    FiniteDiff: for<'f> PrepareGradient<&'f F>,
{
    let found = gradient(&FiniteDiff::central(), f, x).unwrap();
    assert_close(&format!("{what}, by differences"), &found, expected, tolerance);
}

/// As [`check_by_differences`], of a Jacobian.
pub(crate) fn check_jacobian_by_differences<F>(what: &str, f: &F, x: &[f64], expected: &[f64], tolerance: f64)
where
    FiniteDiff: for<'f> PrepareJacobian<&'f F>,
{
    let jac = jacobian(&FiniteDiff::central(), f, x).unwrap();
    let found: Vec<f64> = jac.iter().copied().collect();
    assert_close(&format!("{what}, by differences"), &found, expected, tolerance);
}

/// Fails unless the engines have this value and pullback of `dy`: the tape at once, dual numbers by all pushforwards.
pub(crate) fn check_pullback<F>(what: &str, f: &F, x: &[f64], value: &[f64], dy: &[f64], dx: &[f64])
where
    EnzymeStyle: for<'f> PreparePullback<&'f F, f64>,
    NumDual: for<'f> PrepareJacobian<&'f F>,
    Tape: for<'f> PreparePullback<&'f F, f64>,
{
    check_large_pullback(what, f, x, value, dy, dx);
    let (y, jac) = value_and_jacobian(&NumDual::default(), f, x).unwrap();
    assert_close(&format!("{what}, value by dual numbers"), &y, value, EXACT);
    assert_close(&format!("{what}, pullback by dual numbers"), &jac.t().dot(&aview1(dy)).to_vec(), dx, EXACT);
}

/// As [`check_pullback`], by the tape and by derivative code.
pub(crate) fn check_large_pullback<F>(what: &str, f: &F, x: &[f64], value: &[f64], dy: &[f64], dx: &[f64])
where
    EnzymeStyle: for<'f> PreparePullback<&'f F, f64>,
    Tape: for<'f> PreparePullback<&'f F, f64>,
{
    let by_tape = value_and_pullback(&Tape::default(), f, x, dy).unwrap();
    let by_code = value_and_pullback(&EnzymeStyle::default(), f, x, dy).unwrap();
    for (engine, (y, pulled)) in [("tape", by_tape), ("derivative code", by_code)] {
        assert_close(&format!("{what}, value by {engine}"), &y, value, EXACT);
        assert_close(&format!("{what}, pullback by {engine}"), &pulled, dx, EXACT);
    }
}

/// Fails unless `⟨dy, J t⟩ = ⟨dx, t⟩` for a random tangent `t`, with `J t` by dual numbers.
pub(crate) fn check_product<F>(what: &str, f: &F, x: &[f64], dy: &[f64], dx: &[f64])
where
    NumDual: for<'f> PreparePushforward<&'f F, f64>,
{
    let tangent = Random::new(3).vector(x.len(), -1.0, 1.0);
    let pushed = pushforward(&NumDual::default(), f, x, &tangent).unwrap();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let (found, expected) = (dot(dy, &pushed), dot(dx, &tangent));
    let size: f64 = dx.iter().zip(&tangent).map(|(d, t)| (d * t).abs()).sum();
    assert!((found - expected).abs() <= EXACT * size, "{what}: products are {found} and {expected}");
}
