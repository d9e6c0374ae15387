//! What derivatives of whole applications cost, beside code written by hand for each.

use di_applications::{
    Brusselator, IndexedBrusselator, LuSolve, LuSolvePullback, ReactionDiffusion, ReactionDiffusionPullback, Upwind,
};
use di_applications::{Gmm, GmmAdjoint, LotkaVolterra, LotkaVolterraAdjoint, Lstm, LstmAdjoint, Mlp, MlpAdjoint};
use di_applications::{HandComplicated, HandJacobian, HandModel, HandSimple, Orbit, Reprojection, Rosenbrock, adbench};
use di_backends::ndarray::{Array2, ArrayViewMut2};
use di_backends::{EnzymeStyle, Gradient, Jacobian, Map, NumDual, PrepareGradient, PrepareJacobian, PreparePullback};
use di_backends::{PreparePushforward, Pullback, ScalarFn, ScalarShape, Tape, VectorFn, VectorShape};
use di_bench::Suite;
use di_bench::coded::{self, Row};
use di_bench::problem::uniform;
use std::hint::black_box;

/// The most inputs of a gradient by dual numbers.
const FORWARD: usize = 300;

/// Where a pullback by hand is written; without `y`, the value is not wanted.
struct Pulled<'a> {
    y: Option<&'a mut [f64]>,
    dy: &'a [f64],
    dx: &'a mut [f64],
}

/// A gradient by code by hand, by rows of derivative code, by the tape, and of few inputs by dual numbers.
fn gradient<F>(
    suite: &mut Suite,
    name: &str,
    f: &F,
    x: Vec<f64>,
    mut by_hand: impl FnMut(&[f64], &mut [f64]) -> f64,
    rows: Vec<Row<'_>>,
) where
    F: ScalarFn<f64>,
    NumDual: for<'f> PrepareGradient<&'f F>,
    Tape: for<'f> PrepareGradient<&'f F>,
{
    let name = format!("{name}, gradient");
    let mut expected = vec![0.0; x.len()];
    by_hand(&x, &mut expected);
    let mut problem = suite.problem(&name, x.clone(), expected, |x: &[f64]| f.call(x));
    problem.row("by hand", |x, grad| {
        black_box(by_hand(x, grad));
    });
    for (name, run) in rows {
        problem.row(name, run);
    }
    let mut prepared = Tape::default().prepare_gradient(f, &x).expect("it has gradients");
    problem.row("Tape", |x, grad| {
        prepared.value_and_gradient_into(x, grad).expect("lengths fit");
    });
    if x.len() <= FORWARD {
        let mut prepared = NumDual::default().prepare_gradient(f, &x).expect("it has gradients");
        problem.few_samples().row("NumDual", |x, grad| {
            prepared.value_and_gradient_into(x, grad).expect("lengths fit");
        });
    }
    problem.finish();
}

