//! The example of implicit steps: against explicit ones, and by several engines.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../brusselator.rs"]
#[expect(dead_code, reason = "the program's entry and its picture are not used here")]
mod brusselator;

use brusselator::{Brusselator, solve};
use di_backends::{FiniteDiff, Mixed, NumDual, Sparse, Tape, VectorFn, Verified};

const SIDE: u32 = 6;

/// The classical method of Runge and Kutta in steps so small that it is stable.
fn explicit(steps: u32) -> Vec<f64> {
    let mut f = Brusselator { side: SIDE, source: 0.0 };
    let mut x = f.start();
    let h = 11.5 / f64::from(steps);
    let (mut rate, mut there) = (vec![0.0; x.len()], x.clone());
    for step in 0..steps {
        f.source = if f64::from(step) * h < 1.1 { 0.0 } else { 5.0 };
        let mut sum = vec![0.0; x.len()];
        there.copy_from_slice(&x);
        for (weight, reach) in [(1.0, 0.5), (2.0, 0.5), (2.0, 1.0), (1.0, 0.0)] {
            f.call_into(&there, &mut rate);
            for (((sum, there), &x), &rate) in sum.iter_mut().zip(&mut there).zip(&x).zip(&rate) {
                *sum += weight * rate;
                *there = x + reach * h * rate;
            }
        }
        x.iter_mut().zip(&sum).for_each(|(x, sum)| *x += h / 6.0 * sum);
    }
    x
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

#[test]
fn implicit_steps_come_to_the_explicit_ones_with_order_two() {
    let exact = explicit(6900);
    let error = |steps| distance(&solve(&Sparse::of(NumDual::default()), SIDE, steps).unwrap().0, &exact);
    let (coarse, fine) = (error(460), error(920));
    assert!(fine < 1e-2, "{fine}");
    assert!((3.0..5.0).contains(&(coarse / fine)), "{coarse}, {fine}");
}

#[test]
fn every_engine_takes_the_same_steps() {
    let (expected, coloring) = solve(&Sparse::of(NumDual::default()), SIDE, 230).unwrap();
    assert_eq!(coloring.pattern().nnz(), 12 * 36);
    let mixed = Mixed { forward: NumDual::default(), reverse: Tape::default() };
    for found in [
        solve(&Sparse::of(Tape::default()), SIDE, 230).unwrap().0,
        solve(&Verified::new(Sparse::of(mixed)), SIDE, 230).unwrap().0,
        solve(&Sparse::of(FiniteDiff::central()), SIDE, 230).unwrap().0,
    ] {
        let error = distance(&found, &expected);
        assert!(error < 1e-6, "{error}");
    }
}
