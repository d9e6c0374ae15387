//! What detection costs: time against plain evaluation, operations and entries. With `--test` each case runs once, small.
#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]
#![expect(clippy::cast_precision_loss, reason = "sizes are small")]

use di_core::{HessianDetector, JacobianDetector, Map, Pattern, Real, ScalarFn, ScalarShape, Shape, Tracer};
use di_core::{TracerDetector, VectorFn, VectorShape};
use std::hint::black_box;
use std::time::Instant;

/// Second differences in one dimension.
struct Line;

impl<T: Real> VectorFn<T> for Line {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let n = x.len();
        for i in 0..n {
            y[i] = x[(i + n - 1) % n] - x[i] * 2.0 + x[(i + 1) % n] + x[i] * x[i];
        }
    }
}

/// Right-hand side of the Brusselator on a periodic square grid, both species cell by cell.
struct Brusselator;

impl<T: Real> VectorFn<T> for Brusselator {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let side = (x.len() / 2).isqrt();
        let at = |i: usize, j: usize, species: usize| x[2 * (i % side * side + j % side) + species];
        for i in 0..side {
            for j in 0..side {
                let (u, v) = (at(i, j, 0), at(i, j, 1));
                let around = |s| {
                    let (up, down) = (at(i + side - 1, j, s), at(i + 1, j, s));
                    up + down + at(i, j + side - 1, s) + at(i, j + 1, s) - at(i, j, s) * 4.0
                };
                let cell = 2 * (i * side + j);
                y[cell] = u * u * v - u * 4.4 + around(0) * 10.0 + 1.0;
                y[cell + 1] = u * 3.4 - u * u * v + around(1) * 10.0;
            }
        }
    }
}

/// Explicit steps of the heat equation: each output depends on a window of the inputs through a triangle of operations.
struct Steps(usize);

impl<T: Real> VectorFn<T> for Steps {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let mut state = x.to_vec();
        for _ in 0..self.0 {
            Line.call_into(&state, y);
            state.copy_from_slice(y);
        }
    }
}

/// Each output needs one input and one number that took long to compute from three others.
struct Shared;

impl<T: Real> VectorFn<T> for Shared {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let mut long = x[0];
        for i in 0..x.len() {
            long = (long * x[i % 3]).sin() + x[(i + 1) % 3];
        }
        for (y, &x) in y.iter_mut().zip(x) {
            *y = long * x;
        }
    }
}

/// Sums of the first inputs: half of the matrix.
struct Cumulative;

impl<T: Real> VectorFn<T> for Cumulative {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let mut sum = T::zero();
        for (y, &x) in y.iter_mut().zip(x) {
            sum += x;
            *y = sum;
        }
    }
}

/// Three dense layers.
struct Layers;

impl<T: Real> VectorFn<T> for Layers {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let mut state = x.to_vec();
        for _ in 0..3 {
            for y in &mut *y {
                let mut sum = T::zero();
                for (j, &s) in state.iter().enumerate() {
                    sum += s * j as f64;
                }
                *y = sum.tanh();
            }
            state.copy_from_slice(y);
        }
    }
}

