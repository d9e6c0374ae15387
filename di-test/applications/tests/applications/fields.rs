//! The functions `R^n → R^m` on grids, and the linear system.

use crate::support::{POINTS, assert_close, check_jacobian, check_jacobian_by_differences, check_large_pullback};
use crate::support::{check_product, check_pullback};
use di_applications::{Brusselator, DataError, IndexedBrusselator, LuSolve, LuSolvePullback, Random};
use di_applications::{ReactionDiffusion, ReactionDiffusionPullback, Upwind};
use di_backends::{Tape, VectorFn, value_and_pullback};

#[test]
fn the_conservation_law() {
    for (i, seed) in (0..POINTS).enumerate() {
        let x = Upwind.point(1 + i % 20, seed);
        let n = x.len();
        let (mut y, mut jacobian) = (vec![f64::NAN; n], vec![f64::NAN; n * n]);
        Upwind.value_and_jacobian_into(&x, &mut y, &mut jacobian);
        check_jacobian("conservation law", &Upwind, &x, &y, &jacobian);
        check_jacobian_by_differences("conservation law", &Upwind, &x, &jacobian, 1e-8);
    }
    let x = Upwind.point(401, 1);
    let (mut y, mut jacobian) = (vec![f64::NAN; 401], vec![f64::NAN; 401 * 401]);
    Upwind.value_and_jacobian_into(&x, &mut y, &mut jacobian);
    check_jacobian("n = 401", &Upwind, &x, &y, &jacobian);
}

fn brusselator(f: Brusselator, x: &[f64], dy: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let (mut y, mut dx) = (vec![f64::NAN; x.len()], vec![f64::NAN; x.len()]);
    f.value_and_pullback_into(x, &mut y, dy, &mut dx);
    (y, dx)
}

#[test]
fn the_brusselator() {
    for (i, seed) in (0..POINTS).enumerate() {
        let f = Brusselator::new(2 + i % 4).unwrap();
        let x = f.point(seed);
        let dy = Random::new(seed + 1).vector(x.len(), -1.0, 1.0);
        let (y, dx) = brusselator(f, &x, &dy);
        check_pullback("Brusselator", &f, &x, &y, &dy, &dx);
        check_pullback("Brusselator with indices", &IndexedBrusselator(f), &x, &y, &dy, &dx);
    }
    let f = Brusselator::new(32).unwrap();
    let x = f.point(1);
    let dy = Random::new(2).vector(x.len(), -1.0, 1.0);
    let (y, dx) = brusselator(f, &x, &dy);
    check_large_pullback("32 × 32", &f, &x, &y, &dy, &dx);
    check_large_pullback("32 × 32 with indices", &IndexedBrusselator(f), &x, &y, &dy, &dx);
    check_product("32 × 32", &f, &x, &dy, &dx);
    assert!(matches!(Brusselator::new(1), Err(DataError::TooFew { least: 2, found: 1, .. })));
}

/// What does not vary in space does not diffuse.
#[test]
fn an_even_state_only_reacts() {
    let mut rate = [f64::NAN; 18];
    let state = [[2.0; 9], [3.0; 9]];
    Brusselator::new(3).unwrap().call_into(state.as_flattened(), &mut rate);
    assert_close("activator", &rate[..9], &[1.0 + 12.0 - 8.8; 9], 1e-14);
    assert_close("inhibitor", &rate[9..], &[6.8 - 12.0; 9], 1e-14);
    ReactionDiffusion::new(3).unwrap().call_into(state.as_flattened(), &mut rate);
    assert_close("activator", &rate[..9], &[2.0 + 1.0 - 1.5; 9], 1e-14);
    assert_close("inhibitor", &rate[9..], &[6.0 - 9.0; 9], 1e-14);
}

