//! One scenario of one backend.

use crate::check::Inputs;
use crate::check::{Check, Operation, Prepared, Variant};
use crate::evaluations::Evaluations;
use crate::report::{Fault, Finding};
use crate::scenario::{Scenario, Source};
use di_core::{Mode, Scalar};
use std::any::type_name;

/// One scenario of one backend, and where findings go.
pub(crate) struct Case<'a, T, S: Source> {
    pub(crate) scenario: &'a Scenario<S>,
    pub(crate) operation: &'a dyn Operation<T, S::Subject>,
    pub(crate) mode: Mode,
    /// Numbers of evaluations, if the engine says them.
    pub(crate) evaluations: Option<Evaluations<T>>,
    /// For value, first and second derivatives.
    pub(crate) tolerance: [f64; 3],
    pub(super) check: Check,
    pub(super) findings: &'a mut Vec<Finding>,
    /// The names of the variants that were judged.
    pub(super) judged: Vec<&'static str>,
}

impl<T: Scalar, S: Source> Case<'_, T, S> {
    /// The variants of a prepared object that take the scenario's number of seeds.
    pub(crate) fn variants(&self) -> impl Iterator<Item = &'static Variant> + Clone + use<T, S> {
        let batch = self.scenario.seeds.ncols();
        self.operation.variants().iter().filter(move |variant| !variant.is_free() && variant.takes(batch))
    }

    /// How much was found so far.
    pub(crate) fn found(&self) -> usize {
        self.findings.len()
    }

    /// A prepared object; an error is a finding.
    pub(crate) fn prepare(&mut self, f: S::Subject, inputs: &Inputs<T>) -> Option<Box<dyn Prepared<T>>> {
        self.operation.prepare(f, inputs).map_err(|error| self.failed("prepare", &error)).ok()
    }

    /// Counts a variant among those that were looked at.
    pub(crate) fn judge(&mut self, variant: &Variant) {
        self.judge_named(variant.name);
    }

    /// Counts what has another name than a variant.
    pub(crate) fn judge_named(&mut self, name: &'static str) {
        if !self.judged.contains(&name) {
            self.judged.push(name);
        }
    }

    pub(crate) fn find(&mut self, variant: &str, fault: Fault) {
        self.findings.push(Finding {
            scenario: self.scenario.id(),
            scalar: type_name::<T>(),
            check: self.check,
            variant: variant.into(),
            fault,
        });
    }

    pub(crate) fn failed(&mut self, variant: &str, error: &di_core::Error) {
        self.find(variant, Fault::Failed(error.to_string()));
    }

    /// As [`other`](Self::other), of a text with matrices in it, in one line.
    pub(crate) fn amiss(&mut self, variant: &str, text: &str) {
        self.other(variant, &text.replace('\n', ""));
    }

    pub(crate) fn other(&mut self, variant: &str, text: &str) {
        self.find(variant, Fault::Other(text.into()));
    }
}
