//! The function is called as often as is documented, and no more.

use super::{Slots, Variant, Way};
use crate::report::Fault;
use crate::scenario::{Operator, Scenario};
use crate::suite::Case;
use di_core::{ChunkWidth, Mode, Scalar};

impl<T: Scalar> Case<'_, T> {
    /// Counts the calls of preparation and of each variant.
    pub(crate) fn calls(&mut self) {
        let (inputs, subject) = (self.scenario.inputs::<T>(), self.scenario.subject());
        let Some(answer) = self.scenario.answer(&inputs) else { return };
        let mut prepared = match self.operation.prepare(subject.clone(), &inputs) {
            Ok(prepared) => prepared,
            Err(error) => return self.failed("prepare", &error),
        };
        let limits = Limits { mode: self.mode, width: self.width, size: size_of::<T>() };
        self.expect_calls("prepare", limits.preparation(self.scenario), subject.calls());
        for variant in self.variants() {
            subject.reset_calls();
            let mut slots = Slots::like(&answer, T::nan());
            if let Err(error) = prepared.run(variant, &inputs, &mut slots) {
                return self.failed(variant.name, &error);
            }
            self.expect_calls(variant.name, limits.call(self.scenario, variant), subject.calls());
        }
    }

    fn expect_calls(&mut self, variant: &str, (least, most): (usize, usize), found: usize) {
        if found < least || found > most {
            self.find(variant, Fault::Calls { least, most, found });
        }
    }
}

/// What is documented for a mode; exact where the width of a chunk is known or does not matter.
#[derive(Clone, Copy, Debug)]
struct Limits {
    mode: Mode,
    width: Option<ChunkWidth>,
    size: usize,
}

impl Limits {
    /// Evaluations of a forward engine for so many tangents.
    fn passes(self, tangents: usize) -> (usize, usize) {
        match self.width {
            Some(width) => {
                let passes = tangents.div_ceil(width.pick(tangents, self.size)).max(1);
                (passes, passes)
            }
            None => (1, tangents.max(1)),
        }
    }

    /// Evaluations of preparation.
    fn preparation(self, scenario: &Scenario) -> (usize, usize) {
        let n = scenario.x.len();
        let most = match (self.mode, scenario.operator) {
            (Mode::Forward, Operator::Pullback) => self.passes(n).1,
            (Mode::Forward, Operator::Hvp | Operator::Hessian) => n.max(1),
            (Mode::Difference, Operator::Pullback) => 2 * n + 1,
            (Mode::Difference, Operator::SecondDerivative) => 9,
            (Mode::Difference, Operator::Hvp | Operator::Hessian) => 3 * (2 * n + 1),
            (Mode::Difference, _) => 3,
            _ => 1,
        };
        (0, most)
    }

    /// Evaluations of one call.
    fn call(self, scenario: &Scenario, variant: &Variant) -> (usize, usize) {
        let (n, k) = (scenario.x.len(), scenario.seeds.ncols());
        let directions = match scenario.operator {
            Operator::Pushforward | Operator::Hvp => k,
            Operator::Derivative | Operator::SecondDerivative => 1,
            _ => n,
        };
        // Products at a fixed point evaluate the function each time where the engine cannot help it.
        let times = if variant.way == Way::AtInto { 2 } else { 1 };
        match (self.mode, scenario.operator) {
            (Mode::Difference, Operator::SecondDerivative) => (2, 9),
            (Mode::Difference, Operator::Hvp) => (directions.min(n), times * (2 * k + 1) * (2 * n + 1)),
            (Mode::Difference, Operator::Hessian) => (n, (2 * n + 1) * (2 * n + 1)),
            // A tangent of no entries needs no difference.
            (Mode::Difference, _) if n == 0 => (0, 2 * directions + 1),
            (Mode::Difference, _) => (directions, 2 * directions + 1),
            (_, Operator::SecondDerivative) => (1, 1),
            (Mode::Forward, Operator::Hvp) => (1, times * k.max(1) * n.max(1)),
            (Mode::Forward, Operator::Hessian) => (1, n.max(1) * n.max(1)),
            (_, Operator::Hvp) => (1, times * k.max(1)),
            (_, Operator::Hessian) => (1, n.max(1)),
            (Mode::Forward, _) | (Mode::Mixed, Operator::Pushforward) => self.passes(directions),
            (Mode::Mixed, Operator::Jacobian) => (1, self.passes(directions).1),
            _ => (1, 1),
        }
    }
}
