//! Several threads give the same numbers as one, bit by bit.
#![cfg(feature = "rayon")]

use super::functions::{Arrow, Energy, Ring, point};
use di_backends::{
    ColoringMethod, EnzymeStyle, Error, FiniteDiff, KnownPattern, Mixed, NumDual, Pattern, PrepareHvp, PreparePullback,
    PreparePushforward, PrepareSparseHessian, PrepareSparseJacobian, SecondOrder, Sparse, SparseHessian,
    SparseJacobian, Tape, Threaded, VectorFn, Verified,
};
use std::sync::Arc;

fn pool(threads: usize) -> Arc<rayon::ThreadPool> {
    Arc::new(rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap())
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

/// Points with zeros of either sign, infinities and what is not a number, where skipped arithmetic would show.
fn awkward(n: usize) -> Vec<Vec<f64>> {
    let mut points = vec![point(n), vec![0.0; n], vec![-0.0; n]];
    for value in [f64::INFINITY, f64::NAN, -0.0] {
        let mut x = point(n);
        x[n / 2] = value;
        points.push(x);
    }
    points
}

fn jacobians<B, F>(dense: &B, f: F, n: usize)
where
    B: PreparePushforward<F> + PreparePullback<F>,
    F: VectorFn<f64> + VectorFn<di_backends::Tracer> + Copy + Send + 'static,
{
    for method in [ColoringMethod::columns(), ColoringMethod::rows(), ColoringMethod::bidirectional()] {
        let sparse = Sparse::of(dense.clone()).with_coloring(method);
        let mut alone = sparse.prepare_sparse_jacobian(f, &point(n)).unwrap();
        for threads in [1, 2, 3, 7, 40] {
            let backend = Threaded::on(sparse.clone(), pool(threads));
            let mut together = backend.prepare_sparse_jacobian(f, &point(n)).unwrap();
            for x in awkward(n) {
                let (y, jac) = alone.value_and_sparse_jacobian(&x).unwrap();
                let (other_y, other) = together.value_and_sparse_jacobian(&x).unwrap();
                assert_eq!(bits(&other_y), bits(&y), "{backend:?}");
                assert_eq!(bits(other.values()), bits(jac.values()), "{backend:?}");
                let other = together.sparse_jacobian(&x).unwrap();
                assert_eq!(bits(other.values()), bits(jac.values()), "{backend:?}");
            }
        }
    }
}

fn hessians<B: PrepareHvp<Energy, Function: Clone + Send + 'static>>(dense: &B, n: usize) {
    for method in [ColoringMethod::star(), ColoringMethod::acyclic(), ColoringMethod::bidirectional()] {
        let sparse = Sparse::of(dense.clone()).with_coloring(method);
        let mut alone = sparse.prepare_sparse_hessian(Energy, &point(n)).unwrap();
        for threads in [1, 2, 3, 8] {
            let backend = Threaded::on(sparse.clone(), pool(threads));
            let mut together = backend.prepare_sparse_hessian(Energy, &point(n)).unwrap();
            for x in awkward(n) {
                let (value, grad, hess) = alone.value_gradient_and_sparse_hessian(&x).unwrap();
                let (other_value, other_grad, other) = together.value_gradient_and_sparse_hessian(&x).unwrap();
                assert_eq!(other_value.to_bits(), value.to_bits(), "{backend:?}");
                assert_eq!(bits(&other_grad), bits(&grad), "{backend:?}");
                assert_eq!(bits(other.values()), bits(hess.values()), "{backend:?}");
            }
        }
    }
}

#[test]
fn jacobians_of_every_engine() {
    for n in [3, 9, 30] {
        jacobians(&NumDual::default(), Ring, n);
        jacobians(&NumDual::fixed(1), Arrow, n);
        jacobians(&NumDual::fixed(4), Arrow, n);
        jacobians(&Tape::default(), Arrow, n);
        jacobians(&Tape::fixed(2), Ring, n);
        jacobians(&EnzymeStyle::fixed(2), Arrow, n);
        jacobians(&FiniteDiff::central(), Arrow, n);
        jacobians(&FiniteDiff::forward(), Ring, n);
        jacobians(&Mixed { forward: NumDual::fixed(1), reverse: Tape::fixed(1) }, Arrow, n);
    }
}

#[test]
fn hessians_of_every_engine() {
    for n in [3, 9, 30] {
        hessians(&NumDual::default(), n);
        hessians(&Tape::fixed(2), n);
        hessians(&EnzymeStyle::fixed(2), n);
        hessians(&FiniteDiff::central(), n);
        hessians(&SecondOrder { outer: NumDual::fixed(2), inner: Tape::default() }, n);
        hessians(&Mixed { forward: NumDual::fixed(1), reverse: Tape::default() }, n);
    }
}

/// There is work for more than one thread.
#[test]
fn products_are_spread() {
    let n = 30;
    let backend = Threaded::on(Sparse::of(NumDual::fixed(4)), pool(3));
    let prepared = backend.prepare_sparse_jacobian(Arrow, &point(n)).unwrap();
    assert_eq!(prepared.coloring().color_count(), n);
    let text = format!("{prepared:?}");
    assert!(text.contains("parts: 3"), "{text}");
}

#[derive(Clone, Copy, Debug)]
struct Scaled(f64);

impl<T: di_backends::Real> VectorFn<T> for Scaled {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        y.iter_mut().zip(x).for_each(|(y, x)| *y = *x * *x * self.0);
    }
}

#[test]
fn functions_change_on_all_threads_and_lengths_too() {
    let dense = Pattern::dense(5, 5).unwrap();
    let backend = Threaded::on(Sparse::of(NumDual::fixed(1)).with_pattern(dense), pool(3));
    let mut prepared = backend.prepare_sparse_jacobian(Scaled(1.0), &[1.0; 5]).unwrap();
    for scale in [2.0, 3.0] {
        prepared.function_mut().0 = scale;
        let jac = prepared.sparse_jacobian(&[1.0; 5]).unwrap();
        assert!(jac.triplets().all(|(i, j, value)| value == if i == j { 2.0 * scale } else { 0.0 }));
    }
    let mut prepared = Threaded::new(Sparse::of(NumDual::fixed(1))).prepare_sparse_jacobian(Arrow, &point(20)).unwrap();
    for n in [7, 25, 3] {
        prepared.resize(&point(n)).unwrap();
        let found = prepared.sparse_jacobian(&point(n)).unwrap();
        super::assert_close(&found, &Arrow::jacobian(&point(n)), 1e-13, "resized");
    }
    let error = prepared.sparse_jacobian(&point(4)).unwrap_err();
    assert!(matches!(error, Error::Length { argument: "x", expected: 3, found: 4 }), "{error}");
}

/// Verification works around threads as around one.
#[test]
fn verified() {
    let x = point(12);
    let whole = Ring::jacobian(&x).pattern().clone();
    let fewer = whole.entries().filter(|&entry| entry != (3, 4));
    let fewer = Pattern::from_entries(12, 12, fewer).unwrap();
    let threaded = |pattern| {
        Threaded::on(Sparse::new(NumDual::fixed(1), KnownPattern(pattern), ColoringMethod::columns()), pool(2))
    };
    let mut right = Verified::new(threaded(whole)).prepare_sparse_jacobian(Ring, &x).unwrap();
    right.sparse_jacobian(&x).unwrap();
    let mut wrong = Verified::new(threaded(fewer)).prepare_sparse_jacobian(Ring, &x).unwrap();
    let error = wrong.sparse_jacobian(&x).unwrap_err();
    assert!(matches!(error, Error::WrongPattern { missing: Some((3, 4)), .. }), "{error}");
}
