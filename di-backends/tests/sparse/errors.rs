//! Bad input is an error that leaves outputs as they were.

use super::functions::{Energy, Ring, point};
use di_backends::{
    Coloring, ColoringKind, ColoringMethod, DetectionError, Error, NumDual, Pattern, PrepareSparseHessian,
    PrepareSparseJacobian, Real, Sparse, SparseHessian, SparseJacobian, SparseMatrix, Tape, TracerDetector, vector_fn,
};

#[test]
fn lengths_and_patterns_of_a_jacobian() {
    let x = point(9);
    let mut prepared = Sparse::of(NumDual::default()).prepare_sparse_jacobian(Ring, &x).unwrap();
    let (mut y, mut jac) = (vec![7.0; 9], prepared.matrix());
    jac.values_mut().fill(7.0);
    let error = prepared.value_and_sparse_jacobian_into(&x[1..], &mut y, &mut jac).unwrap_err();
    assert!(matches!(error, Error::Length { argument: "x", expected: 9, found: 8 }), "{error}");
    let error = prepared.value_and_sparse_jacobian_into(&x, &mut y[1..], &mut jac).unwrap_err();
    assert!(matches!(error, Error::Length { argument: "y", expected: 9, found: 8 }), "{error}");
    let mut other = SparseMatrix::from_values(Pattern::diagonal(9).unwrap(), vec![7.0; 9]).unwrap();
    let error = prepared.value_and_sparse_jacobian_into(&x, &mut y, &mut other).unwrap_err();
    assert!(matches!(error, Error::PatternMismatch { argument: "jac", .. }), "{error}");
    let expected = "`jac` has another pattern, 9 × 9 with 9 entries, than that of preparation, 9 × 9 with 27 entries: \
                    make it by `matrix()`";
    assert_eq!(error.to_string(), expected);
    assert!(y == [7.0; 9] && jac.values() == [7.0; 27] && other.values() == [7.0; 9]);
    // An equal pattern that was made elsewhere is as good.
    let mut equal = SparseMatrix::zeros(Ring::jacobian(&x).pattern().clone());
    prepared.sparse_jacobian_into(&x, &mut equal).unwrap();
}

#[test]
fn lengths_and_patterns_of_a_hessian() {
    let x = point(9);
    let mut prepared = Sparse::of(Tape::default()).prepare_sparse_hessian(Energy, &x).unwrap();
    let (mut grad, mut hess) = (vec![7.0; 9], prepared.matrix());
    hess.values_mut().fill(7.0);
    let error = prepared.value_gradient_and_sparse_hessian_into(&x[1..], &mut grad, &mut hess).unwrap_err();
    assert!(matches!(error, Error::Length { argument: "x", expected: 9, found: 8 }), "{error}");
    let error = prepared.value_gradient_and_sparse_hessian_into(&x, &mut grad[1..], &mut hess).unwrap_err();
    assert!(matches!(error, Error::Length { argument: "grad", expected: 9, found: 8 }), "{error}");
    let mut other = SparseMatrix::from_values(Pattern::diagonal(9).unwrap(), vec![7.0; 9]).unwrap();
    let error = prepared.value_gradient_and_sparse_hessian_into(&x, &mut grad, &mut other).unwrap_err();
    assert!(matches!(error, Error::PatternMismatch { argument: "hess", .. }), "{error}");
    assert!(grad == [7.0; 9] && other.values() == [7.0; 9] && hess.values().iter().all(|&value| value == 7.0));
}

#[test]
fn known_patterns_of_other_shapes() {
    let x = point(9);
    let jacobian = |m, n| {
        let backend = Sparse::of(NumDual::default()).with_pattern(Pattern::dense(m, n).unwrap());
        backend.prepare_sparse_jacobian(Ring, &x).unwrap_err()
    };
    let error = jacobian(9, 8);
    assert!(matches!(error, Error::Length { argument: "pattern.columns", expected: 9, found: 8 }), "{error}");
    let error = jacobian(10, 9);
    assert!(matches!(error, Error::Length { argument: "pattern.rows", expected: 9, found: 10 }), "{error}");
    let hessian = |pattern: Pattern| {
        let backend = Sparse::of(Tape::default()).with_pattern(pattern);
        backend.prepare_sparse_hessian(Energy, &x).unwrap_err()
    };
    let error = hessian(Pattern::tridiagonal(8).unwrap());
    assert!(matches!(error, Error::Length { expected: 9, found: 8, .. }), "{error}");
    let error = hessian(Pattern::banded(9, 9, 0, 1).unwrap());
    assert!(matches!(error, Error::Detection(DetectionError::Asymmetric { .. })), "{error}");
}

#[test]
fn colourings_that_do_not_fit() {
    let x = point(9);
    let symmetric = Sparse::of(NumDual::default()).with_coloring(ColoringMethod::star());
    let error = symmetric.prepare_sparse_jacobian(Ring, &x).unwrap_err();
    assert!(matches!(error, Error::Coloring { kind: ColoringKind::Star, .. }), "{error}");
    let few = Pattern::tridiagonal(9).unwrap();
    let own = |pattern: &Pattern| {
        let colors: Vec<usize> = (0..pattern.columns()).collect();
        Coloring::from_user(ColoringKind::Columns, pattern, &colors).unwrap()
    };
    let backend = Sparse::of(NumDual::default()).with_coloring(own(&few));
    let error = backend.prepare_sparse_jacobian(Ring, &x).unwrap_err();
    let expected = "no column colouring: the given one is of a pattern without (8, 0), which can differ from zero";
    assert_eq!(error.to_string(), expected);
    let backend = Sparse::of(NumDual::default()).with_coloring(own(&Pattern::tridiagonal(8).unwrap()));
    let error = backend.prepare_sparse_jacobian(Ring, &x).unwrap_err();
    assert!(matches!(error, Error::Length { argument: "coloring.pattern.rows", expected: 9, found: 8 }), "{error}");
    let star = ColoringMethod::star().color(&Pattern::dense(9, 9).unwrap()).unwrap();
    let error = Sparse::of(NumDual::default()).with_coloring(star).prepare_sparse_jacobian(Ring, &x).unwrap_err();
    assert!(matches!(error, Error::Coloring { kind: ColoringKind::Star, .. }), "{error}");
}

fn kink<T: Real>(x: &[T], y: &mut [T]) {
    y[0] = if x[0] > x[1] { x[0] } else { x[1] * 2.0 };
}

#[test]
fn branches_need_a_local_detector() {
    let f = vector_fn!(kink, |_| 1);
    let global = Sparse::of(NumDual::default());
    let error = global.prepare_sparse_jacobian(f, &[1.0, 0.0]).unwrap_err();
    assert!(matches!(error, Error::Detection(DetectionError::Branch { .. })), "{error}");
    let local = global.with_detector(TracerDetector::local().at(&[0.0, 1.0]));
    let mut prepared = local.prepare_sparse_jacobian(f, &[1.0, 0.0]).unwrap();
    assert_eq!(prepared.sparse_jacobian(&[3.0, 1.0]).unwrap().values(), [1.0, 0.0]);
    assert_eq!(prepared.sparse_jacobian(&[1.0, 3.0]).unwrap().values(), [0.0, 2.0]);
}
