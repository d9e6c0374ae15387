//! What the interface itself costs: prepared objects against the same work without them, measured in turns.

use di_backends::{
    AdjointFn, AnyBackend, Enclosed, EnzymeStyle, Gradient, NumDual, PrepareGradient, ScalarFn, Tape, Zero,
};
use di_bench::problem::Rosenbrock;
use di_bench::{Paired, by_hand};
use std::hint::black_box;

/// A prepared gradient as one side.
fn prepared<'f, B: PrepareGradient<&'f Rosenbrock>>(
    backend: &B,
    x: &[f64],
) -> impl FnMut(&[f64], &mut [f64]) + use<'f, B> {
    let mut prepared = backend.prepare_gradient(&Rosenbrock, x).expect("the backend has gradients");
    move |x, grad| {
        black_box(prepared.value_and_gradient_into(x, grad)).expect("lengths fit");
    }
}

fn main() {
    let mut paired = Paired::from_args();
    let (f, tape, forward) = (&Rosenbrock, Tape::default(), NumDual::default());
    for n in [10, 100, 1000, 10_000] {
        let x = Rosenbrock::point(n);
        let evaluate_and_fill = || {
            |x: &[f64], grad: &mut [f64]| {
                black_box(f.call(x));
                grad.fill(0.0);
            }
        };
        paired.compare(&format!("Zero, n = {n}"), &x, evaluate_and_fill, || prepared(&Zero, &x));
        let code_alone = || {
            |x: &[f64], grad: &mut [f64]| {
                grad.fill(0.0);
                let mut y = [0.0];
                f.adjoint_into(Enclosed::Constant, x, grad, Some(&mut y), &mut black_box([1.0]));
                black_box(y);
            }
        };
        let code = EnzymeStyle::default();
        paired.compare(&format!("EnzymeStyle, n = {n}"), &x, code_alone, || prepared(&code, &x));
        let by_hand = || by_hand::pullback(tape, f, &x);
        paired.compare(&format!("Tape, n = {n}"), &x, by_hand, || prepared(&tape, &x));
        let any: AnyBackend = "tape".parse().expect("the tape is enabled");
        paired.compare(&format!("AnyBackend of the tape, n = {n}"), &x, by_hand, || prepared(&any, &x));
        paired.compare(&format!("the same thing twice (Tape), n = {n}"), &x, by_hand, by_hand);
        if n <= 1000 {
            let by_hand = || by_hand::pushforward(forward, f, &x);
            paired.compare(&format!("NumDual, n = {n}"), &x, by_hand, || prepared(&forward, &x));
        }
    }
    paired.finish();
}
