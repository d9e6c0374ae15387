//! Sparse Jacobians of fields on grids.

use super::job::Job;
use super::{Bench, allowed};
use crate::command::engines::{Entry, SparseEngine};
use di_core::{Backend, Result, Sparse, SparseMatrix, VectorFn, value_and_sparse_jacobian};
use di_core::{PrepareSparseJacobian, SparseJacobian};
use di_test::{
    BrusselatorGrid, Instrument, Measurement, Modifier, Record, SparseFormula, SparseOperator, SparseScenario,
    SparseSubject, SplitMix64, UpwindRing,
};
use std::hint::black_box;

/// The functions with their numbers of inputs.
fn problems() -> Vec<(&'static str, SparseFormula, usize)> {
    let grids =
        [8, 32].map(|side| ("Brusselator grid", SparseFormula::Brusselator(BrusselatorGrid { side }), 2 * side * side));
    let rings = [50, 401].map(|n| ("upwind ring", SparseFormula::UpwindRing(UpwindRing), n));
    grids.into_iter().chain(rings).collect()
}

/// The sparse Jacobian of each by one engine.
pub(super) fn measure<B: SparseEngine<f64> + Backend>(bench: &mut Bench<'_>, entry: &Entry<B>) {
    let operator = SparseOperator::Jacobian;
    for (problem, formula, n) in problems() {
        if bench.interrupt.is_raised() || !bench.wants(operator.name(), problem) {
            continue;
        }
        bench.show(entry.name, operator.name(), problem, n);
        let x = SplitMix64::new(n as u64 + 29).vector(n);
        let scenario = SparseScenario {
            name: problem.into(),
            operator,
            formula,
            prepared_x: x.clone(),
            x,
            nnz: None,
            colors: Vec::new(),
        };
        let outputs = scenario.answer(&scenario.x, 1.0).value.len();
        let outcome = one(bench, entry, &scenario).unwrap_or_else(|error| Measurement::Skipped(error.to_string()));
        bench.push(Record {
            engine: entry.name.into(),
            operator: operator.name().into(),
            problem: problem.into(),
            inputs: n,
            outputs,
            batch: 1,
            method: "value_and_sparse_jacobian_into".into(),
            outcome,
        });
    }
}

fn one<B: SparseEngine<f64> + Backend>(
    bench: &Bench<'_>,
    entry: &Entry<B>,
    scenario: &SparseScenario,
) -> Result<Measurement> {
    let x = &scenario.x[..];
    let expected = scenario.answer(x, 1.0);
    let function: SparseSubject = scenario.subject(&Modifier::PLAIN);
    let sparse = Sparse::of(entry.backend.clone());
    let mut prepared = sparse.prepare_sparse_jacobian(function.clone(), x)?;
    let (mut y, mut jac) = (vec![0.0; expected.value.len()], prepared.matrix());
    prepared.value_and_sparse_jacobian_into(x, &mut y, &mut jac)?;
    let error = distance(&expected.matrix, &jac);
    let bound = allowed(entry.backend.mode(), false);
    if error.is_nan() || error > bound {
        return Ok(Measurement::Wrong(format!(
            "{error:.1e} of the largest entry away from the closed form, more than {bound:.0e}"
        )));
    }
    let mut value = y.clone();
    let job = Job {
        plain: &mut || function.call_into(black_box(x), black_box(&mut value)),
        prepare: &mut || sparse.prepare_sparse_jacobian(function.clone(), x).map(drop),
        evaluate: &mut || prepared.value_and_sparse_jacobian_into(x, &mut y, black_box(&mut jac)),
        unprepared: Some(&mut || value_and_sparse_jacobian(&sparse, function.clone(), x).map(drop)),
        by_hand: None,
        calls: &mut || {
            let calls = function.calls();
            function.reset_calls();
            calls
        },
    };
    job.measure(&bench.clock, error)
}

/// The largest distance of two matrices of one pattern, relative to the largest expected entry.
fn distance(expected: &SparseMatrix, found: &SparseMatrix) -> f64 {
    if expected.pattern() != found.pattern() {
        return f64::INFINITY;
    }
    let size = expected.values().iter().fold(f64::MIN_POSITIVE, |size, entry| size.max(entry.abs()));
    let errors = expected.values().iter().zip(found.values()).map(|(expected, found)| (expected - found).abs() / size);
    errors.fold(0.0, |worst: f64, error| if error.is_nan() || error > worst { error } else { worst })
}
