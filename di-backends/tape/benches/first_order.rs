//! Gradient and pullback: prepared, prepared for once, by the engine's own methods, and at a point that is kept.
#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use criterion::{Criterion, criterion_group, criterion_main};
use di_core::ndarray::ArrayViewMut2;
use di_core::{Gradient, PrepareGradient, PreparePullback, Real, ScalarFn, ScalarShape, Seeds, gradient};
use di_tape::Tape;
use std::hint::black_box;

#[derive(Clone, Copy)]
struct Rosenbrock;

impl<T: Real> ScalarFn<T> for Rosenbrock {
    fn call(&self, x: &[T]) -> T {
        x.windows(2).map(|w| (w[1] - w[0] * w[0]).powi(2) * 100.0 + (w[0] - 1.0).powi(2)).sum()
    }
}

fn gradients(c: &mut Criterion) {
    for n in [10_u32, 100, 1000, 10_000] {
        let x: Vec<f64> = (0..n).map(|i| 1.0 + 1e-3 * f64::from(i)).collect();
        let mut grad = vec![0.0; x.len()];
        let mut group = c.benchmark_group(format!("rosenbrock {n}"));
        group.bench_function("function", |b| b.iter(|| Rosenbrock.call(black_box(&x[..]))));
        let mut prepared = Tape::default().prepare_gradient(Rosenbrock, &x).unwrap();
        group.bench_function("prepared", |b| {
            b.iter(|| prepared.value_and_gradient_into(black_box(&x), &mut grad).unwrap());
        });
        group.bench_function("unprepared", |b| {
            b.iter(|| gradient(&Tape::default(), Rosenbrock, black_box(&x)).unwrap());
        });
        let tape = Tape::default();
        let mut workspace = <Tape as PreparePullback<Rosenbrock, f64, ScalarShape>>::Workspace::default();
        PreparePullback::<_, _, ScalarShape>::init_pullback(&tape, &Rosenbrock, &x, 1, &mut workspace).unwrap();
        let mut value = [0.0];
        group.bench_function("without the interface", |b| {
            b.iter(|| {
                let x = black_box(&x);
                PreparePullback::<_, _, ScalarShape>::linearize(
                    &tape,
                    &Rosenbrock,
                    &mut workspace,
                    x,
                    Some(&mut value),
                )
                .unwrap();
                let seeds = Seeds::identity(1);
                let grad = ArrayViewMut2::from_shape((x.len(), 1), &mut grad[..]).unwrap();
                PreparePullback::<_, _, ScalarShape>::compute_pullback(&tape, &Rosenbrock, &mut workspace, seeds, grad)
                    .unwrap();
            });
        });
        let mut pullback = PreparePullback::<_, _, ScalarShape>::prepare_pullback(&tape, Rosenbrock, &x).unwrap();
        let mut at = pullback.at(&x).unwrap();
        group.bench_function("same point", |b| b.iter(|| at.pullback_into(black_box(&[1.0]), &mut grad).unwrap()));
        group.finish();
    }
}

criterion_group!(benches, gradients);
criterion_main!(benches);
