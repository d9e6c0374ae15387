//! What adjoints save: nothing where iterations are independent, and in time loops what a step overwrites.

use di_applications::{LotkaVolterra, Rosenbrock, Upwind};
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
fn the_curved_valley_and_the_conservation_law_save_nothing() {
    assert_eq!(saved_by_gradient(&Rosenbrock, &Rosenbrock.point(100, 1)), 0);
    assert_eq!(saved_by_pullback(&Upwind, &Upwind.point(100, 1)), 0);
}

/// A step overwrites four slopes, three stages and the state, of two numbers each.
#[test]
fn a_step_of_the_integration_saves_what_it_overwrites() {
    for steps in [10_u32, 100] {
        let f = LotkaVolterra::new(steps);
        assert_eq!(saved_by_gradient(&f, &f.point(1)), 16 * steps as usize);
    }
}
