//! Sparse Jacobians: every engine, every kind of colouring, sizes across chunk borders.

use super::assert_close;
use super::functions::{Arrow, Ring, point};
use di_backends::{
    ColoringKind, ColoringMethod, EnzymeStyle, FiniteDiff, FromPrimitive, Mixed, NumDual, PreparePullback,
    PreparePushforward, PrepareSparseJacobian, Sparse, SparseJacobian, SparseMatrix, Tape, VectorFn, sparse_jacobian,
    value_and_sparse_jacobian,
};
use di_test::count_allocations_of;

const SIZES: [usize; 14] = [3, 4, 5, 7, 8, 9, 11, 12, 13, 16, 17, 50, 100, 401];

const KINDS: [ColoringKind; 3] = [ColoringKind::Columns, ColoringKind::Rows, ColoringKind::Bidirectional];

/// Every variant at two points, with nothing allocated by those that write into matrices.
#[track_caller]
fn check<B, F>(backend: &Sparse<B>, f: F, jacobian: fn(&[f64]) -> SparseMatrix, n: usize, tolerance: f64)
where
    B: PreparePushforward<F> + PreparePullback<F>,
    F: VectorFn<f64> + VectorFn<di_backends::Tracer> + Copy,
{
    let what = format!("{backend:?}, n = {n}");
    let mut prepared = backend.prepare_sparse_jacobian(f, &vec![0.3; n]).unwrap();
    let (mut y, mut jac) = (vec![f64::NAN; n], prepared.matrix());
    for shift in [0.0, 0.25] {
        let x: Vec<f64> = point(n).into_iter().map(|x| x + shift).collect();
        let expected = jacobian(&x);
        let mut value = vec![0.0; n];
        f.call_into(&x, &mut value);
        jac.values_mut().fill(f64::NAN);
        let (count, result) = count_allocations_of(|| prepared.value_and_sparse_jacobian_into(&x, &mut y, &mut jac));
        result.unwrap();
        assert_eq!(count, 0, "{what}");
        assert_close(&jac, &expected, tolerance, &what);
        assert_eq!(y, value, "{what}");
        jac.values_mut().fill(f64::NAN);
        let (count, result) = count_allocations_of(|| prepared.sparse_jacobian_into(&x, &mut jac));
        result.unwrap();
        assert_eq!(count, 0, "{what}");
        assert_close(&jac, &expected, tolerance, &what);
        let (y, jac) = prepared.value_and_sparse_jacobian(&x).unwrap();
        assert_close(&jac, &expected, tolerance, &what);
        assert_eq!(y, value, "{what}");
        assert_close(&prepared.sparse_jacobian(&x).unwrap(), &expected, tolerance, &what);
        assert_close(&sparse_jacobian(backend, f, &x).unwrap(), &expected, tolerance, &what);
        let (y, jac) = value_and_sparse_jacobian(backend, f, &x).unwrap();
        assert_close(&jac, &expected, tolerance, &what);
        assert_eq!(y, value, "{what}");
    }
}

/// Both functions with the backend's own choice, and with every kind of colouring up to a size.
fn engine<B>(dense: B, tolerance: f64, largest_of_other_kinds: usize)
where
    B: PreparePushforward<Ring> + PreparePullback<Ring> + PreparePushforward<Arrow> + PreparePullback<Arrow>,
{
    for n in SIZES {
        check(&Sparse::of(dense.clone()), Ring, Ring::jacobian, n, tolerance);
        check(&Sparse::of(dense.clone()), Arrow, Arrow::jacobian, n, tolerance);
        for kind in KINDS.into_iter().filter(|_| n <= largest_of_other_kinds) {
            let backend = Sparse::of(dense.clone()).with_coloring(ColoringMethod::new(kind));
            check(&backend, Ring, Ring::jacobian, n, tolerance);
            check(&backend, Arrow, Arrow::jacobian, n, tolerance);
        }
    }
}

#[test]
fn by_dual_numbers() {
    engine(NumDual::default(), 1e-13, 17);
    for width in [1, 2, 4, 8, 16] {
        engine(NumDual::fixed(width), 1e-13, 0);
    }
}

#[test]
fn by_a_tape() {
    engine(Tape::default(), 1e-13, 17);
    engine(Tape::fixed(1), 1e-13, 5);
}

#[test]
fn by_derivative_code() {
    engine(EnzymeStyle::default(), 1e-13, 50);
    engine(EnzymeStyle::fixed(2), 1e-13, 5);
}

#[test]
fn by_finite_differences() {
    engine(FiniteDiff::central(), 1e-8, 17);
    engine(FiniteDiff::forward(), 1e-5, 17);
}

#[test]
fn by_two_engines() {
    engine(Mixed { forward: NumDual::default(), reverse: Tape::default() }, 1e-13, 50);
    engine(Mixed { forward: EnzymeStyle::default(), reverse: Tape::default() }, 1e-13, 5);
    engine(FromPrimitive(NumDual::default()), 1e-13, 5);
}

#[test]
fn directions_follow_the_engine() {
    let kind = |coloring: &di_backends::Coloring| (coloring.kind(), coloring.color_count());
    let x = point(60);
    let forward = Sparse::of(NumDual::default()).color_jacobian(&Ring, &x).unwrap();
    assert_eq!(kind(&forward), (ColoringKind::Columns, 3));
    let reverse = Sparse::of(Tape::default()).color_jacobian(&Ring, &x).unwrap();
    assert_eq!(kind(&reverse), (ColoringKind::Rows, 3));
    let differences = Sparse::of(FiniteDiff::default()).color_jacobian(&Arrow, &x).unwrap();
    assert_eq!(kind(&differences), (ColoringKind::Columns, 60));
    // A dense row and a dense column: one product of each kind for them, and one for the diagonal.
    let mixed = Sparse::of(Mixed { forward: NumDual::default(), reverse: Tape::default() });
    let both = mixed.color_jacobian(&Arrow, &x).unwrap();
    assert!(both.kind() == ColoringKind::Bidirectional && both.color_count() <= 3, "{:?}", kind(&both));
    let columns = mixed.color_jacobian(&Ring, &x).unwrap();
    assert_eq!(kind(&columns), (ColoringKind::Columns, 3));
}
