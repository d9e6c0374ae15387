//! Gradient and Jacobian against the same loop without the interface.
#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use criterion::{Criterion, criterion_group, criterion_main};
use di_core::{Gradient, PrepareGradient, PreparePushforward, Pushforward, from_fn, from_vector_fn, gradient};
use di_finite_diff::FiniteDiff;
use std::hint::black_box;

fn rosenbrock(x: &[f64]) -> f64 {
    x.windows(2).map(|w| (1.0 - w[0]).powi(2) + 100.0 * (w[1] - w[0] * w[0]).powi(2)).sum()
}

fn bare(x: &[f64], point: &mut [f64], grad: &mut [f64]) -> f64 {
    point.copy_from_slice(x);
    let relative = f64::EPSILON.cbrt();
    for i in 0..x.len() {
        let size = x[i].abs();
        let h = (size + (relative * size).max(relative)) - size;
        point[i] = x[i] + h;
        let plus = rosenbrock(point);
        point[i] = x[i] - h;
        let minus = rosenbrock(point);
        point[i] = x[i];
        grad[i] = (plus - minus) / (2.0 * h);
    }
    rosenbrock(x)
}

fn first_order(c: &mut Criterion) {
    for n in [10, 100, 1000] {
        let x: Vec<f64> = (0..n).map(|i| f64::from(i).sin()).collect();
        let mut group = c.benchmark_group(format!("rosenbrock {n}"));
        group.bench_function("function", |b| b.iter(|| rosenbrock(black_box(&x))));
        let (mut grad, mut point) = (vec![0.0; x.len()], x.clone());
        group.bench_function("bare loop", |b| b.iter(|| bare(black_box(&x), &mut point, &mut grad)));
        let mut prepared = FiniteDiff::central().prepare_gradient(from_fn(rosenbrock), &x).unwrap();
        group.bench_function("prepared", |b| {
            b.iter(|| prepared.value_and_gradient_into(black_box(&x), &mut grad).unwrap());
        });
        group.bench_function("unprepared", |b| {
            b.iter(|| gradient(&FiniteDiff::central(), from_fn(rosenbrock), black_box(&x)).unwrap());
        });
        group.finish();
    }
}

/// Along a dense tangent the choice of the step costs a pass over it.
fn along_a_tangent(c: &mut Criterion) {
    for n in [10, 100, 1000] {
        let x: Vec<f64> = (0..n).map(|i| f64::from(i).sin()).collect();
        let dx: Vec<f64> = (0..n).map(|i| f64::from(i).cos()).collect();
        let mut group = c.benchmark_group(format!("rosenbrock {n} along a tangent"));
        group.bench_function("function", |b| b.iter(|| rosenbrock(black_box(&x))));
        let f = from_vector_fn(1, |x: &[f64], y: &mut [f64]| y[0] = rosenbrock(x));
        let mut prepared = FiniteDiff::central().prepare_pushforward(f, &x).unwrap();
        let mut dy = [0.0];
        group.bench_function("prepared", |b| {
            b.iter(|| prepared.pushforward_into(black_box(&x), black_box(&dx), &mut dy).unwrap());
        });
        group.finish();
    }
}

criterion_group!(benches, first_order, along_a_tangent);
criterion_main!(benches);
