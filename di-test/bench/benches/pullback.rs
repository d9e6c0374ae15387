//! What one pullback of a wide function costs: the right-hand side of a partial differential equation.

use di_applications::IndexedBrusselator;
use di_backends::{EnzymeStyle, PreparePullback, Pullback, Tape, VectorFn, VectorShape, pullback};
use di_bench::problem::{Brusselator, Weighted};
use di_bench::{Suite, rivals};

fn main() {
    let mut suite = Suite::from_args();
    let f = Brusselator { side: 32 };
    let (x, dy) = (f.point(), f.weights());
    let (mut y, mut dx) = (vec![0.0; x.len()], vec![0.0; x.len()]);
    f.adjoint(&x, &mut y, &dy, &mut dx);
    let mut rate = y.clone();
    let plain = |x: &[f64]| f.call_into(x, std::hint::black_box(&mut rate));
    let mut problem = suite.problem("Brusselator 32², pullback", x.clone(), dx, plain);
    problem.row("by hand", |x, dx| f.adjoint(x, std::hint::black_box(&mut y), &dy, dx));
    let code = EnzymeStyle::default();
    let mut prepared =
        PreparePullback::<_, f64, VectorShape>::prepare_pullback(&code, f, &x).expect("it has pullbacks");
    problem.row("EnzymeStyle", |x, dx| {
        prepared.value_and_pullback_into(x, &dy, &mut y, dx).expect("lengths fit");
    });
    problem.row("EnzymeStyle, without the value", |x, dx| {
        prepared.pullback_into(x, &dy, dx).expect("lengths fit");
    });
    let tape = Tape::default();
    let mut prepared =
        PreparePullback::<_, f64, VectorShape>::prepare_pullback(&tape, f, &x).expect("it has pullbacks");
    problem.row("Tape", |x, dx| {
        prepared.value_and_pullback_into(x, &dy, &mut y, dx).expect("lengths fit");
    });
    problem.row("Tape, unprepared", |x, dx| {
        dx.copy_from_slice(&pullback(&tape, f, x, &dy).expect("it has pullbacks"));
    });
    let mut fixed = prepared.at(&x).expect("lengths fit");
    problem.row("Tape, same point", |_, dx| {
        fixed.pullback_into(&dy, dx).expect("lengths fit");
    });
    rivals::gradients(&mut problem, &Weighted { inner: f, weights: dy.clone() });
    problem.finish();

    let indexed = IndexedBrusselator(di_applications::Brusselator::new(32).expect("the grid is large enough"));
    let mut exact = vec![0.0; x.len()];
    f.adjoint(&x, &mut y, &dy, &mut exact);
    let plain = |x: &[f64]| indexed.call_into(x, std::hint::black_box(&mut rate));
    let mut problem = suite.problem("Brusselator 32² with indices, pullback", x.clone(), exact, plain);
    let mut prepared =
        PreparePullback::<_, f64, VectorShape>::prepare_pullback(&tape, indexed, &x).expect("it has pullbacks");
    problem.row("Tape", |x, dx| {
        prepared.value_and_pullback_into(x, &dy, &mut y, dx).expect("lengths fit");
    });
    problem.row("Tape, unprepared", |x, dx| {
        dx.copy_from_slice(&pullback(&tape, indexed, x, &dy).expect("it has pullbacks"));
    });
    problem.finish();
    suite.finish();
}
