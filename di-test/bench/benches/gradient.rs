//! What a gradient costs: the curved valley, whose terms are a few multiplications each.

use di_backends::{AnyBackend, EnzymeStyle, FiniteDiff, Gradient, NumDual, PrepareGradient, ScalarFn, Tape, gradient};
use di_bench::problem::{Rosenbrock, RosenbrockLocal};
use di_bench::{Suite, by_hand, rivals};

/// A prepared gradient as a row.
fn prepared<B: PrepareGradient<F>, F>(backend: &B, f: F, x: &[f64]) -> impl FnMut(&[f64], &mut [f64]) {
    let mut prepared = backend.prepare_gradient(f, x).expect("the backend has gradients");
    move |x, grad| {
        prepared.value_and_gradient_into(x, grad).expect("the gradient is as long as the point");
    }
}

fn main() {
    let mut suite = Suite::from_args();
    let f = &Rosenbrock;
    for n in [10, 100, 1000, 10_000] {
        let x = Rosenbrock::point(n);
        let mut grad = vec![0.0; x.len()];
        Rosenbrock::adjoint(&x, &mut grad);
        let name = format!("Rosenbrock {n}, gradient");
        let mut problem = suite.problem(&name, x.clone(), grad, |x: &[f64]| f.call(x));
        problem.row("by hand", |x, grad| {
            Rosenbrock::adjoint(x, grad);
        });
        problem.row("EnzymeStyle", prepared(&EnzymeStyle::default(), f, &x));
        let tape = Tape::default();
        problem.row("Tape", prepared(&tape, f, &x));
        problem.row("Tape, unprepared", |x, grad| {
            grad.copy_from_slice(&gradient(&tape, f, x).expect("the tape has gradients"));
        });
        problem.row("Tape, without the interface", by_hand::pullback(tape, f, &x));
        problem.row("Tape, local terms", prepared(&tape, &RosenbrockLocal, &x));
        let any: AnyBackend = "tape".parse().expect("the tape is enabled");
        problem.row("AnyBackend of the tape", prepared(&any, f, &x));
        if n <= 1000 {
            let forward = NumDual::default();
            problem.row("NumDual", prepared(&forward, f, &x));
            problem.row("NumDual, without the interface", by_hand::pushforward(forward, f, &x));
            problem.row("num-dual alone, width 8", by_hand::dual_gradient::<8>(f, x.len()));
            problem.row("num-dual alone, width 12", by_hand::dual_gradient::<12>(f, x.len()));
        }
        if n <= 100 {
            problem.row_within("FiniteDiff", 1e-7, prepared(&FiniteDiff::central(), f, &x));
        }
        rivals::gradients(&mut problem, f);
        problem.finish();
    }
    suite.finish();
}
