//! Derivative code that is written from the functions agrees with dual numbers and with the tape, at many random points.

use crate::support::{EXACT, assert_close};
use di_applications::{
    Brusselator, Gmm, IndexedBrusselator, LotkaVolterra, Lstm, LuSolve, Mlp, Orbit, Random, ReactionDiffusion,
    Reprojection,
};
use di_applications::{Rosenbrock, Upwind};
use di_backends::ndarray::{Array2, aview1};
use di_backends::{EnzymeStyle, Gradient, Hessian, Hvp, Jacobian, NumDual, Pullback, Pushforward, ScalarFn, Tape};
use di_backends::{PrepareGradient, PrepareHessian, PrepareHvp, PrepareJacobian, PreparePullback, PreparePushforward};
use di_backends::{ScalarShape, VectorFn, VectorShape};

/// The random points that each function is compared at.
const POINTS: u64 = 10_000;
/// Every so many of them second derivatives are compared too.
const SECOND: u64 = 100;

/// Compares gradients with those of the tape, products with tangents by dual numbers, and second derivatives.
fn compare_scalar<F>(what: &str, f: &F, point: impl Fn(u64) -> Vec<f64>)
where
    F: ScalarFn<f64>,
    EnzymeStyle: for<'f> PrepareGradient<&'f F> + for<'f> PreparePushforward<&'f F, f64, ScalarShape>,
    EnzymeStyle: for<'f> PrepareHvp<&'f F> + for<'f> PrepareHessian<&'f F>,
    NumDual: for<'f> PreparePushforward<&'f F, f64, ScalarShape> + for<'f> PrepareHessian<&'f F>,
    Tape: for<'f> PrepareGradient<&'f F>,
{
    let (code, duals, x) = (EnzymeStyle::default(), NumDual::default(), point(0));
    let mut by_code = code.prepare_gradient(f, &x).unwrap();
    let mut by_tape = Tape::default().prepare_gradient(f, &x).unwrap();
    let mut tangent = PreparePushforward::<_, f64, ScalarShape>::prepare_pushforward(&code, f, &x).unwrap();
    let mut by_duals = PreparePushforward::<_, f64, ScalarShape>::prepare_pushforward(&duals, f, &x).unwrap();
    let mut hvp = code.prepare_hvp(f, &x).unwrap();
    let mut hessians = (code.prepare_hessian(f, &x).unwrap(), duals.prepare_hessian(f, &x).unwrap());
    for seed in 0..POINTS {
        let x = point(seed);
        let (value, expected) = by_tape.value_and_gradient(&x).unwrap();
        let (found, grad) = by_code.value_and_gradient(&x).unwrap();
        assert_close(&format!("{what}, value"), &[found, f.call(&x)], &[value; 2], EXACT);
        assert_close(&format!("{what}, gradient"), &grad, &expected, EXACT);
        assert_close(&format!("{what}, gradient alone"), &by_code.gradient(&x).unwrap(), &expected, EXACT);
        let dx = Random::new(seed).vector(x.len(), -1.0, 1.0);
        let (value, pushed) = tangent.value_and_pushforward(&x, &dx).unwrap();
        let (expected_value, expected) = by_duals.value_and_pushforward(&x, &dx).unwrap();
        let size = grad.iter().zip(&dx).map(|(g, d)| (g * d).abs()).sum();
        assert_close(&format!("{what}, value beside the tangent"), &value, &expected_value, EXACT);
        assert_close(&format!("{what}, tangent"), &[pushed[0], size], &[expected[0], size], EXACT);
        if seed % SECOND == 0 {
            let (found, expected) = (hessians.0.hessian(&x).unwrap(), hessians.1.hessian(&x).unwrap());
            assert_close(&format!("{what}, Hessian"), &entries(&found), &entries(&expected), EXACT);
            let product = expected.dot(&aview1(&dx)).to_vec();
            assert_close(&format!("{what}, Hessian-vector product"), &hvp.hvp(&x, &dx).unwrap(), &product, 1e-11);
        }
    }
}