/// A pullback by code by hand, with the value and without it, by rows of derivative code for `dy`, and by the tape. The code
/// by hand tells whether it did what was wanted.
fn pullback<F>(
    suite: &mut Suite,
    name: &str,
    f: &F,
    (x, dy): (Vec<f64>, &[f64]),
    mut by_hand: impl FnMut(Pulled<'_>, &[f64]) -> bool,
    rows: Vec<Row<'_>>,
) where
    F: VectorFn<f64>,
    Tape: for<'f> PreparePullback<&'f F, f64, VectorShape>,
{
    let name = format!("{name}, pullback");
    let mut y = vec![0.0; f.output_len(x.len())];
    let mut expected = vec![0.0; x.len()];
    by_hand(Pulled { y: Some(&mut y), dy, dx: &mut expected }, &x);
    let mut value = y.clone();
    let plain = |x: &[f64]| f.call_into(x, black_box(&mut value));
    let mut problem = suite.problem(&name, x.clone(), expected.clone(), plain);
    problem.row("by hand", |x, dx| {
        by_hand(Pulled { y: Some(black_box(&mut y)), dy: black_box(dy), dx }, x);
    });
    if by_hand(Pulled { y: None, dy, dx: &mut expected }, &x) {
        problem.row("by hand, without the value", |x, dx| {
            by_hand(Pulled { y: None, dy: black_box(dy), dx }, x);
        });
    }
    for (name, run) in rows {
        problem.row(name, run);
    }
    let mut prepared = Tape::default().prepare_pullback(f, &x).expect("it has pullbacks");
    problem.row("Tape", |x, dx| {
        prepared.value_and_pullback_into(x, dy, &mut y, dx).expect("lengths fit");
    });
    problem.finish();
}

/// A dense Jacobian by code by hand, by rows of derivative code, by dual numbers and by the tape.
fn jacobian<F>(
    suite: &mut Suite,
    name: &str,
    f: &F,
    x: Vec<f64>,
    mut by_hand: impl FnMut(&[f64], &mut [f64], &mut [f64]),
    rows: Vec<Row<'_>>,
) where
    F: VectorFn<f64>,
    NumDual: for<'f> PrepareJacobian<&'f F>,
    Tape: for<'f> PrepareJacobian<&'f F>,
{
    let name = format!("{name}, Jacobian");
    let mut y = vec![0.0; f.output_len(x.len())];
    let mut expected = vec![0.0; y.len() * x.len()];
    by_hand(&x, &mut y, &mut expected);
    let mut value = y.clone();
    let plain = |x: &[f64]| f.call_into(x, black_box(&mut value));
    let mut problem = suite.problem(&name, x.clone(), expected, plain);
    problem.row("by hand", |x, jac| by_hand(x, black_box(&mut y), jac));
    for (name, run) in rows {
        problem.row(name, run);
    }
    let shape = (y.len(), x.len());
    let mut prepared = NumDual::default().prepare_jacobian(f, &x).expect("it has Jacobians");
    problem.row("NumDual", |x, jac| {
        let jac = ArrayViewMut2::from_shape(shape, jac).expect("the matrix has as many entries");
        prepared.value_and_jacobian_into(x, &mut y, jac).expect("lengths fit");
    });
    let mut prepared = Tape::default().prepare_jacobian(f, &x).expect("it has Jacobians");
    problem.few_samples().row("Tape", |x, jac| {
        let jac = ArrayViewMut2::from_shape(shape, jac).expect("the matrix has as many entries");
        prepared.value_and_jacobian_into(x, &mut y, jac).expect("lengths fit");
    });
    problem.finish();
}

/// One tangent and eight at once, by derivative code with the value and without, and by dual numbers with it.
fn pushforward<F: Map<S, f64>, S>(suite: &mut Suite, name: &str, f: &F, x: &[f64])
where
    EnzymeStyle: for<'f> PreparePushforward<&'f F, f64, S>,
    NumDual: for<'f> PreparePushforward<&'f F, f64, S>,
{
    let outputs = f.output_count(x.len());
    let mut value = vec![0.0; outputs];
    for (width, what) in [(1, "one tangent"), (8, "eight tangents")] {
        let name = format!("{name}, {what}");
        let mut numbers = uniform(3);
        let dx = Array2::from_shape_simple_fn((x.len(), width), &mut numbers);
        let mut expected = vec![0.0; outputs * width];
        let mut by_duals = coded::pushforward::<_, F, S>(&NumDual::default(), f, x, dx.view(), true);
        by_duals(x, &mut expected);
        let plain = |x: &[f64]| f.map_into(x, black_box(&mut value));
        let mut problem = suite.problem(&name, x.to_vec(), expected, plain);
        let by_code = |value| coded::pushforward::<_, F, S>(&EnzymeStyle::default(), f, x, dx.view(), value);
        problem.row("EnzymeStyle", by_code(true));
        problem.row("EnzymeStyle, without the value", by_code(false));
        problem.row("NumDual", by_duals);
        problem.finish();
    }
}

fn gradients(suite: &mut Suite) {
    let x = Rosenbrock.point(1000, 1);
    let rows = coded::gradient(&Rosenbrock, &x);
    let by_hand = |x: &[f64], grad: &mut [f64]| Rosenbrock.value_and_gradient_into(x, grad);
    gradient(suite, "Rosenbrock 1000", &Rosenbrock, x, by_hand, rows);
    for batch in [1, 32] {
        let f = Mlp::random(64, batch, 4).expect("sizes fit");
        let mut adjoint = MlpAdjoint::new(&f);
        let name = format!("MLP 64-64-64-1, batch {batch}");
        let rows = coded::gradient(&f, &f.point(5));
        gradient(suite, &name, &f, f.point(5), |x, grad| adjoint.value_and_gradient_into(x, grad), rows);
    }
    let (f, x) = Gmm::read(&adbench("gmm/gmm_d10_K25.txt")).expect("the file is part of the crate");
    let mut adjoint = GmmAdjoint::new(&f);
    let rows = coded::gradient(&f, &x);
    gradient(suite, "GMM d10 K25 n1000", &f, x, |x, grad| adjoint.value_and_gradient_into(x, grad), rows);
    let (f, x) = Lstm::read(&adbench("lstm/lstm_l2_c1024.txt")).expect("the file is part of the crate");
    let mut adjoint = LstmAdjoint::new(&f);
    let rows = coded::gradient(&f, &x);
    gradient(suite, "LSTM l2 c1024", &f, x, |x, grad| adjoint.value_and_gradient_into(x, grad), rows);
    let f = LotkaVolterra::new(1000);
    let mut adjoint = LotkaVolterraAdjoint::new(f);
    let rows = coded::gradient(&f, &f.point(1));
    gradient(suite, "RK4, 1000 steps", &f, f.point(1), |x, grad| adjoint.value_and_gradient_into(x, grad), rows);
    let f = Orbit::random(100, 1).expect("sizes fit");
    let rows = coded::gradient(&f, &f.point(1));
    gradient(suite, "orbit of 100 places", &f, f.point(1), |x, grad| f.value_and_gradient_into(x, grad), rows);
}

/// Repeatable cotangents.
fn cotangents(outputs: usize) -> Vec<f64> {
    let mut numbers = uniform(2);
    (0..outputs).map(|_| numbers()).collect()
}

fn pullbacks(suite: &mut Suite) {
    let f = Brusselator::new(32).expect("the grid is large enough");
    let (x, dy) = (f.point(1), cotangents(2048));
    let rows = coded::pullback(&f, &x, &dy);
    let by_hand = |Pulled { y, dy, dx }: Pulled<'_>, x: &[f64]| {
        match y {
            Some(y) => f.value_and_pullback_into(x, y, dy, dx),
            None => f.pullback_into(x, dy, dx),
        }
        true
    };
    pullback(suite, "Brusselator 32²", &f, (x.clone(), &dy), by_hand, rows);
    let indexed = IndexedBrusselator(f);
    let rows = coded::pullback(&indexed, &x, &dy);
    pullback(suite, "Brusselator 32² with indices", &indexed, (x, &dy), by_hand, rows);
    let f = ReactionDiffusion::new(32).expect("the grid is large enough");
    let mut code = ReactionDiffusionPullback::new(&f);
    let x = f.point(1);
    let rows = coded::pullback(&f, &x, &dy);
    let by_hand = |Pulled { y, dy, dx }: Pulled<'_>, x: &[f64]| {
        match y {
            Some(y) => code.value_and_pullback_into(x, y, dy, dx),
            None => code.pullback_into(x, dy, dx),
        }
        true
    };
    pullback(suite, "reaction–diffusion 32², six buffers", &f, (x, &dy), by_hand, rows);
    let f = LuSolve::new(32).expect("there are equations");
    let mut code = LuSolvePullback::new(&f);
    let by_hand = |Pulled { y, dy, dx }: Pulled<'_>, x: &[f64]| match y {
        Some(y) => {
            code.value_and_pullback_into(x, y, dy, dx);
            true
        }
        None => false,
    };
    let (x, dy) = (f.point(1), cotangents(32));
    let rows = coded::pullback(&f, &x, &dy);
    pullback(suite, "LU solve 32", &f, (x, &dy), by_hand, rows);
}

