//! Many inputs, many outputs, many seeds, where the cost allows.

use crate::check::Operations;
use crate::scenario::{Formula, FunctionShape, Operator, Scenario, SplitMix64};
use crate::suite::Case;
use di_core::{Mode, Scalar};
use num_traits::Float;
use std::sync::Arc;

/// Inputs or outputs.
const MANY: usize = 100_000;

/// Seeds.
const SEEDS: usize = 4000;

/// Inputs of a product with a Hessian, whose closed form is square.
const SOME: usize = 500;

/// What an engine of this mode can do in one pass, or few; none in single precision, where sums of so many terms are not to
/// be compared.
pub(super) fn scenarios<T: Float>(mode: Mode) -> Vec<Scenario> {
    use FunctionShape::{Curve, Scalar, Vector};
    use Operator::{Derivative, Gradient, Hvp, Jacobian, Pullback, Pushforward};
    if T::epsilon().to_f64().is_none_or(|epsilon| epsilon > 1e-10) {
        return Vec::new();
    }
    let point = |n: usize| SplitMix64::new(n as u64).vector(n);
    let harmonics = || Formula::Harmonics(vec![0.5; MANY]);
    let mut all = vec![
        Scenario::quick("inputs", Pushforward, Scalar, Formula::ChainedQuartic, point(MANY)),
        Scenario::quick("outputs", Pushforward, Curve, harmonics(), vec![0.5]),
        Scenario::quick("outputs", Derivative, Curve, harmonics(), vec![0.5]),
        Scenario::quick("outputs of one input", Pullback, Curve, harmonics(), vec![0.5]),
        many_seeds(Pushforward, Formula::Sine, 2),
        many_seeds(Pullback, Formula::Sine, 2),
        many_seeds(Hvp, Formula::ChainedQuartic, 2),
    ];
    if matches!(mode, Mode::Reverse | Mode::Mixed) {
        all.push(Scenario::quick("inputs", Gradient, Scalar, Formula::ChainedQuartic, point(MANY)));
        all.push(Scenario::quick("inputs", Pullback, Scalar, Formula::ChainedQuartic, point(MANY)));
        all.push(Scenario::quick("inputs", Jacobian, Vector, Formula::Sum, point(MANY)));
        all.push(Scenario::quick("inputs", Hvp, Scalar, Formula::ChainedQuartic, point(SOME)));
    }
    all
}

fn many_seeds(operator: Operator, formula: Formula, n: usize) -> Scenario {
    let seeds = SplitMix64::new(7).matrix(n, SEEDS);
    let point = SplitMix64::new(8).vector(n);
    Scenario { seeds, ..Scenario::quick("seeds", operator, FunctionShape::Vector, formula, point) }
}

/// The required method gives the right answer, at the point of preparation and after it.
pub(super) fn run<T: Scalar>(case: &mut Case<'_, T, Formula>, _: &Arc<Operations<T>>) {
    let inputs = case.scenario.inputs::<T>();
    let Some(answer) = case.scenario.answer(&inputs) else { return };
    let Some(mut prepared) = case.prepare(case.scenario.subject(), &inputs) else { return };
    let Some(variant) = case.variants().next() else { return };
    case.run_and_compare(variant, &inputs, &answer, |slots| prepared.run(variant, &inputs, slots));
}
