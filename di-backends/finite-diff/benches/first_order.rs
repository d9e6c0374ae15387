//! Gradient and Jacobian against the same loop without the interface.
#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use criterion::{Criterion, criterion_group, criterion_main};
use di_core::{Gradient, PrepareGradient, from_fn, gradient};
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

criterion_group!(benches, first_order);
criterion_main!(benches);
