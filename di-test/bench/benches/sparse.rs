//! What a sparse Jacobian costs, and what its preparation costs beside one dense Jacobian.

use di_applications::IndexedBrusselator;
use di_backends::ndarray::Array2;
use di_backends::{
    ColoringMethod, EnzymeStyle, FiniteDiff, JacobianDetector, Mixed, NumDual, PreparePullback, PreparePushforward,
    PrepareSparseJacobian, Sparse, SparseJacobian, SparseMatrix, Tape, Tracer, TracerDetector, VectorFn, jacobian,
};
use di_bench::Suite;
use di_bench::problem::{Brusselator, Upwind};
use std::hint::black_box;

/// A prepared sparse Jacobian as a row. The values stay in its matrix; the first call, which is not timed, shows them.
fn prepared<B: PrepareSparseJacobian<F>, F>(backend: &B, f: F, x: &[f64]) -> impl FnMut(&[f64], &mut [f64]) {
    evaluated(backend, f, x, true)
}

/// The same without the value.
fn alone<B: PrepareSparseJacobian<F>, F>(backend: &B, f: F, x: &[f64]) -> impl FnMut(&[f64], &mut [f64]) {
    evaluated(backend, f, x, false)
}

fn evaluated<B: PrepareSparseJacobian<F>, F>(
    backend: &B,
    f: F,
    x: &[f64],
    with_value: bool,
) -> impl FnMut(&[f64], &mut [f64]) {
    let mut prepared = backend.prepare_sparse_jacobian(f, x).expect("the backend has sparse Jacobians");
    let (mut y, mut jac) = (vec![0.0; prepared.output_len()], prepared.matrix());
    let mut shown = false;
    move |x, values| {
        let y = with_value.then_some(y.as_mut_slice());
        prepared.evaluate_sparse_jacobian(x, y, black_box(&mut jac)).expect("lengths fit");
        if !shown {
            values.copy_from_slice(jac.values());
            shown = true;
        }
    }
}

/// The values in column order.
fn values(dense: &Array2<f64>, f: &impl VectorFn<Tracer>, x: &[f64]) -> Vec<f64> {
    let pattern = TracerDetector::global().jacobian_pattern(f, x).expect("the function has no branch");
    SparseMatrix::from_dense(pattern, dense.view()).expect("shapes fit").into_parts().1
}

fn upwind(suite: &mut Suite) {
    let x = Upwind::point(401);
    let mut y = vec![0.0; x.len()];
    let expected = values(&Upwind::jacobian(&x), &Upwind, &x);
    let mut problem = suite.problem("upwind 401, sparse Jacobian", x.clone(), expected, |x: &[f64]| {
        Upwind.call_into(x, black_box(&mut y));
    });
    problem.row("NumDual", prepared(&Sparse::of(NumDual::default()), &Upwind, &x));
    for width in [1, 2, 4] {
        problem.row(&format!("NumDual, width {width}"), prepared(&Sparse::of(NumDual::fixed(width)), &Upwind, &x));
    }
    let code = Sparse::of(EnzymeStyle::default());
    problem.row("EnzymeStyle", prepared(&code, &Upwind, &x));
    problem.row("EnzymeStyle, without the value", alone(&code, &Upwind, &x));
    problem.row("Tape", prepared(&Sparse::of(Tape::default()), &Upwind, &x));
    problem.row_within("FiniteDiff", 1e-7, prepared(&Sparse::of(FiniteDiff::central()), &Upwind, &x));
    problem.finish();
}