fn jacobians(suite: &mut Suite) {
    let f = Reprojection { feature: [0.25, -0.5] };
    let rows = coded::jacobian(&f, &f.point(1));
    let by_hand = |x: &[f64], y: &mut [f64], jac: &mut [f64]| {
        let mut block = [[0.0; 15]; 2];
        y.copy_from_slice(&f.value_and_block(x, &mut block));
        jac.copy_from_slice(block.as_flattened());
    };
    jacobian(suite, "bundle adjustment, one observation 2 × 15", &f, f.point(1), by_hand, rows);
    let model = HandModel::read(&adbench("hand/model")).expect("the files are part of the crate");
    let (f, x) = HandSimple::read(&model, &adbench("hand/simple.txt")).expect("the file is part of the crate");
    let mut code = HandJacobian::simple(&f);
    let by_hand = |x: &[f64], y: &mut [f64], jac: &mut [f64]| code.value_and_jacobian_into(x, y, jac);
    let rows = coded::jacobian(&f, &x);
    jacobian(suite, "hand 300 × 26", &f, x, by_hand, rows);
    let (f, x) =
        HandComplicated::read(&model, &adbench("hand/complicated.txt")).expect("the file is part of the crate");
    let mut code = HandJacobian::complicated(&f);
    let mut compact = vec![0.0; 300 * code.columns()];
    let by_hand = |x: &[f64], y: &mut [f64], jac: &mut [f64]| {
        code.value_and_jacobian_into(x, y, &mut compact);
        jac.fill(0.0);
        for (i, (row, dense)) in compact.chunks_exact(28).zip(jac.chunks_exact_mut(226)).enumerate() {
            dense[..26].copy_from_slice(&row[..26]);
            dense[26 + i / 3 * 2..][..2].copy_from_slice(&row[26..]);
        }
    };
    let rows = coded::jacobian(&f, &x);
    jacobian(suite, "hand with triangles 300 × 226", &f, x, by_hand, rows);
    let x = Upwind.point(401, 1);
    let rows = coded::jacobian(&Upwind, &x);
    let by_hand = |x: &[f64], y: &mut [f64], jac: &mut [f64]| Upwind.value_and_jacobian_into(x, y, jac);
    jacobian(suite, "upwind 401", &Upwind, x, by_hand, rows);
}

