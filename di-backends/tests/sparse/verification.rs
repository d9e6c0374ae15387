//! Patterns that lack entries are found, and the group that they spoil is named.

use super::assert_close;
use super::functions::{Arrow, Energy, Ring, point};
use di_backends::{
    ColoringMethod, EnzymeStyle, Error, FiniteDiff, Mixed, NumDual, Pattern, PreparePullback, PreparePushforward,
    PrepareSparseHessian, PrepareSparseJacobian, Real, Sparse, SparseHessian, SparseJacobian, Tape, TracerDetector,
    VectorFn, Verification, Verified, vector_fn,
};
use di_test::count_allocations_of;

const HOW: Verification = Verification { seed: 7, tolerance: None };

fn without(pattern: &Pattern, lost: &[(usize, usize)]) -> Pattern {
    let entries = pattern.entries().filter(|entry| !lost.contains(entry));
    Pattern::from_entries(pattern.rows(), pattern.columns(), entries).unwrap()
}

/// Each entry of a ring in turn is taken away; the error names the group of its column, its row and the entry.
#[track_caller]
fn each_entry_in_turn<B: PreparePushforward<Ring> + PreparePullback<Ring>>(dense: &B) {
    let x = point(12);
    let pattern = Ring::jacobian(&x).pattern().clone();
    for (i, j) in pattern.entries() {
        let backend = Sparse::of(dense.clone()).with_pattern(without(&pattern, &[(i, j)]));
        let mut prepared = backend.prepare_sparse_jacobian(Ring, &x).unwrap();
        let error = prepared.verify(&x, HOW).unwrap_err();
        let Error::WrongPattern { matrix: "Jacobian", side, group, line, missing, expected, found } = error else {
            panic!("{error}")
        };
        let coloring = prepared.coloring();
        let what = format!("{}, ({i}, {j})", dense.name());
        assert_eq!(missing, Some((i, j)), "{what}");
        let (place, color) = if side == "rows" { (j, coloring.row_color(i)) } else { (i, coloring.column_color(j)) };
        assert_eq!((line, group), (place, color), "{what}");
        assert!(expected != found, "{what}");
    }
    let mut whole = Sparse::of(dense.clone()).with_pattern(pattern).prepare_sparse_jacobian(Ring, &x).unwrap();
    for seed in 0..20 {
        whole.verify(&x, Verification { seed, tolerance: None }).unwrap();
    }
}

#[test]
fn each_missing_entry_is_named() {
    each_entry_in_turn(&NumDual::default());
    each_entry_in_turn(&Tape::default());
    each_entry_in_turn(&EnzymeStyle::default());
    each_entry_in_turn(&FiniteDiff::central());
    each_entry_in_turn(&FiniteDiff::forward());
    each_entry_in_turn(&Mixed { forward: NumDual::default(), reverse: Tape::default() });
}

#[test]
fn the_message_says_all_of_it() {
    let x = point(12);
    let pattern = without(Ring::jacobian(&x).pattern(), &[(3, 4)]);
    let backend = Sparse::of(NumDual::default()).with_pattern(pattern);
    let error = backend.prepare_sparse_jacobian(Ring, &x).unwrap().verify(&x, HOW).unwrap_err().to_string();
    let start =
        "the sparse Jacobian is wrong in group 1 of its columns: row 3 of its product with a random direction is ";
    assert!(error.starts_with(start) && error.ends_with("; the pattern lacks (3, 4)"), "{error}");
}

/// Also of colourings by both, where columns may be in no group.
#[test]
fn colourings_of_every_kind() {
    let x = point(9);
    let dense = Mixed { forward: NumDual::default(), reverse: Tape::default() };
    for method in [ColoringMethod::columns(), ColoringMethod::rows(), ColoringMethod::bidirectional()] {
        let pattern = Arrow::jacobian(&x).pattern().clone();
        for (i, j) in pattern.entries() {
            let backend = Sparse::new(dense, di_backends::KnownPattern(without(&pattern, &[(i, j)])), method.clone());
            let error = backend.prepare_sparse_jacobian(Arrow, &x).unwrap().verify(&x, HOW).unwrap_err();
            assert!(matches!(error, Error::WrongPattern { missing: Some(_), .. }), "{method:?}, ({i}, {j}): {error}");
        }
        let whole = Sparse::of(dense).with_coloring(method);
        whole.prepare_sparse_jacobian(Arrow, &x).unwrap().verify(&x, HOW).unwrap();
    }
    for method in [ColoringMethod::star(), ColoringMethod::acyclic(), ColoringMethod::columns(), ColoringMethod::rows()]
    {
        let pattern = Energy::hessian(&x).pattern().clone();
        for (i, j) in pattern.entries().filter(|(i, j)| i <= j) {
            let backend = Sparse::new(
                Tape::default(),
                di_backends::KnownPattern(without(&pattern, &[(i, j), (j, i)])),
                method.clone(),
            );
            let error = backend.prepare_sparse_hessian(Energy, &x).unwrap().verify(&x, HOW).unwrap_err();
            assert!(matches!(error, Error::WrongPattern { matrix: "Hessian", .. }), "{method:?}, ({i}, {j}): {error}");
        }
        for dense in [SecondOrderCase::Exact, SecondOrderCase::Differences] {
            dense.check(&x, &method);
        }
    }
}