macro_rules! scalar_functions {
    ($($(#[$doc:meta])* $name:ident |$x:ident| $body:expr;)*) => {$(
        $(#[$doc])*
        struct $name;

        impl<T: Real> ScalarFn<T> for $name {
            fn call(&self, $x: &[T]) -> T {
                $body
            }
        }
    )*};
}

scalar_functions! {
    Chain |x| {
        let mut sum = T::zero();
        for &x in x {
            sum += x;
        }
        sum
    };
    SumOf |x| T::sum_of(x);
    Dot |x| T::dot(x, x);
    Rosenbrock |x| x.windows(2).map(|w| (w[1] - w[0] * w[0]).powi(2) * 100.0 + (w[0] - 1.0).powi(2)).sum();
    /// One term for each three neighbours of a grid of width 100, squared.
    Squares |x| {
        let term = |i: usize| (x[i] * x[i + 1] - x[(i + 100) % x.len()]).sin().powi(2);
        (0..x.len() - 1).map(term).sum()
    };
    SquaredSum |x| T::sum_of(x).powi(2);
    Product |x| x.iter().fold(T::one(), |product, &x| product * x);
    Nested |x| x.iter().fold(T::zero(), |z, &x| z.sin() + x);
    /// A long product of few different factors.
    Cycle |x| (0..1000 * x.len()).fold(T::one(), |product, i| (product * x[i % x.len()]).sin());
    /// Terms that share a long computation of three inputs.
    SharedTerms |x| {
        let mut long = x[0];
        for i in 0..x.len() {
            long = (long * x[i % 3]).sin() + x[(i + 1) % 3];
        }
        x.iter().map(|&x| (x * long).powi(2)).sum()
    };
}

/// Runs `f` until a fifth of a second has passed; the least time in seconds.
fn least<R>(once: bool, mut f: impl FnMut() -> R) -> (f64, R) {
    let start = Instant::now();
    let mut least = f64::INFINITY;
    loop {
        let before = Instant::now();
        let result = black_box(f());
        least = least.min(before.elapsed().as_secs_f64());
        if once || start.elapsed().as_secs_f64() > 0.2 {
            return (least, result);
        }
    }
}

fn row<F: Map<S, f64> + Map<S, Tracer>, S: Shape>(
    name: &str,
    f: &F,
    sizes: &[usize],
    detect: impl Fn(&F, &[f64]) -> di_core::Result<Pattern>,
) {
    let once = std::env::args().any(|argument| argument == "--test");
    for &n in if once { &[18] } else { sizes } {
        let x: Vec<f64> = (0..n).map(|i| 1.0 + i as f64 / n as f64).collect();
        let mut y = vec![0.0; Map::<S, f64>::output_count(f, n)];
        let (plain, ()) = least(once, || Map::<S, f64>::map_into(f, black_box(&x), black_box(&mut y)));
        let (time, pattern) = least(once, || detect(f, &x).unwrap());
        println!(
            "{name:28} {n:8} {:9} {:10.3} {:10.3} {:8.1} {:8.1}",
            pattern.nnz(),
            plain * 1e3,
            time * 1e3,
            time / plain,
            time * 1e9 / pattern.nnz().max(n) as f64
        );
    }
}

fn jacobian<F: VectorFn<f64> + VectorFn<Tracer>>(name: &str, f: F, sizes: &[usize]) {
    row::<_, VectorShape>(name, &f, sizes, |f, x| TracerDetector::global().jacobian_pattern(f, x));
}

fn gradient<F: ScalarFn<f64> + ScalarFn<Tracer>>(name: &str, f: F, sizes: &[usize]) {
    let detect =
        |f: &F, x: &[f64]| JacobianDetector::<F, f64, ScalarShape>::jacobian_pattern(&TracerDetector::global(), f, x);
    row::<_, ScalarShape>(name, &f, sizes, detect);
}

fn hessian<F: ScalarFn<f64> + ScalarFn<Tracer>>(name: &str, f: F, sizes: &[usize]) {
    row::<_, ScalarShape>(name, &f, sizes, |f, x| TracerDetector::global().hessian_pattern(f, x));
}

fn main() {
    let decades = [1000, 10_000, 100_000, 1_000_000];
    println!(
        "{:28} {:>8} {:>9} {:>10} {:>10} {:>8} {:>8}",
        "", "n", "entries", "f/ms", "detect/ms", "ratio", "ns/entry"
    );
    jacobian("line", Line, &decades);
    jacobian("Brusselator", Brusselator, &[128, 2048, 20_000, 199_712, 1_002_528]);
    jacobian("100 steps of a line", Steps(100), &[1000, 10_000]);
    jacobian("shared long computation", Shared, &decades);
    jacobian("cumulative sums", Cumulative, &[1000, 4000]);
    jacobian("dense layers", Layers, &[100, 1000]);
    gradient("sum by a chain", Chain, &decades);
    gradient("sum_of", SumOf, &decades);
    gradient("dot", Dot, &decades);
    hessian("Rosenbrock, Hessian", Rosenbrock, &decades);
    hessian("least squares, Hessian", Squares, &decades);
    hessian("dot, Hessian", Dot, &decades);
    hessian("square of a sum, Hessian", SquaredSum, &[1000, 4000]);
    hessian("product of all, Hessian", Product, &[1000, 4000]);
    hessian("sin(sin(..)+x)+x, Hessian", Nested, &[1000, 4000]);
    hessian("long cyclic product, Hessian", Cycle, &[10, 100]);
    hessian("shared terms, Hessian", SharedTerms, &decades);
}
