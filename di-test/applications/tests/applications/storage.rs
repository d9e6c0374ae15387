//! What adjoints save: nothing where iterations are independent, and in time loops what a step overwrites.

use di_applications::{Brusselator, IndexedBrusselator, LotkaVolterra, Mlp, ReactionDiffusion, Rosenbrock, Upwind};
use di_backends::di_core::storage::{high_water, reset_high_water};
use di_backends::{EnzymeStyle, PrepareGradient, PreparePullback, VectorShape, gradient, pullback};

fn saved_by_gradient<F>(f: &F, x: &[f64]) -> usize
where
    EnzymeStyle: for<'f> PrepareGradient<&'f F>,
{
    reset_high_water();
    gradient(&EnzymeStyle::default(), f, x).unwrap();
    high_water()
}

fn saved_by_pullback<F>(f: &F, x: &[f64]) -> usize
where
    EnzymeStyle: for<'f> PreparePullback<&'f F, f64, VectorShape>,
{
    reset_high_water();
    pullback(&EnzymeStyle::default(), f, x, &vec![1.0; x.len()]).unwrap();
    high_water()
}

#[test]
fn independent_iterations_save_nothing() {
    assert_eq!(saved_by_gradient(&Rosenbrock, &Rosenbrock.point(100, 1)), 0);
    assert_eq!(saved_by_pullback(&Upwind, &Upwind.point(100, 1)), 0);
    let f = Brusselator::new(8).unwrap();
    assert_eq!(saved_by_pullback(&f, &f.point(1)), 0);
    assert_eq!(saved_by_pullback(&IndexedBrusselator(f), &f.point(1)), 0);
    let f = ReactionDiffusion::new(8).unwrap();
    assert_eq!(saved_by_pullback(&f, &f.point(1)), 0);
}

/// Of each row the sum and its hyperbolic tangent, and what the layers of the sample before had computed.
#[test]
fn a_network_saves_some_numbers_for_each_row_and_none_for_each_weight() {
    let saved = |samples| {
        let f = Mlp::random(16, samples, 1).unwrap();
        saved_by_gradient(&f, &f.point(2))
    };
    let each = saved(3) - saved(2);
    assert_eq!(saved(4) - saved(3), each);
    assert!(each <= 8 * 16, "{each} numbers for a sample");
}

/// What the four slopes of a step are computed from: the state and three stages, of two numbers each.
#[test]
fn a_step_of_the_integration_saves_what_its_slopes_are_computed_from() {
    for steps in [10_u32, 100] {
        let f = LotkaVolterra::new(steps);
        assert_eq!(saved_by_gradient(&f, &f.point(1)), 8 * steps as usize);
    }
}