/// The rows of a Brusselator that is written in any way.
fn engines<F>(suite: &mut Suite, name: &str, f: &F, x: &[f64], expected: Vec<f64>)
where
    F: VectorFn<f64> + VectorFn<Tracer> + Clone + Send,
    NumDual: for<'f> PreparePushforward<&'f F> + for<'f> PreparePullback<&'f F>,
    EnzymeStyle: for<'f> PreparePushforward<&'f F> + for<'f> PreparePullback<&'f F>,
    Tape: for<'f> PreparePushforward<&'f F> + for<'f> PreparePullback<&'f F>,
    FiniteDiff: for<'f> PreparePushforward<&'f F> + for<'f> PreparePullback<&'f F>,
{
    let mut y = vec![0.0; x.len()];
    let mut problem =
        suite.problem(name, x.to_vec(), expected, |x: &[f64]| VectorFn::<f64>::call_into(f, x, black_box(&mut y)));
    problem.row("NumDual", prepared(&Sparse::of(NumDual::default()), f, x));
    for width in [4, 8, 16] {
        problem.row(&format!("NumDual, width {width}"), prepared(&Sparse::of(NumDual::fixed(width)), f, x));
    }
    let greedy = Sparse::of(NumDual::default()).with_coloring(ColoringMethod::columns().closed_forms(false));
    problem.row("NumDual, greedy colours", prepared(&greedy, f, x));
    let code = Sparse::of(EnzymeStyle::default());
    problem.row("EnzymeStyle", prepared(&code, f, x));
    problem.row("EnzymeStyle, without the value", alone(&code, f, x));
    problem.row("Tape", prepared(&Sparse::of(Tape::default()), f, x));
    let mixed = Mixed { forward: NumDual::default(), reverse: Tape::default() };
    problem.row("Mixed", prepared(&Sparse::of(mixed), f, x));
    problem.row_within("FiniteDiff", 1e-6, prepared(&Sparse::of(FiniteDiff::central()), f, x));
    problem.finish();
}

fn brusselator(suite: &mut Suite) {
    let f = Brusselator { side: 32 };
    let x = f.point();
    let expected = values(&f.jacobian(&x), &f, &x);
    engines(suite, "Brusselator 32², sparse Jacobian", &f, &x, expected.clone());
    let as_it_comes = di_applications::Brusselator::new(32).expect("there are two points");
    engines(suite, "Brusselator 32² as it comes, sparse Jacobian", &as_it_comes, &x, expected.clone());
    let indexed = IndexedBrusselator(as_it_comes);
    engines(suite, "Brusselator 32² with indices, sparse Jacobian", &indexed, &x, expected);
}

/// What comes before the first sparse Jacobian, and that one, beside a dense one.
fn preparation(suite: &mut Suite) {
    for side in [32, 100, 316] {
        let f = Brusselator { side };
        let x = f.point();
        let n = x.len();
        let detector = TracerDetector::global();
        let pattern = detector.jacobian_pattern(&f, &x).expect("the function has no branch");
        let mut y = vec![0.0; n];
        let name = format!("Brusselator {side}², n = {n}, preparation");
        let mut problem =
            suite.problem(&name, x, Vec::new(), |x: &[f64]| VectorFn::<f64>::call_into(&f, x, black_box(&mut y)));
        problem.few_samples();
        problem.timed("detection", |x, _| drop(black_box(detector.jacobian_pattern(&f, x))));
        problem.timed("colouring", |_, _| drop(black_box(ColoringMethod::columns().color(&pattern))));
        let backend = Sparse::of(NumDual::default());
        problem.timed("preparation", |x, _| drop(black_box(backend.prepare_sparse_jacobian(f, x))));
        problem.timed("preparation and first Jacobian", |x, _| {
            let mut prepared = backend.prepare_sparse_jacobian(f, x).expect("the backend has sparse Jacobians");
            drop(black_box(prepared.sparse_jacobian(x)));
        });
        if side == 32 {
            problem.timed("one dense Jacobian", |x, _| drop(black_box(jacobian(&NumDual::default(), f, x))));
        }
        problem.finish();
    }
}

fn main() {
    let mut suite = Suite::from_args();
    upwind(&mut suite);
    brusselator(&mut suite);
    preparation(&mut suite);
    suite.finish();
}
