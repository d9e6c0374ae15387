//! What a dense Jacobian costs, mostly of zeros: a law of conservation on a line, a reaction with diffusion on a grid.

use di_backends::ndarray::ArrayViewMut2;
use di_backends::{EnzymeStyle, FiniteDiff, Jacobian, NumDual, PrepareJacobian, Tape, VectorFn};
use di_bench::problem::{Brusselator, Upwind};
use di_bench::{Suite, by_hand};
use std::hint::black_box;

/// A prepared Jacobian as a row.
fn prepared<B: PrepareJacobian<F>, F>(backend: &B, f: F, x: &[f64]) -> impl FnMut(&[f64], &mut [f64]) {
    let mut prepared = backend.prepare_jacobian(f, x).expect("the backend has Jacobians");
    let mut y = vec![0.0; prepared.output_len()];
    move |x, jac| {
        let jac = ArrayViewMut2::from_shape((y.len(), x.len()), jac).expect("the matrix has as many entries");
        prepared.value_and_jacobian_into(x, &mut y, jac).expect("lengths fit");
    }
}

fn upwind(suite: &mut Suite) {
    let x = Upwind::point(401);
    let mut y = vec![0.0; x.len()];
    let expected = Upwind::jacobian(&x).into_raw_vec_and_offset().0;
    let mut problem = suite.problem("upwind 401, dense Jacobian", x.clone(), expected, |x: &[f64]| {
        Upwind.call_into(x, black_box(&mut y));
    });
    problem.timed("filling the matrix alone", |_, jac| jac.fill(0.0));
    problem.row("NumDual", prepared(&NumDual::default(), &Upwind, &x));
    for width in [4, 8, 12, 16] {
        problem.row(&format!("NumDual, width {width}"), prepared(&NumDual::fixed(width), &Upwind, &x));
    }
    problem.row("EnzymeStyle", prepared(&EnzymeStyle::default(), &Upwind, &x));
    for width in [4, 8, 12, 16] {
        problem.row(&format!("EnzymeStyle, width {width}"), prepared(&EnzymeStyle::fixed(width), &Upwind, &x));
    }
    problem.row("num-dual alone, width 8", by_hand::dual_jacobian::<8>(Upwind::evaluate, x.len()));
    problem.row("num-dual alone, width 12", by_hand::dual_jacobian::<12>(Upwind::evaluate, x.len()));
    problem.row("num-dual alone, width 16", by_hand::dual_jacobian::<16>(Upwind::evaluate, x.len()));
    problem.row("Tape", prepared(&Tape::default(), &Upwind, &x));
    problem.row_within("FiniteDiff", 1e-7, prepared(&FiniteDiff::central(), &Upwind, &x));
    problem.finish();
}

fn brusselator(suite: &mut Suite) {
    let f = Brusselator { side: 32 };
    let x = f.point();
    let mut y = vec![0.0; x.len()];
    let expected = f.jacobian(&x).into_raw_vec_and_offset().0;
    let mut problem = suite.problem("Brusselator 32², dense Jacobian", x.clone(), expected, |x: &[f64]| {
        f.call_into(x, black_box(&mut y));
    });
    problem.few_samples();
    problem.timed("filling the matrix alone", |_, jac| jac.fill(0.0));
    problem.row("NumDual", prepared(&NumDual::default(), f, &x));
    problem.row("NumDual, width 8", prepared(&NumDual::fixed(8), f, &x));
    problem.row("NumDual, width 16", prepared(&NumDual::fixed(16), f, &x));
    problem.row("num-dual alone, width 12", by_hand::dual_jacobian::<12>(move |x, y| f.evaluate(x, y), x.len()));
    problem.finish();
}

fn main() {
    let mut suite = Suite::from_args();
    upwind(&mut suite);
    brusselator(&mut suite);
    suite.finish();
}
