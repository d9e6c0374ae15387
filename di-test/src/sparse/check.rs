//! What is looked at in each scenario.

use super::operator::{Operator, Prepared, VARIANTS, Variant};
use super::{SparseOperator, SparseScenario, SparseSlots};
use crate::allocator::{count_allocations_of, is_counting};
use crate::check::Check;
use crate::report::{Fault, Finding};
use crate::scenario::{Instrument, Modifier, lower};
use di_core::{Error, Pattern, Result, Scalar, Sparse, SparseMatrix};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What outputs hold before a call that must not write them.
const MARK: f64 = 7.25;

/// One scenario with a modifier and a colouring, and where findings go.
pub(crate) struct Case<'a, B, T> {
    pub(super) id: String,
    pub(super) scenario: &'a SparseScenario,
    pub(super) modifier: Modifier,
    pub(super) sparse: Sparse<B>,
    pub(super) operator: &'a dyn Operator<B, T>,
    /// Of values and gradients, and of the matrix.
    pub(super) tolerance: [f64; 2],
    pub(super) check: Check,
    /// Whether the interface's own verification is looked at, too.
    pub(super) verifiable: bool,
    pub(super) findings: &'a mut Vec<Finding>,
    /// The names of the variants that were judged.
    pub(super) judged: Vec<&'static str>,
}

