//! Sparse Hessians: every engine and combination, every kind of colouring, sizes across chunk borders.

use super::assert_close;
use super::functions::{Energy, point};
use di_backends::{
    ColoringKind, ColoringMethod, EnzymeStyle, FiniteDiff, Mixed, NumDual, PrepareHvp, PrepareSparseHessian, ScalarFn,
    SecondOrder, Sparse, SparseHessian, Tape, sparse_hessian, value_gradient_and_sparse_hessian,
};
use di_test::count_allocations_of;

const SIZES: [usize; 12] = [1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 50];

const KINDS: [ColoringKind; 5] =
    [ColoringKind::Star, ColoringKind::Acyclic, ColoringKind::Columns, ColoringKind::Rows, ColoringKind::Bidirectional];

fn near(found: &[f64], expected: &[f64], tolerance: f64) -> bool {
    let size = expected.iter().fold(0.0, |size: f64, value| size.max(value.abs()));
    found.iter().zip(expected).all(|(a, b)| (a - b).abs() <= tolerance * size)
}

#[track_caller]
fn check<B: PrepareHvp<Energy>>(backend: &Sparse<B>, n: usize, tolerance: f64) {
    let what = format!("{backend:?}, n = {n}");
    let mut prepared = backend.prepare_sparse_hessian(Energy, &vec![0.3; n]).unwrap();
    let (mut grad, mut hess) = (vec![f64::NAN; n], prepared.matrix());
    for shift in [0.0, 0.25] {
        let x: Vec<f64> = point(n).into_iter().map(|x| x + shift).collect();
        let (expected, value) = (Energy::hessian(&x), Energy.call(&x));
        let mut gradient = vec![0.0; n];
        Energy::gradient(&x, &mut gradient, 1.0);
        hess.values_mut().fill(f64::NAN);
        grad.fill(f64::NAN);
        let (count, found) =
            count_allocations_of(|| prepared.value_gradient_and_sparse_hessian_into(&x, &mut grad, &mut hess).unwrap());
        assert_eq!(count, 0, "{what}");
        assert_close(&hess, &expected, tolerance, &what);
        assert!(near(&grad, &gradient, tolerance) && near(&[found], &[value], 1e-14), "{what}: {grad:?}");
        hess.values_mut().fill(f64::NAN);
        let (count, result) = count_allocations_of(|| prepared.sparse_hessian_into(&x, &mut hess));
        result.unwrap();
        assert_eq!(count, 0, "{what}");
        assert_close(&hess, &expected, tolerance, &what);
        assert_close(&prepared.sparse_hessian(&x).unwrap(), &expected, tolerance, &what);
        let (found, grad, hess) = prepared.value_gradient_and_sparse_hessian(&x).unwrap();
        assert_close(&hess, &expected, tolerance, &what);
        assert!(near(&grad, &gradient, tolerance) && near(&[found], &[value], 1e-14), "{what}: {grad:?}");
        assert_close(&sparse_hessian(backend, Energy, &x).unwrap(), &expected, tolerance, &what);
        let (found, grad, hess) = value_gradient_and_sparse_hessian(backend, Energy, &x).unwrap();
        assert_close(&hess, &expected, tolerance, &what);
        assert!(near(&grad, &gradient, tolerance) && near(&[found], &[value], 1e-14), "{what}: {grad:?}");
    }
}

fn engine<B: PrepareHvp<Energy>>(dense: B, tolerance: f64) {
    for n in SIZES {
        check(&Sparse::of(dense.clone()), n, tolerance);
        for kind in KINDS {
            check(&Sparse::of(dense.clone()).with_coloring(ColoringMethod::new(kind)), n, tolerance);
        }
    }
}

#[test]
fn by_single_engines() {
    engine(NumDual::default(), 1e-12);
    engine(Tape::default(), 1e-12);
    engine(EnzymeStyle::default(), 1e-12);
    engine(Mixed { forward: NumDual::default(), reverse: Tape::default() }, 1e-12);
}

#[test]
fn by_one_engine_over_another() {
    engine(SecondOrder { outer: NumDual::default(), inner: Tape::default() }, 1e-12);
    engine(SecondOrder { outer: Tape::default(), inner: NumDual::default() }, 1e-12);
    engine(SecondOrder { outer: NumDual::fixed(2), inner: EnzymeStyle::default() }, 1e-12);
}

#[test]
fn by_finite_differences() {
    engine(FiniteDiff::central(), 2e-5);
}

/// Half-bandwidth 2: five colours that are read, three by substitution.
#[test]
fn counts_of_a_band() {
    let colors = |backend: Sparse<Tape>| backend.color_hessian(&Energy, &point(40)).unwrap().color_count();
    let backend = Sparse::of(Tape::default());
    assert_eq!(colors(backend.clone()), 5);
    assert_eq!(colors(backend.with_coloring(ColoringMethod::acyclic())), 3);
}