/// Of a state that varies along one direction alone, as second differences along it.
#[test]
fn diffusion_is_mirrored_at_the_boundary() {
    let mut rate = [f64::NAN; 18];
    let row = [1.0, 2.0, 4.0];
    for transposed in [false, true] {
        let u: [f64; 9] = std::array::from_fn(|i| row[if transposed { i / 3 } else { i % 3 }]);
        ReactionDiffusion::new(3).unwrap().call_into([u, [1.0; 9]].as_flattened(), &mut rate);
        let differences = [2.0, 1.0, -4.0];
        let expected: [f64; 9] = std::array::from_fn(|i| {
            let place = if transposed { i / 3 } else { i % 3 };
            0.125 * differences[place] + 1.5 * u[i] * u[i] + 1.0 - 0.75 * u[i]
        });
        assert_close("activator", &rate[..9], &expected, 1e-14);
    }
}

fn reaction(f: &ReactionDiffusion, x: &[f64], dy: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let mut pullback = ReactionDiffusionPullback::new(f);
    let (mut y, mut dx) = (vec![f64::NAN; x.len()], vec![f64::NAN; x.len()]);
    pullback.value_and_pullback_into(&f.point(99), &mut y, dy, &mut dx);
    pullback.value_and_pullback_into(x, &mut y, dy, &mut dx);
    (y, dx)
}

#[test]
fn the_reaction_with_diffusion() {
    for (i, seed) in (0..POINTS).enumerate() {
        let f = ReactionDiffusion::new(2 + i % 4).unwrap();
        let x = f.point(seed);
        let dy = Random::new(seed + 1).vector(x.len(), -1.0, 1.0);
        let (y, dx) = reaction(&f, &x, &dy);
        check_pullback("reaction with diffusion", &f, &x, &y, &dy, &dx);
    }
    let f = ReactionDiffusion::new(32).unwrap();
    let x = f.point(1);
    let dy = Random::new(2).vector(x.len(), -1.0, 1.0);
    let (y, dx) = reaction(&f, &x, &dy);
    check_large_pullback("32 × 32", &f, &x, &y, &dy, &dx);
    check_product("32 × 32", &f, &x, &dy, &dx);
}

fn system(f: &LuSolve, x: &[f64], dy: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let mut pullback = LuSolvePullback::new(f);
    let (mut y, mut dx) = (vec![f64::NAN; dy.len()], vec![f64::NAN; x.len()]);
    pullback.value_and_pullback_into(&f.point(99), &mut y, dy, &mut dx);
    pullback.value_and_pullback_into(x, &mut y, dy, &mut dx);
    (y, dx)
}

#[test]
fn the_linear_system() {
    for (i, seed) in (0..POINTS).enumerate() {
        let n = 1 + i % 6;
        let f = LuSolve::new(n).unwrap();
        let x = f.point(seed);
        let dy = Random::new(seed + 1).vector(n, -1.0, 1.0);
        let (y, dx) = system(&f, &x, &dy);
        let product: Vec<f64> = x[..n * n].chunks(n).map(|row| row.iter().zip(&y).map(|(a, y)| a * y).sum()).collect();
        assert_close("right-hand side", &product, &x[n * n..], 1e-13);
        check_pullback("linear system", &f, &x, &y, &dy, &dx);
    }
    let f = LuSolve::new(32).unwrap();
    let x = f.point(1);
    let dy = Random::new(2).vector(32, -1.0, 1.0);
    let (y, dx) = system(&f, &x, &dy);
    check_pullback("32 equations", &f, &x, &y, &dy, &dx);
}

#[test]
fn a_singular_system_has_no_numbers() {
    let f = LuSolve::new(2).unwrap();
    let x = [1.0, 2.0, 2.0, 4.0, 1.0, 1.0];
    let (y, dx) = system(&f, &x, &[1.0, 1.0]);
    assert!(y.iter().chain(&dx).all(|entry| entry.is_nan()));
    let (y, _) = value_and_pullback(&Tape::default(), &f, &x, &[1.0, 1.0]).unwrap();
    assert!(y.iter().all(|y: &f64| y.is_nan()));
}
