//! What the gradient of a network in its weights costs, with plain loops and with products of vectors in one piece.

use di_backends::{Gradient, PrepareGradient, ScalarFn, Tape, gradient};
use di_bench::problem::{DenseDots, DenseLoops, Mlp, MlpDots, MlpLoops};
use di_bench::{Expression, Suite, rivals};

/// One network, in both ways of writing it.
fn network<L, D>(suite: &mut Suite, name: &str, x: Vec<f64>, loops: &L, dots: &D, by_hand: impl Fn(&[f64], &mut [f64]))
where
    L: Expression + ScalarFn<f64>,
    D: ScalarFn<f64>,
    Tape: for<'a> PrepareGradient<&'a L> + for<'a> PrepareGradient<&'a D>,
{
    let mut grad = vec![0.0; x.len()];
    by_hand(&x, &mut grad);
    let mut problem = suite.problem(name, x.clone(), grad, |x: &[f64]| loops.call(x));
    problem.row("by hand", by_hand);
    let tape = Tape::default();
    let mut with_loops = tape.prepare_gradient(loops, &x).expect("it has gradients");
    problem.row("Tape, loops", |x, grad| {
        with_loops.value_and_gradient_into(x, grad).expect("lengths fit");
    });
    let mut with_dots = tape.prepare_gradient(dots, &x).expect("it has gradients");
    problem.row("Tape, dots", |x, grad| {
        with_dots.value_and_gradient_into(x, grad).expect("lengths fit");
    });
    problem.row("Tape, dots, unprepared", |x, grad| {
        grad.copy_from_slice(&gradient(&tape, dots, x).expect("it has gradients"));
    });
    problem.timed("plain function, dots", |x, grad| grad[0] = dots.call(x));
    rivals::gradients(&mut problem, loops);
    problem.finish();
}

fn main() {
    let mut suite = Suite::from_args();
    network(&mut suite, "dense layer 64, gradient", DenseLoops::point(), &DenseLoops, &DenseDots, |x, grad| {
        DenseLoops::adjoint(x, grad);
    });
    for batch in [1, 32] {
        let mlp = Mlp::new(batch);
        let by_hand = |x: &[f64], grad: &mut [f64]| {
            mlp.adjoint(x, grad);
        };
        let name = format!("MLP 64-64-64-1, batch {batch}, gradient");
        let (loops, dots) = (MlpLoops(mlp.clone()), MlpDots(mlp.clone()));
        network(&mut suite, &name, Mlp::point(), &loops, &dots, by_hand);
    }
    suite.finish();
}
