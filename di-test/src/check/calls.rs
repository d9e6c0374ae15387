//! The function is called as often as is documented, and no more.

use super::{Inputs, Slots, Variant, Way};
use crate::evaluations::{Evaluations, FirstOrder, Tangents, code};
use crate::report::Fault;
use crate::scenario::{Instrument, Operator, Scenario, Source};
use crate::suite::Case;
use di_core::{Mode, Scalar};

impl<T: Scalar, S: Source> Case<'_, T, S> {
    /// Counts the calls of preparation and of each variant: exactly if the engine's numbers are known, else no more than
    /// its mode needs.
    pub(crate) fn calls(&mut self) {
        let (inputs, subject) = (self.scenario.inputs::<T>(), self.scenario.subject());
        let Some(answer) = self.scenario.answer(&inputs) else { return };
        let Some(mut prepared) = self.prepare(subject.clone(), &inputs) else { return };
        let documented = self.evaluations.or_else(|| Evaluations::most(self.mode));
        let most = documented.map_or(usize::MAX, |documented| preparation(documented, self.scenario));
        self.expect_calls("prepare", 0, most, subject.calls());
        for variant in self.variants() {
            self.judge(variant);
            subject.reset_calls();
            let mut slots = Slots::like(&answer, T::nan());
            if let Err(error) = prepared.run(variant, &inputs, &mut slots) {
                return self.failed(variant.name, &error);
            }
            let least = usize::from(!matches!(self.mode, Mode::Code | Mode::Difference));
            let most = documented.map_or(usize::MAX, |documented| call(documented, self.scenario, variant, &inputs));
            self.expect_calls(variant.name, least, most, subject.calls());
        }
    }

    /// `least` holds where the engine does not say its numbers.
    fn expect_calls(&mut self, variant: &str, least: usize, most: usize, found: usize) {
        let least = if self.evaluations.is_some() { most } else { least };
        if found < least || found > most {
            self.find(variant, Fault::Calls { least, most, found });
        }
    }
}

/// Evaluations of preparation.
fn preparation<T, S: Source>(Evaluations { first, second, .. }: Evaluations<T>, scenario: &Scenario<S>) -> usize {
    let (n, m) = (scenario.x.len(), scenario.outputs());
    if let (FirstOrder::Code(width), false) = (first, scenario.operator.is_second_order()) {
        return code::preparation(width, scenario);
    }
    match scenario.operator {
        Operator::Pushforward | Operator::Derivative => first.pushforward(Tangents::basis(n.min(1)), false),
        Operator::Pullback => first.pullback(n, false),
        Operator::Gradient => first.pullback(n.min(1), false),
        Operator::Jacobian => first.jacobian(n.min(1), m, false),
        Operator::SecondDerivative => second.second_derivative(),
        Operator::Hvp | Operator::Hessian => second.preparation(n),
    }
}

/// Evaluations of one call.
fn call<T: Scalar, S: Source>(
    Evaluations { first, second, .. }: Evaluations<T>,
    scenario: &Scenario<S>,
    variant: &Variant,
    inputs: &Inputs<T>,
) -> usize {
    let (n, m, [value, gradient, _]) = (scenario.x.len(), scenario.outputs(), variant.fills);
    if let (FirstOrder::Code(width), false) = (first, scenario.operator.is_second_order()) {
        return code::call(width, scenario, variant);
    }
    let nonzero = |seeds: &ndarray::ArrayView1<'_, T>| seeds.iter().any(|seed| !seed.is_zero());
    let seeds =
        Tangents { all: inputs.seeds.ncols(), nonzero: inputs.seeds.columns().into_iter().filter(nonzero).count() };
    match scenario.operator {
        Operator::Pushforward => first.pushforward(seeds, value),
        Operator::Derivative => first.pushforward(Tangents::basis(1), value),
        Operator::Pullback | Operator::Gradient => first.pullback(n, value),
        Operator::Jacobian => first.jacobian(n, m, value),
        Operator::SecondDerivative => second.second_derivative(),
        Operator::Hvp => {
            let times = if variant.way == Way::AtInto && !second.reuses_evaluation() { 2 } else { 1 };
            times * second.hvp(n, seeds, gradient)
        }
        Operator::Hessian => second.hessian(n),
    }
}