impl<B, T: Scalar> Case<'_, B, T> {
    /// Counts a variant among those that were looked at.
    fn judge(&mut self, variant: &'static str) {
        if !self.judged.contains(&variant) {
            self.judged.push(variant);
        }
    }

    fn point(&self) -> Vec<T> {
        self.scenario.x.iter().map(|&x| T::lift(x)).collect()
    }

    /// Prepares at another point and with another constant, and then changes the constant.
    fn prepare(&mut self, verified: bool) -> Option<Box<dyn Prepared<T>>> {
        let f = self.scenario.subject(&self.modifier);
        let elsewhere: Vec<T> = self.scenario.prepared_x.iter().map(|&x| T::lift(x)).collect();
        match self.operator.prepare(&self.sparse, verified, f, &elsewhere) {
            Ok(mut prepared) => {
                prepared.function_mut().set_factor(self.modifier.factor);
                Some(prepared)
            }
            Err(error) => {
                self.find("prepare", Fault::Failed(error.to_string()));
                None
            }
        }
    }

    /// Every variant twice, at the point, into outputs that hold no numbers.
    pub(super) fn agreement(&mut self) {
        let x = self.point();
        let answer = self.scenario.answer(&x, self.modifier.factor);
        let Some(mut prepared) = self.prepare(false) else { return };
        for variant in VARIANTS.into_iter().chain(VARIANTS) {
            let mut slots = SparseSlots::like(&answer, T::nan());
            match prepared.run(variant, &x, &mut slots) {
                Ok(()) => self.compare(variant.name, variant.with_value, &answer, &slots),
                Err(error) => self.find(variant.name, Fault::Failed(error.to_string())),
            }
        }
        let mut f = self.scenario.subject(&self.modifier);
        f.set_factor(self.modifier.factor);
        match self.operator.once(&self.sparse, f, &x) {
            Ok(slots) => self.compare("one-off", true, &answer, &slots),
            Err(error) => self.find("one-off", Fault::Failed(error.to_string())),
        }
    }

    /// The pattern and each entry.
    fn compare(&mut self, variant: &'static str, with_value: bool, answer: &SparseSlots, slots: &SparseSlots<T>) {
        self.judge(variant);
        if slots.matrix.pattern() != answer.matrix.pattern() {
            return self.find(variant, Fault::Other("another pattern than is known".into()));
        }
        let places: Vec<_> = answer.matrix.pattern().entries().collect();
        let [first, second] = self.tolerance;
        self.compare_numbers(variant, answer.matrix.values(), slots.matrix.values(), second, |k| places[k]);
        if with_value {
            self.compare_numbers(variant, &answer.value, &slots.value, first, |k| (k, 0));
            self.compare_numbers(variant, &answer.gradient, &slots.gradient, second, |k| (k, 0));
        } else if !slots.value.iter().chain(&slots.gradient).all(|number| number.is_nan()) {
            self.find(variant, Fault::Other("wrote into an output that was not asked for".into()));
        }
    }

    /// The number that is furthest from what was expected, if it is further than allowed.
    fn compare_numbers(
        &mut self,
        variant: &str,
        expected: &[f64],
        found: &[T],
        tolerance: f64,
        place: impl Fn(usize) -> (usize, usize),
    ) {
        if expected.len() != found.len() {
            let fault = Fault::Shape { expected: (expected.len(), 1), found: (found.len(), 1) };
            return self.find(variant, fault);
        }
        let allowed = tolerance * expected.iter().fold(1.0, |scale: f64, e| scale.max(e.abs()));
        let errors = expected.iter().zip(found).map(|(e, &f)| (e - lower(f)).abs()).enumerate();
        // What is not a number is the largest error of all.
        if let Some((k, error)) = errors.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
            && (error.is_nan() || error > allowed)
        {
            let (index, expected, found) = (place(k), expected[k], lower(found[k]));
            self.find(variant, Fault::Disagreement { index, expected, found, error, allowed });
        }
    }

    /// Each argument of a wrong length in turn; nothing is written then.
    pub(super) fn lengths(&mut self) {
        let x = self.point();
        let answer = self.scenario.answer(&x, 1.0);
        let Some(mut prepared) = self.prepare(false) else { return };
        let other =
            Pattern::empty(answer.matrix.rows() + 1, answer.matrix.columns()).unwrap_or_else(|_| unreachable!());
        let hessian = self.scenario.operator == SparseOperator::Hessian;
        for variant in VARIANTS.into_iter().filter(|variant| variant.into) {
            let marked = || SparseSlots::like(&answer, T::lift(MARK));
            let longer: Vec<T> = x.iter().copied().chain([T::one()]).collect();
            self.expect_length(&mut *prepared, variant, "x", &longer, marked());
            if variant.with_value {
                let mut slots = marked();
                let output = if hessian { &mut slots.gradient } else { &mut slots.value };
                output.push(T::lift(MARK));
                self.expect_length(&mut *prepared, variant, if hessian { "grad" } else { "y" }, &x, slots);
            }
            let slots = SparseSlots { matrix: SparseMatrix::zeros(other.clone()), ..marked() };
            self.expect_length(&mut *prepared, variant, if hessian { "hess" } else { "jac" }, &x, slots);
        }
        // It works all the same afterwards.
        let mut slots = SparseSlots::like(&answer, T::nan());
        if let Err(error) = prepared.run(VARIANTS[0], &x, &mut slots) {
            self.find(VARIANTS[0].name, Fault::Failed(error.to_string()));
        }
    }

    fn expect_length(
        &mut self,
        prepared: &mut dyn Prepared<T>,
        variant: Variant,
        name: &str,
        x: &[T],
        mut slots: SparseSlots<T>,
    ) {
        self.judge(variant.name);
        let result = prepared.run(variant, x, &mut slots);
        match &result {
            Err(Error::Length { argument, .. } | Error::PatternMismatch { argument, .. }) if *argument == name => {}
            _ => {
                let expected = format!("an error of `{name}`");
                self.find(variant.name, Fault::WrongError { expected, found: text(&result) });
            }
        }
        let numbers = slots.value.iter().chain(&slots.gradient).chain(slots.matrix.values());
        if !numbers.into_iter().all(|&number| number == T::lift(MARK)) {
            self.find(variant.name, Fault::Other("wrote into an output in spite of an error".into()));
        }
    }

    /// Allocations of the variants that write into the caller's memory.
    pub(super) fn allocations(&mut self) {
        if !is_counting() {
            let text = "allocations are not counted: add `di_test::count_allocations!();` to the test";
            return self.find("any", Fault::Other(text.into()));
        }
        let x = self.point();
        let answer = self.scenario.answer(&x, 1.0);
        let kinds: &[bool] = if self.verifiable { &[false, true] } else { &[false] };
        for &verified in kinds {
            let Some(mut prepared) = self.prepare(verified) else { return };
            let mut slots = SparseSlots::like(&answer, T::nan());
            // The function's own buffers are not the engine's.
            let _ = prepared.run(VARIANTS[0], &x, &mut slots);
            for variant in VARIANTS.into_iter().filter(|variant| variant.into) {
                self.judge(variant.name);
                match count_allocations_of(|| prepared.run(variant, &x, &mut slots)) {
                    (0, Ok(())) => {}
                    (count, Ok(())) => self.find(variant.name, Fault::Allocations(count)),
                    (_, Err(error)) => self.find(variant.name, Fault::Failed(error.to_string())),
                }
            }
        }
    }

    /// A panic of the function goes through, and leaves the prepared object usable.
    pub(super) fn panics(&mut self) {
        let x = self.point();
        let answer = self.scenario.answer(&x, self.modifier.factor);
        let Some(mut prepared) = self.prepare(false) else { return };
        let variant = VARIANTS[0];
        prepared.function_mut().panic_at(1);
        let mut slots = SparseSlots::like(&answer, T::lift(MARK));
        let outcome = catch_unwind(AssertUnwindSafe(|| prepared.run(variant, &x, &mut slots)));
        prepared.function_mut().panic_at(0);
        if outcome.is_ok() {
            self.find(variant.name, Fault::Other("a panic of the function did not go through".into()));
        }
        slots = SparseSlots::like(&answer, T::nan());
        match prepared.run(variant, &x, &mut slots) {
            Ok(()) => self.compare(variant.name, true, &answer, &slots),
            Err(error) => self.find(variant.name, Fault::Failed(format!("after a panic: {error}"))),
        }
    }

    /// The interface's own verification finds nothing wrong, and changes nothing.
    pub(super) fn verification(&mut self) {
        let x = self.point();
        let answer = self.scenario.answer(&x, self.modifier.factor);
        let Some(mut prepared) = self.prepare(true) else { return };
        for variant in VARIANTS {
            let mut slots = SparseSlots::like(&answer, T::nan());
            match prepared.run(variant, &x, &mut slots) {
                Ok(()) => self.compare(variant.name, variant.with_value, &answer, &slots),
                Err(error) => self.find(variant.name, Fault::Failed(error.to_string())),
            }
        }
    }
}

fn text(result: &Result<()>) -> String {
    result.as_ref().map_or_else(ToString::to_string, |()| "no error".into())
}
