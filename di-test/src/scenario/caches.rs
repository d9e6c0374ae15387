//! The scenarios of functions with enclosed caches.

use super::catalogue::Problem;
use super::{Formula, FunctionShape, Modifier, Operator, Scenario, SplitMix64};
use crate::cached::{
    Accumulate, Brusselator, Cached, Galerkin, ReactionDiffusion, Smallest, Steps, Swap, Upwind, WriteThenRead,
};

/// The functions, each with the shape that it is called in and its number of inputs.
fn functions() -> Vec<(&'static str, FunctionShape, Cached, usize)> {
    use FunctionShape::{Scalar, Unary, Vector};
    vec![
        ("smallest", Unary, Cached::Smallest(Smallest::default()), 1),
        ("smallest of a vector", Scalar, Cached::Smallest(Smallest::default()), 1),
        ("write then read", Vector, Cached::WriteThenRead(WriteThenRead::new(false)), 7),
        ("write then read, summed", Scalar, Cached::WriteThenRead(WriteThenRead::new(true)), 13),
        ("accumulate", Scalar, Cached::Accumulate(Accumulate::default()), 5),
        ("swap", Vector, Cached::Swap(Swap::new(7)), 9),
        ("swap of a number", Unary, Cached::Swap(Swap::new(4)), 1),
        ("reaction and diffusion", Vector, Cached::ReactionDiffusion(ReactionDiffusion::new(3, 4)), 24),
        ("upwind, Burgers", Vector, Cached::Upwind(Upwind::burgers()), 17),
        ("upwind, advection", Vector, Cached::Upwind(Upwind::advection(1.5)), 13),
        ("discontinuous Galerkin, linear", Vector, Cached::Galerkin(Galerkin::linear()), 8),
        ("discontinuous Galerkin, quadratic", Vector, Cached::Galerkin(Galerkin::quadratic()), 12),
        ("Brusselator", Vector, Cached::Brusselator(Brusselator::new(4)), 32),
        ("steps", Scalar, Cached::Steps(Steps::new(5)), 6),
    ]
}

/// Every operator for every function, one seed at a time and in batches, and with a constant that changes.
pub(super) fn caches() -> Vec<Scenario> {
    let mut random = SplitMix64::new(19_771_977);
    let mut scenarios = Vec::new();
    for (name, shape, function, n) in functions() {
        let m = function.outputs(n);
        // Between 1/4 and 3/4: concentrations are positive.
        let x = random.vector(n).iter().map(|x| 0.5 + x / 4.0).collect();
        let (dx, dy) = (random.vector(n), random.vector(m));
        let problem =
            Problem { name: name.into(), group: "caches", shape, formula: Formula::Cached(function), x, dx, dy };
        for &operator in shape.operators() {
            let closed = |scenario: &Scenario| scenario.answer(&scenario.inputs::<f64>()).is_some();
            let batched = matches!(operator, Operator::Pushforward | Operator::Pullback | Operator::Hvp);
            let batches: &[usize] = if batched { &[1, 2, 13] } else { &[1] };
            let plain = batches.iter().map(|&batch| problem.scenario(operator, Modifier::PLAIN, batch));
            let constant = problem.scenario(operator, Modifier::CACHED_CONSTANT, 1);
            scenarios.extend(plain.chain([constant]).filter(closed));
        }
    }
    scenarios
}