fn pushforwards(suite: &mut Suite) {
    pushforward::<_, ScalarShape>(suite, "Rosenbrock 1000", &Rosenbrock, &Rosenbrock.point(1000, 1));
    let f = LotkaVolterra::new(1000);
    pushforward::<_, ScalarShape>(suite, "RK4, 1000 steps", &f, &f.point(1));
    let f = Orbit::random(100, 1).expect("sizes fit");
    pushforward::<_, ScalarShape>(suite, "orbit of 100 places", &f, &f.point(1));
    let f = Mlp::random(64, 1, 4).expect("sizes fit");
    pushforward::<_, ScalarShape>(suite, "MLP 64-64-64-1", &f, &f.point(5));
    let (f, x) = Gmm::read(&adbench("gmm/gmm_d10_K25.txt")).expect("the file is part of the crate");
    pushforward::<_, ScalarShape>(suite, "GMM d10 K25 n1000", &f, &x);
    let (f, x) = Lstm::read(&adbench("lstm/lstm_l2_c1024.txt")).expect("the file is part of the crate");
    pushforward::<_, ScalarShape>(suite, "LSTM l2 c1024", &f, &x);
    let f = LuSolve::new(32).expect("there are equations");
    pushforward::<_, VectorShape>(suite, "LU solve 32", &f, &f.point(1));
    let f = Brusselator::new(32).expect("the grid is large enough");
    pushforward::<_, VectorShape>(suite, "Brusselator 32²", &f, &f.point(1));
    let indexed = IndexedBrusselator(f);
    pushforward::<_, VectorShape>(suite, "Brusselator 32² with indices", &indexed, &f.point(1));
    let f = ReactionDiffusion::new(32).expect("the grid is large enough");
    pushforward::<_, VectorShape>(suite, "reaction–diffusion 32², six buffers", &f, &f.point(1));
    let f = Reprojection { feature: [0.25, -0.5] };
    pushforward::<_, VectorShape>(suite, "bundle adjustment, one observation", &f, &f.point(1));
    let model = HandModel::read(&adbench("hand/model")).expect("the files are part of the crate");
    let (f, x) = HandSimple::read(&model, &adbench("hand/simple.txt")).expect("the file is part of the crate");
    pushforward::<_, VectorShape>(suite, "hand", &f, &x);
    pushforward::<_, VectorShape>(suite, "upwind 401", &Upwind, &Upwind.point(401, 1));
}

fn main() {
    let mut suite = Suite::from_args();
    gradients(&mut suite);
    pullbacks(&mut suite);
    jacobians(&mut suite);
    pushforwards(&mut suite);
    suite.finish();
}
