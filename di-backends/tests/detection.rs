//! Patterns against what the engines compute.
#![cfg(all(feature = "num-dual", feature = "tape", feature = "finite-diff"))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use di_backends::{
    DenseDetector, FiniteDiff, HessianDetector, JacobianDetector, NumDual, Pattern, Real, ScalarFn, SecondOrder, Tape,
    TracerDetector, VectorFn, from_fn, from_vector_fn,
};

/// Neighbours that interact by twos, with one product that vanishes at the origin.
#[derive(Clone, Copy, Debug)]
struct Ring;

impl<T: Real> VectorFn<T> for Ring {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        for i in 0..x.len() {
            y[i] = x[i] * x[(i + 1) % x.len()] - x[i].sin();
        }
    }
}

/// `Σ x_i x_{i+1}`.
#[derive(Clone, Copy, Debug)]
struct Bonds;

impl<T: Real> ScalarFn<T> for Bonds {
    fn call(&self, x: &[T]) -> T {
        (0..x.len()).map(|i| x[i] * x[(i + 1) % x.len()]).sum()
    }
}

fn ring(n: usize) -> Pattern {
    Pattern::from_entries(n, n, (0..n).flat_map(|i| [(i, i), (i, (i + 1) % n)])).unwrap()
}

fn bonds(n: usize) -> Pattern {
    let entries = (0..n).flat_map(|i| [(i, (i + 1) % n), ((i + 1) % n, i)]);
    Pattern::from_entries(n, n, entries).unwrap()
}

#[test]
fn dense_detection_by_every_engine_agrees_with_tracing() {
    for n in [3, 8, 13] {
        let x = vec![0.0; n];
        let found = [
            TracerDetector::global().jacobian_pattern(&Ring, &x).unwrap(),
            TracerDetector::local().jacobian_pattern(&Ring, &x).unwrap(),
            DenseDetector::new(NumDual::default()).jacobian_pattern(&Ring, &x).unwrap(),
            DenseDetector::new(Tape::default()).jacobian_pattern(&Ring, &x).unwrap(),
            DenseDetector::new(FiniteDiff::default()).jacobian_pattern(&Ring, &x).unwrap(),
        ];
        assert_eq!(found, [(); 5].map(|()| ring(n)));
        let nested = SecondOrder { outer: NumDual::default(), inner: Tape::default() };
        let found = [
            TracerDetector::global().hessian_pattern(&Bonds, &x).unwrap(),
            DenseDetector::new(NumDual::default()).hessian_pattern(&Bonds, &x).unwrap(),
            DenseDetector::new(nested).hessian_pattern(&Bonds, &x).unwrap(),
        ];
        assert_eq!(found, [(); 3].map(|()| bonds(n)));
    }
}

#[test]
fn dense_detection_is_repeatable_and_needs_its_samples() {
    let at_origin = DenseDetector { samples: 0, ..DenseDetector::new(NumDual::default()) };
    let diagonal = Pattern::diagonal(5).unwrap();
    assert_eq!(at_origin.jacobian_pattern(&Ring, &[0.0; 5]).unwrap(), diagonal);
    // Points are in 0.6 ± 0.3: one of sixty takes the branch. The same seed takes the same points.
    let rare = from_vector_fn(1, |x: &[f64], y: &mut [f64]| y[0] = if x[0] > 0.89 { x[0] } else { 0.0 });
    let detect = |samples, seed| {
        let detector = DenseDetector { backend: FiniteDiff::default(), samples, seed };
        detector.jacobian_pattern(&rare, &[0.6]).unwrap().nnz()
    };
    assert_eq!(detect(200, 7), 1);
    let few: Vec<usize> = (0..20).map(|seed| detect(1, seed)).collect();
    assert!(few.contains(&0));
    assert_eq!(few, (0..20).map(|seed| detect(1, seed)).collect::<Vec<_>>());
}

#[test]
fn dense_detection_of_plain_closures() {
    let f = from_vector_fn(2, |x: &[f64], y: &mut [f64]| {
        y[0] = x[2].exp();
        y[1] = x[0].ln() + if x[1] > 5.0 { x[1] } else { 0.0 };
    });
    let detector = DenseDetector::new(FiniteDiff::default());
    let expected = Pattern::from_entries(2, 3, [(0, 2), (1, 0)]).unwrap();
    assert_eq!(detector.jacobian_pattern(&f, &[1.0, 2.0, 3.0]).unwrap(), expected);
    // What is not a number counts: here the whole difference quotient of an output.
    let expected = Pattern::from_entries(2, 3, [(0, 2), (1, 0), (1, 1), (1, 2)]).unwrap();
    assert_eq!(detector.jacobian_pattern(&f, &[-1.0, 2.0, 3.0]).unwrap(), expected);
}

/// Engines that run inside of a traced function: its gradient has the columns of its Hessian.
#[test]
fn tracing_a_gradient() {
    let gradient = from_vector_fn(6, |x: &[di_backends::Tracer], y: &mut [di_backends::Tracer]| {
        y.copy_from_slice(&di_backends::gradient(&Tape::default(), Bonds, x).unwrap());
    });
    let near = TracerDetector::local().jacobian_pattern(&gradient, &[1.0; 6]).unwrap();
    assert_eq!(near, bonds(6));
    let everywhere = TracerDetector::global().jacobian_pattern(&gradient, &[1.0; 6]);
    assert_eq!(everywhere.unwrap(), bonds(6));
    let first = from_fn(|x: &[di_backends::Tracer]| x[0]);
    assert_eq!(TracerDetector::global().hessian_pattern(&first, &[1.0]).unwrap().nnz(), 0);
}
