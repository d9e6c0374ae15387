//! Jacobians and Hessians as linear maps, against sparse matrices.
#![cfg(all(feature = "num-dual", feature = "tape", feature = "enzyme", feature = "finite-diff"))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use di_backends::{
    Counted, Error, FiniteDiff, LinearMap, Mixed, NumDual, PrepareHessianMap, PrepareJacobianMap, PrepareSparseHessian,
    PrepareSparseJacobian, Real, ScalarFn, SecondOrder, Sparse, SparseHessian, SparseJacobian, Tape, VectorFn,
};
use di_test::count_allocations_of;

di_test::count_allocations!();

/// `y_i = s x_i x_{i+1}`.
#[derive(Clone, Copy, Debug)]
struct Products(f64);

impl<T: Real> VectorFn<T> for Products {
    fn output_len(&self, input_len: usize) -> usize {
        input_len - 1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        y.iter_mut().zip(x.windows(2)).for_each(|(y, w)| *y = w[0] * w[1] * self.0);
    }
}

impl<T: Real> ScalarFn<T> for Products {
    fn call(&self, x: &[T]) -> T {
        x.windows(2).map(|w| w[0] * w[1] * w[1] * self.0).sum()
    }
}

fn numbers(n: usize, phase: f64) -> Vec<f64> {
    (0_u32..).take(n).map(|i| (f64::from(i) + phase).sin() + 1.5).collect()
}

#[track_caller]
fn assert_near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
    }
}

/// Both products at changing points and of changing functions, with nothing allocated.
#[track_caller]
fn check(a: &mut impl LinearMap, b: &mut impl LinearMap, tolerance: f64) {
    assert_eq!((a.rows(), a.columns()), (b.rows(), b.columns()));
    let (mut x, mut y) = (vec![f64::NAN; a.columns()], vec![f64::NAN; a.rows()]);
    for phase in [0.0, 0.5] {
        let (dx, dy) = (numbers(x.len(), phase), numbers(y.len(), phase));
        let (count, result) = count_allocations_of(|| a.apply_into(&dx, &mut y));
        result.unwrap();
        assert_eq!(count, 0);
        assert_near(&y, &b.apply(&dx).unwrap(), tolerance);
        let (count, result) = count_allocations_of(|| a.apply_transpose_into(&dy, &mut x));
        result.unwrap();
        assert_eq!(count, 0);
        assert_near(&x, &b.apply_transpose(&dy).unwrap(), tolerance);
    }
    x.fill(7.0);
    y.fill(7.0);
    let long = vec![1.0; x.len() + 1];
    assert!(matches!(a.apply_into(&long, &mut y), Err(Error::Length { argument: "x", .. })));
    assert!(matches!(a.apply_transpose_into(&y[1..], &mut x), Err(Error::Length { argument: "y", .. })));
    assert!(x.iter().chain(&y).all(|&number| number == 7.0));
}

#[test]
fn jacobians() {
    fn of<B: PrepareJacobianMap<Products>>(backend: &B, tolerance: f64) {
        let mut exact = Sparse::of(NumDual::default()).prepare_sparse_jacobian(Products(2.0), &[0.0; 20]).unwrap();
        let mut map = backend.prepare_jacobian_map(Products(2.0), &numbers(20, 0.0)).unwrap();
        check(&mut map, &mut exact.sparse_jacobian(&numbers(20, 0.0)).unwrap(), tolerance);
        map.move_to(&numbers(20, 3.0)).unwrap();
        assert_eq!(map.point(), numbers(20, 3.0));
        check(&mut map, &mut exact.sparse_jacobian(&numbers(20, 3.0)).unwrap(), tolerance);
        map.function_mut().0 = -1.0;
        exact.function_mut().0 = -1.0;
        check(&mut map, &mut exact.sparse_jacobian(&numbers(20, 3.0)).unwrap(), tolerance);
        assert!(matches!(map.move_to(&[1.0]), Err(Error::Length { argument: "x", expected: 20, found: 1 })));
    }
    of(&NumDual::default(), 1e-13);
    of(&Tape::default(), 1e-13);
    of(&Mixed { forward: NumDual::default(), reverse: Tape::default() }, 1e-13);
    of(&FiniteDiff::central(), 1e-6);
}

#[test]
fn hessians() {
    fn of<B: PrepareHessianMap<Products>>(backend: &B, tolerance: f64) {
        let mut exact = Sparse::of(Tape::default()).prepare_sparse_hessian(Products(2.0), &[0.0; 20]).unwrap();
        let mut map = backend.prepare_hessian_map(Products(2.0), &numbers(20, 0.0)).unwrap();
        check(&mut map, &mut exact.sparse_hessian(&numbers(20, 0.0)).unwrap(), tolerance);
        map.move_to(&numbers(20, 3.0)).unwrap();
        check(&mut map, &mut exact.sparse_hessian(&numbers(20, 3.0)).unwrap(), tolerance);
        map.function_mut().0 = -1.0;
        exact.function_mut().0 = -1.0;
        check(&mut map, &mut exact.sparse_hessian(&numbers(20, 3.0)).unwrap(), tolerance);
        assert!(matches!(map.move_to(&[1.0]), Err(Error::Length { argument: "x", expected: 20, found: 1 })));
    }
    of(&NumDual::default(), 1e-12);
    of(&Tape::default(), 1e-12);
    of(&SecondOrder { outer: NumDual::default(), inner: Tape::default() }, 1e-12);
    of(&SecondOrder { outer: Tape::default(), inner: NumDual::default() }, 1e-12);
    of(&FiniteDiff::central(), 1e-3);
}

/// A recording serves all pullbacks at a point.
#[test]
fn evaluations_are_reused() {
    let f = Counted::new(Products(1.0));
    let mut map = Tape::default().prepare_jacobian_map(f.clone(), &numbers(10, 0.0)).unwrap();
    f.reset();
    for _ in 0..5 {
        map.apply_transpose(&numbers(9, 1.0)).unwrap();
    }
    assert_eq!(f.calls(), 1);
    map.move_to(&numbers(10, 2.0)).unwrap();
    map.apply_transpose(&numbers(9, 1.0)).unwrap();
    assert_eq!(f.calls(), 2);
}
