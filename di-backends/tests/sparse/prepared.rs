//! What prepared objects can do beside being evaluated.

use super::assert_close;
use super::functions::{Energy, Ring, point};
use di_backends::{
    AnyBackend, Coloring, ColoringKind, Error, KnownPattern, Mixed, NumDual, Pattern, PrepareSparseHessian,
    PrepareSparseJacobian, Real, SecondOrder, Sparse, SparseHessian, SparseJacobian, SparseMatrix, Tape, VectorFn,
    from_vector_fn,
};

fn send<T: Send + Clone>(value: &T) -> T {
    value.clone()
}

#[test]
fn clones_are_independent_and_go_to_other_threads() {
    let x = point(30);
    let mut first = Sparse::of(NumDual::default()).prepare_sparse_jacobian(Ring, &x).unwrap();
    let mut second = send(&first);
    let other: Vec<f64> = x.iter().map(|x| x + 1.0).collect();
    let there = std::thread::scope(|scope| scope.spawn(|| second.sparse_jacobian(&other).unwrap()).join().unwrap());
    assert_close(&there, &Ring::jacobian(&other), 1e-13, "clone");
    assert_close(&first.sparse_jacobian(&x).unwrap(), &Ring::jacobian(&x), 1e-13, "original");
    let hessian = Sparse::of(Tape::default()).prepare_sparse_hessian(Energy, &x).unwrap();
    assert_close(&send(&hessian).sparse_hessian(&x).unwrap(), &Energy::hessian(&x), 1e-13, "Hessian");
}

#[test]
fn prepared_objects_of_different_backends_are_of_one_type_behind_a_pointer() {
    let x = point(20);
    let dense = SecondOrder { outer: NumDual::default(), inner: Tape::default() };
    let jacobians: [Box<dyn SparseJacobian>; 3] = [
        Box::new(Sparse::of(NumDual::default()).prepare_sparse_jacobian(Ring, &x).unwrap()),
        Box::new(Sparse::of(Tape::default()).prepare_sparse_jacobian(Ring, &x).unwrap()),
        Box::new(Sparse::of(dense).prepare_sparse_jacobian(Ring, &x).unwrap()),
    ];
    for mut jacobian in jacobians {
        assert_close(&jacobian.sparse_jacobian(&x).unwrap(), &Ring::jacobian(&x), 1e-13, "Jacobian");
    }
    let mut hessian: Box<dyn SparseHessian> = Box::new(Sparse::of(dense).prepare_sparse_hessian(Energy, &x).unwrap());
    assert_close(&hessian.sparse_hessian(&x).unwrap(), &Energy::hessian(&x), 1e-13, "Hessian");
}

/// Without derivative code, so that engines that are chosen by name can have it.
#[derive(Clone, Copy, Debug)]
struct Scaled(f64);

impl<T: Real> VectorFn<T> for Scaled {
    fn output_len(&self, input_len: usize) -> usize {
        input_len - 1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        for (y, w) in y.iter_mut().zip(x.windows(2)) {
            *y = w[0] * w[1] * self.0;
        }
    }
}

fn scaled(x: &[f64], scale: f64) -> SparseMatrix {
    let pattern = Pattern::banded(x.len() - 1, x.len(), 0, 1).unwrap();
    let value = |(i, j): (usize, usize)| if i == j { x[i + 1] * scale } else { x[i] * scale };
    let values = pattern.entries().map(value).collect();
    SparseMatrix::from_values(pattern, values).unwrap()
}

#[test]
fn by_name_with_constants_that_change_and_points_of_other_lengths() {
    for name in AnyBackend::names() {
        let backend = Sparse::of(name.parse::<AnyBackend>().unwrap());
        let mut prepared = backend.prepare_sparse_jacobian(Scaled(0.0), &[0.0; 10]).unwrap();
        for (n, scale) in [(10, 2.0), (10, -1.0), (25, 0.5), (3, 4.0)] {
            let x = point(n);
            prepared.function_mut().0 = scale;
            if n != prepared.input_len() {
                prepared.resize(&x).unwrap();
            }
            assert_close(&prepared.sparse_jacobian(&x).unwrap(), &scaled(&x, scale), 1e-6, name);
        }
        assert_eq!(prepared.backend().dense.to_string(), *name);
    }
}

#[test]
fn own_patterns_and_colourings() {
    let x = point(12);
    let jacobian = Ring::jacobian(&x);
    // With an entry too many, which is zero.
    let more = jacobian.pattern().union(&Pattern::from_entries(12, 12, [(0, 6)]).unwrap()).unwrap();
    let colors: Vec<usize> = (0..12).collect();
    let own = Coloring::from_user(ColoringKind::Columns, &more, &colors).unwrap();
    let mut prepared = Sparse::of(NumDual::default()).with_coloring(own).prepare_sparse_jacobian(Ring, &x).unwrap();
    let found = prepared.sparse_jacobian(&x).unwrap();
    assert_eq!((found.pattern(), found.get(0, 6)), (&more, Some(0.0)));
    assert_eq!(found.to_dense(), jacobian.to_dense());
    // A closure of plain numbers has no tracer, but may have a known pattern.
    let f = from_vector_fn(12, |x: &[f64], y: &mut [f64]| Ring.call_into(x, y));
    let known = KnownPattern(jacobian.pattern().clone());
    let backend = Sparse::new(di_backends::FiniteDiff::central(), known, di_backends::ColoringMethod::columns());
    let found = backend.prepare_sparse_jacobian(f, &x).unwrap().sparse_jacobian(&x).unwrap();
    assert_close(&found, &jacobian, 1e-8, "closure");
}

/// Without entries, inputs or outputs; the value is there all the same.
#[test]
fn empty_matrices() {
    fn check(backend: &impl PrepareSparseJacobian<Constants>) {
        for (n, m) in [(0, 0), (0, 3), (3, 0), (3, 3)] {
            let x = vec![1.0; n];
            let mut prepared = backend.prepare_sparse_jacobian(Constants(m), &x).unwrap();
            assert_eq!((prepared.pattern().rows(), prepared.pattern().columns(), prepared.pattern().nnz()), (m, n, 0));
            let (y, jac) = prepared.value_and_sparse_jacobian(&x).unwrap();
            assert_eq!((y, jac.values().len()), (vec![2.0; m], 0));
        }
    }
    check(&Sparse::of(NumDual::default()));
    check(&Sparse::of(Tape::default()));
    check(&Sparse::of(di_backends::FiniteDiff::default()));
    check(&Sparse::of(Mixed { forward: NumDual::default(), reverse: Tape::default() }));
}

/// So many outputs, all 2.
#[derive(Clone, Copy, Debug)]
struct Constants(usize);

impl<T: Real> VectorFn<T> for Constants {
    fn output_len(&self, _: usize) -> usize {
        self.0
    }

    fn call_into(&self, _: &[T], y: &mut [T]) {
        y.fill(T::lift(2.0));
    }
}

#[test]
fn another_number_of_outputs_is_an_error() {
    let mut prepared = Sparse::of(NumDual::default()).prepare_sparse_jacobian(Constants(3), &[1.0]).unwrap();
    prepared.function_mut().0 = 4;
    let mut matrix = prepared.matrix();
    let error = prepared.sparse_jacobian_into(&[1.0], &mut matrix).unwrap_err();
    assert!(matches!(error, Error::Length { expected: 4, found: 3, .. }), "{error}");
}