/// Compares Jacobians, and products with tangents and cotangents, with those by dual numbers and by the tape.
fn compare_vector<F>(what: &str, f: &F, point: impl Fn(u64) -> Vec<f64>)
where
    F: VectorFn<f64>,
    EnzymeStyle: for<'f> PreparePushforward<&'f F> + for<'f> PreparePullback<&'f F> + for<'f> PrepareJacobian<&'f F>,
    NumDual: for<'f> PrepareJacobian<&'f F>,
    Tape: for<'f> PreparePullback<&'f F>,
{
    let (code, x) = (EnzymeStyle::default(), point(0));
    let mut by_duals = NumDual::default().prepare_jacobian(f, &x).unwrap();
    let mut by_tape = PreparePullback::<_, f64, VectorShape>::prepare_pullback(&Tape::default(), f, &x).unwrap();
    let mut tangent = PreparePushforward::<_, f64, VectorShape>::prepare_pushforward(&code, f, &x).unwrap();
    let mut adjoint = PreparePullback::<_, f64, VectorShape>::prepare_pullback(&code, f, &x).unwrap();
    let mut jacobian = code.prepare_jacobian(f, &x).unwrap();
    for seed in 0..POINTS {
        let x = point(seed);
        let (value, expected) = by_duals.value_and_jacobian(&x).unwrap();
        let mut random = Random::new(seed);
        let (dx, dy) = (random.vector(x.len(), -1.0, 1.0), random.vector(value.len(), -1.0, 1.0));
        let (found, pushed) = tangent.value_and_pushforward(&x, &dx).unwrap();
        assert_close(&format!("{what}, value beside the tangent"), &found, &value, EXACT);
        assert_close(&format!("{what}, tangent"), &pushed, &expected.dot(&aview1(&dx)).to_vec(), EXACT);
        let (found, pulled) = adjoint.value_and_pullback(&x, &dy).unwrap();
        let by_tape = by_tape.pullback(&x, &dy).unwrap();
        assert_close(&format!("{what}, value beside the adjoint"), &found, &value, EXACT);
        assert_close(&format!("{what}, adjoint"), &pulled, &by_tape, EXACT);
        assert_close(&format!("{what}, adjoint alone"), &adjoint.pullback(&x, &dy).unwrap(), &by_tape, EXACT);
        if seed % SECOND == 0 {
            let (found, jac) = jacobian.value_and_jacobian(&x).unwrap();
            assert_close(&format!("{what}, value beside the Jacobian"), &found, &value, EXACT);
            assert_close(&format!("{what}, Jacobian"), &entries(&jac), &entries(&expected), EXACT);
        }
    }
}

fn entries(matrix: &Array2<f64>) -> Vec<f64> {
    matrix.iter().copied().collect()
}

#[test]
fn the_curved_valley() {
    compare_scalar("valley", &Rosenbrock, |seed| Rosenbrock.point(10, seed));
}

#[test]
fn predators_and_prey() {
    let f = LotkaVolterra { steps: 4, step: 0.25, target: [1.0, 0.5] };
    compare_scalar("predators and prey", &f, |seed| f.point(seed));
}

#[test]
fn the_orbit() {
    let f = Orbit::random(2, 1).unwrap();
    compare_scalar("orbit", &f, |seed| f.point(seed));
}

#[test]
fn the_conservation_law() {
    compare_vector("conservation law", &Upwind, |seed| Upwind.point(8, seed));
}

#[test]
fn the_brusselator() {
    let f = Brusselator::new(3).unwrap();
    compare_vector("Brusselator", &f, |seed| f.point(seed));
    compare_vector("Brusselator with indices", &IndexedBrusselator(f), |seed| f.point(seed));
}

#[test]
fn the_reaction_with_diffusion() {
    let f = ReactionDiffusion::new(2).unwrap();
    compare_vector("reaction with diffusion", &f, |seed| f.point(seed));
}

#[test]
fn the_camera() {
    let f = Reprojection { feature: [0.25, -0.5] };
    compare_vector("observation", &f, |seed| f.point(seed));
}

#[test]
fn the_mixture() {
    let f = Gmm::random(2, 2, 3, 1).unwrap();
    compare_scalar("mixture", &f, |seed| f.point(seed));
}

#[test]
fn the_recurrent_network() {
    let f = Lstm::random(2, 1, 4, 1).unwrap();
    compare_scalar("recurrent network", &f, |seed| f.point(seed));
}

#[test]
fn the_network() {
    let f = Mlp::random(2, 3, 1).unwrap();
    compare_scalar("network", &f, |seed| f.point(seed));
}

#[test]
fn the_linear_system() {
    let f = LuSolve::new(3).unwrap();
    compare_vector("linear system", &f, |seed| f.point(seed));
}