enum SecondOrderCase {
    Exact,
    Differences,
}

impl SecondOrderCase {
    fn check(&self, x: &[f64], method: &ColoringMethod) {
        match self {
            Self::Exact => {
                let backend = Sparse::of(Tape::default()).with_coloring(method.clone());
                backend.prepare_sparse_hessian(Energy, x).unwrap().verify(x, HOW).unwrap();
            }
            Self::Differences => {
                let backend = Sparse::of(FiniteDiff::central()).with_coloring(method.clone());
                backend.prepare_sparse_hessian(Energy, x).unwrap().verify(x, HOW).unwrap();
            }
        }
    }
}

fn kink<T: Real>(x: &[T], y: &mut [T]) {
    for (y, w) in y.iter_mut().zip(x.windows(2)) {
        *y = if w[0] > w[1] { w[0] * w[0] } else { w[1] * 2.0 };
    }
}

/// A local pattern that stops being valid is found when it happens, and outputs are as before.
#[test]
fn verified_backends_look_at_every_matrix() {
    let f = vector_fn!(kink, |n| n - 1);
    let (falling, rising) = ([4.0, 3.0, 2.0, 1.0], [1.0, 2.0, 3.0, 4.0]);
    let local = Sparse::of(NumDual::default()).with_detector(TracerDetector::local());
    let mut trusting = local.prepare_sparse_jacobian(f, &falling).unwrap();
    assert!(trusting.sparse_jacobian(&rising).is_ok());
    let mut prepared = Verified::new(local).prepare_sparse_jacobian(f, &falling).unwrap();
    let (mut y, mut jac) = ([0.0; 3], prepared.matrix());
    prepared.value_and_sparse_jacobian_into(&falling, &mut y, &mut jac).unwrap();
    assert_eq!((jac.values(), y), ([8.0, 6.0, 4.0].as_slice(), [16.0, 9.0, 4.0]));
    let error = prepared.value_and_sparse_jacobian_into(&rising, &mut y, &mut jac).unwrap_err();
    assert!(matches!(error, Error::WrongPattern { side: "columns", .. }), "{error}");
    assert_eq!((jac.values(), y), ([8.0, 6.0, 4.0].as_slice(), [16.0, 9.0, 4.0]));
    // It goes on where the pattern holds.
    prepared.value_and_sparse_jacobian_into(&[8.0, 3.0, 2.0, 1.0], &mut y, &mut jac).unwrap();
    assert_eq!(jac.values()[0], 16.0);
}

#[test]
fn verified_matrices_are_the_same_and_allocate_nothing() {
    let x = point(40);
    let other: Vec<f64> = x.iter().map(|x| x * 1.25).collect();
    let dense = Mixed { forward: NumDual::default(), reverse: Tape::default() };
    let mut jacobian = Verified::new(Sparse::of(dense)).prepare_sparse_jacobian(Ring, &x).unwrap();
    let mut hessian = Verified::new(Sparse::of(dense)).prepare_sparse_hessian(Energy, &x).unwrap();
    let (mut y, mut jac, mut hess) = (vec![0.0; 40], jacobian.matrix(), hessian.matrix());
    for x in [&other, &x, &other] {
        let (count, result) = count_allocations_of(|| jacobian.value_and_sparse_jacobian_into(x, &mut y, &mut jac));
        result.unwrap();
        assert_eq!(count, 0);
        assert_close(&jac, &Ring::jacobian(x), 1e-13, "verified");
        let mut value = vec![0.0; 40];
        Ring.call_into(x, &mut value);
        assert_eq!(y, value);
        let (count, result) = count_allocations_of(|| hessian.sparse_hessian_into(x, &mut hess));
        result.unwrap();
        assert_eq!(count, 0);
        assert_close(&hess, &Energy::hessian(x), 1e-12, "verified");
    }
    jacobian.resize(&x[..9]).unwrap();
    assert_close(&jacobian.sparse_jacobian(&x[..9]).unwrap(), &Ring::jacobian(&x[..9]), 1e-13, "resized");
}

/// A tolerance of the user's own is kept to.
#[test]
fn tolerances() {
    let x = point(12);
    let mut prepared = Sparse::of(FiniteDiff::forward()).prepare_sparse_jacobian(Ring, &x).unwrap();
    prepared.verify(&x, HOW).unwrap();
    let strict = Verification { tolerance: Some(1e-14), ..HOW };
    assert!(matches!(prepared.verify(&x, strict), Err(Error::WrongPattern { missing: None, .. })));
    // What is not a number is compared by that alone.
    let mut prepared = Sparse::of(NumDual::default()).prepare_sparse_jacobian(Ring, &x).unwrap();
    let mut broken = x.clone();
    broken[5] = f64::NAN;
    prepared.verify(&broken, HOW).unwrap();
}
