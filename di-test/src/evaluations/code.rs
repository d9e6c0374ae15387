//! Runs of derivative code and plain evaluations, by an engine that runs the code a function comes with.

use super::Width;
use crate::check::{Variant, Way};
use crate::scenario::{Operator, Scenario, Source};

/// Evaluations of a first-order preparation: a plain one, and of each width runs with the value and without; where there is
/// nothing to differentiate, a plain one in place of these.
pub(crate) fn preparation<S: Source>(tangents: Width, scenario: &Scenario<S>) -> usize {
    let (n, m, k) = (scenario.x.len(), scenario.outputs(), scenario.seeds.ncols());
    let kinds = match scenario.operator {
        Operator::Pushforward => tangents.kinds(k),
        Operator::Jacobian if n <= m => tangents.kinds(n),
        _ => 1,
    };
    if n == 0 || m == 0 { PLAIN } else { 1 + 2 * kinds }
}

/// Evaluations of a preparation where there is nothing to differentiate.
const PLAIN: usize = 2;

/// Evaluations of one call: runs of the tangent in chunks, one run of the adjoint for each cotangent; where there is
/// nothing to differentiate, and for the value at a fixed point, a plain evaluation.
pub(crate) fn call<S: Source>(tangents: Width, scenario: &Scenario<S>, variant: &Variant) -> usize {
    let (n, m, k) = (scenario.x.len(), scenario.outputs(), scenario.seeds.ncols());
    let value = usize::from(variant.fills[0]);
    let runs = match scenario.operator {
        Operator::Pushforward => chunks(tangents, k),
        Operator::Pullback => k,
        Operator::Derivative | Operator::Gradient => 1,
        _ if n <= m => chunks(tangents, n),
        _ => m,
    };
    let runs = if n == 0 || m == 0 { 0 } else { runs };
    match variant.way {
        Way::AtInto => value + 2 * runs,
        Way::AtBatch | Way::At | Way::ValueAt => value + runs,
        _ if runs == 0 => value,
        _ => runs,
    }
}

fn chunks(width: Width, directions: usize) -> usize {
    if directions == 0 { 0 } else { width.passes(directions) }
}
