//! Scenarios of functions that are not in the catalogue.

use super::broken::{Broken, Flaw};
use super::exact::Exact;
use di_core::{CurveFn, Error, Result, Scalar, ScalarFn, UnaryFn, VectorFn, Zero};
use di_test::{Check, Custom, Fault, Filter, Operator, Tolerance, Verdict};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Clone)]
struct Waves;

impl<T: Scalar> ScalarFn<T> for Waves {
    fn call(&self, x: &[T]) -> T {
        x.windows(2).map(|w| (w[0] * w[1]).sin()).sum()
    }
}

impl<T: Scalar> VectorFn<T> for Waves {
    fn output_len(&self, input_len: usize) -> usize {
        input_len / 2
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        for (y, x) in y.iter_mut().zip(x.chunks_exact(2)) {
            *y = x[0].exp() * x[1];
        }
    }
}

impl<T: Scalar> UnaryFn<T> for Waves {
    fn call(&self, x: T) -> T {
        x.cos() * x
    }
}

impl<T: Scalar> CurveFn<T> for Waves {
    fn output_len(&self) -> usize {
        2
    }

    fn call_into(&self, x: T, y: &mut [T]) {
        y.copy_from_slice(&[x.sin(), x * x]);
    }
}

fn point() -> Vec<f64> {
    (0..7).map(|i| 0.3 + f64::from(i) / 7.0).collect()
}

#[test]
fn right_engines_pass_in_every_shape_and_precision() -> Result<()> {
    let scalar = Custom::scalar("waves", Waves, point());
    let scenarios = scalar.compute_results(&Exact)?;
    assert_eq!(scenarios.len(), 4);
    scalar.suite::<_, f64>(&Exact, Tolerance::EXACT).every_check(&scenarios).assert_clean();
    scalar.suite::<_, f32>(&Exact, Tolerance::EXACT).every_check(&scenarios).assert_clean();
    let vector = Custom::vector("waves", Waves, point()).with_batches([2]);
    let scenarios = vector.compute_results(&Exact)?;
    vector.suite::<_, f64>(&Exact, Tolerance::EXACT).every_check(&scenarios).assert_clean();
    vector.suite::<_, f32>(&Exact, Tolerance::EXACT).every_check(&scenarios).assert_clean();
    let unary = Custom::unary("waves", Waves, 0.4);
    unary.suite::<_, f64>(&Exact, Tolerance::EXACT).every_check(&unary.compute_results(&Exact)?).assert_clean();
    let curve = Custom::curve("waves", Waves, 0.4);
    curve.suite::<_, f64>(&Exact, Tolerance::EXACT).every_check(&curve.compute_results(&Exact)?).assert_clean();
    Ok(())
}

#[test]
fn answers_are_those_by_hand() -> Result<()> {
    let scenarios = Custom::unary("waves", Waves, 0.4).compute_results(&Exact)?;
    let second = scenarios.iter().find(|scenario| scenario.operator == Operator::SecondDerivative);
    let second = second.and_then(|scenario| scenario.answer(&scenario.inputs::<f64>())).expect("it was computed");
    let x = 0.4_f64;
    let expected = [x.cos() * x, x.cos() - x * x.sin(), -2.0 * x.sin() - x * x.cos()];
    for (slot, expected) in second.0.iter().zip(expected) {
        assert!((slot[(0, 0)] - expected).abs() < 1e-15);
    }
    Ok(())
}

#[test]
fn wrong_engines_are_caught() -> Result<()> {
    let vector = Custom::vector("waves", Waves, point());
    let scenarios = vector.compute_results(&Exact)?;
    for flaw in [Flaw::Sign, Flaw::Batch, Flaw::Accumulates, Flaw::StalePoint] {
        let suite = vector.suite::<_, f64>(&Broken(flaw), Tolerance::EXACT);
        let report = suite.check(Check::Agreement, scenarios.iter().cloned());
        let wrong = report.findings.iter().any(|finding| matches!(finding.fault, Fault::Disagreement { .. }));
        assert!(wrong, "{flaw:?}");
    }
    assert!(!vector.suite::<_, f64>(&Zero, Tolerance::EXACT).every_check(&scenarios).is_clean());
    Ok(())
}

#[test]
fn answers_are_for_their_own_points_and_seeds() -> Result<()> {
    let scenarios = Custom::vector("waves", Waves, point()).compute_results(&Exact)?;
    let mut inputs = scenarios[0].inputs::<f64>();
    assert!(scenarios[0].answer(&inputs).is_some());
    inputs.seeds.fill(0.5);
    assert!(scenarios[0].answer(&inputs).is_none());
    inputs = scenarios[0].inputs();
    inputs.x[0] += 1.0;
    assert!(scenarios[0].answer(&inputs).is_none());
    Ok(())
}

#[test]
fn what_makes_no_scenario_is_an_error() {
    let custom = || Custom::vector("waves", Waves, point());
    let length = custom().prepared_at(vec![0.5]).compute_results(&Exact).expect_err("it makes no scenario");
    assert!(matches!(length, Error::Length { argument: "prepared_x", expected: 7, found: 1 }), "{length}");
    for batches in [vec![], vec![1, 0]] {
        let error = custom().with_batches(batches).compute_results(&Exact).expect_err("it makes no scenario");
        assert!(matches!(error, Error::Unsupported { operator: "batches", .. }), "{error}");
    }
    // Infinite in single precision, where nothing is computed then.
    let huge = Custom::scalar("waves", Waves, vec![1e300, 0.5]).prepared_at(vec![1.0, 0.5]);
    assert!(huge.compute_results(&Exact).is_ok());
}

#[test]
fn filters_and_observers() -> Result<()> {
    let scalar = Custom::scalar("waves", Waves, point()).in_group("mine");
    let scenarios = scalar.compute_results(&Exact)?;
    let suite = || scalar.suite::<_, f64>(&Exact, Tolerance::EXACT);
    let run = |filter| suite().with_filter(filter).check(Check::Agreement, scenarios.iter().cloned());
    let report = run(Filter::default().operators([Operator::Hessian]).groups(["mine"]).names(["wav"]));
    assert_eq!((report.scenarios(), report.excluded()), (1, 0));
    assert!(report.outcomes[0].verdict == Verdict::Passed && report.combinations() > 1);
    assert_eq!(run(Filter::default().groups(["dense"])).scenarios(), 0);
    let seen = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&seen);
    let stopping = suite().observed_by(move |_| {
        if counter.fetch_add(1, Ordering::Relaxed) == 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let report = stopping.check(Check::Agreement, scenarios.iter().cloned());
    assert!(report.interrupted && !report.is_clean());
    assert_eq!((seen.load(Ordering::Relaxed), report.outcomes.len()), (2, 2));
    Ok(())
}
