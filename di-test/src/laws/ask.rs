//! What a law asks of an engine, and how answers are compared.

use super::{Outcome, Trial};
use crate::check::{Inputs, Slots, Variant};
use crate::program::Program;
use crate::scenario::{Formula, FunctionShape, Modifier, Operator, Subject, lower};
use crate::suite::Suite;
use di_core::Scalar;
use ndarray::{Array2, Axis, concatenate};

/// Rounding on the way is so many times what the tolerance allows for one answer.
const MARGIN: f64 = 10.0;

/// An engine, asked for the derivatives of programs.
pub(super) struct Ask<'a, T> {
    suite: &'a Suite<T>,
    prepared_x: &'a [f64],
    way: usize,
    /// What rounding is relative to, in values, first and second derivatives of the trial's function.
    scales: [f64; 3],
}

impl<'a, T: Scalar> Ask<'a, T> {
    pub(super) fn new(suite: &'a Suite<T>, trial: &'a Trial) -> Self {
        Self { suite, prepared_x: &trial.prepared_x, way: trial.way, scales: trial.f.scales(&trial.x) }
    }

    /// The answers of an operator, in one of the ways to call it that fill the wanted slot.
    fn answers(
        &self,
        operator: Operator,
        shape: FunctionShape,
        wanted: usize,
        (f, x, seeds): (&Program, &[f64], &Array2<f64>),
    ) -> Result<Slots<f64>, String> {
        let operation = self.suite.operation(operator, shape).ok_or("no such operator")?;
        let fits = |v: &&Variant| !v.is_free() && v.takes(seeds.ncols()) && v.fills[wanted];
        let variants: Vec<&Variant> = operation.variants().iter().filter(fits).collect();
        let variant = *variants.get(self.way % variants.len().max(1)).ok_or("no such way to call it")?;
        let lift = |x: &[f64]| x.iter().map(|&x| T::lift(x)).collect::<Vec<_>>();
        let inputs = Inputs { x: lift(x), seeds: seeds.mapv(T::lift) };
        // Of another function than the trial's own there is no other point.
        let elsewhere = if self.prepared_x.len() == x.len() { self.prepared_x } else { x };
        let prepared_inputs = Inputs { x: lift(elsewhere), seeds: inputs.seeds.clone() };
        let failed = |error: di_core::Error| format!("{operator}, {}: {error}", variant.name);
        let subject = Subject::new(Formula::Program(f.clone()), &Modifier::PLAIN);
        let mut prepared = operation.prepare(subject, &prepared_inputs).map_err(failed)?;
        let mut slots = Slots::of(operator, x.len(), f.outputs(), seeds.ncols(), T::nan());
        prepared.run(variant, &inputs, &mut slots).map_err(failed)?;
        let Slots([value, first, second]) = slots;
        Ok(Slots([value, first, second].map(|slot| slot.mapv(lower))))
    }

    /// The value that comes with a derivative.
    pub(super) fn value(&self, operator: Operator, shape: FunctionShape, f: &Program, x: &[f64]) -> Answer {
        let rows = if operator == Operator::Pullback { f.outputs() } else { x.len() };
        let seeds = Array2::from_elem((rows, 1), 1.0);
        // Derivatives of functions R → R and Hessians have no seeds; a column of no meaning stands there.
        self.answers(operator, shape, 0, (f, x, &seeds)).map(|Slots([value, ..])| value)
    }

    /// The highest derivative of an operator without seeds, for functions of one shape.
    pub(super) fn of_shape(&self, operator: Operator, shape: FunctionShape, f: &Program, x: &[f64]) -> Answer {
        let last = if operator.is_second_order() { 2 } else { 1 };
        let Slots(slots) = self.answers(operator, shape, last, (f, x, &Array2::zeros((x.len(), 1))))?;
        Ok(slots.into_iter().nth(last).unwrap_or_default())
    }

    /// The highest derivative of an operator without seeds.
    pub(super) fn whole(&self, operator: Operator, f: &Program, x: &[f64]) -> Answer {
        self.of_shape(operator, FunctionShape::Vector, f, x)
    }

    /// The highest derivative of an operator with seeds, one a column.
    pub(super) fn seeded(&self, operator: Operator, f: &Program, x: &[f64], seeds: &Array2<f64>) -> Answer {
        let last = if operator.is_second_order() { 2 } else { 1 };
        let Slots(slots) = self.answers(operator, FunctionShape::Vector, last, (f, x, seeds))?;
        Ok(slots.into_iter().nth(last).unwrap_or_default())
    }

    /// As [`seeded`](Self::seeded), of a single seed.
    pub(super) fn along(&self, operator: Operator, f: &Program, x: &[f64], seed: &[f64]) -> Answer {
        self.seeded(operator, f, x, &column(seed))
    }

    /// As [`seeded`](Self::seeded), one seed after the other.
    pub(super) fn one_by_one(&self, operator: Operator, f: &Program, x: &[f64], seeds: &Array2<f64>) -> Answer {
        let single = |seed: ndarray::ArrayView1<'_, f64>| self.along(operator, f, x, &seed.to_vec());
        let columns: Vec<_> = seeds.columns().into_iter().map(single).collect::<Result<_, _>>()?;
        let views: Vec<_> = columns.iter().map(|column| column.view()).collect();
        concatenate(Axis(1), &views).map_err(|error| error.to_string())
    }

    /// What is allowed of first derivatives near one.
    pub(super) fn first(&self) -> f64 {
        self.suite.tolerance_of().0
    }

    /// How far values (0), first (1) or second derivatives (2) may be from each other.
    pub(super) fn allowed(&self, order: usize) -> f64 {
        let (first, second) = self.suite.tolerance_of();
        MARGIN * if order == 2 { second } else { first } * self.scales[order]
    }
}

/// An answer, or why there is none.
pub(super) type Answer = Result<Array2<f64>, String>;

/// One column.
pub(super) fn column(entries: &[f64]) -> Array2<f64> {
    Array2::from_shape_fn((entries.len(), 1), |(i, _)| entries[i])
}

/// `Σ |entry|`, at least one: how much larger a product with these is.
pub(super) fn weight(entries: &[f64]) -> f64 {
    entries.iter().map(|entry| entry.abs()).sum::<f64>().max(1.0)
}

/// Whether two answers are the same but for an error that is allowed.
pub(super) fn close(names: [&str; 2], a: &Array2<f64>, b: &Array2<f64>, allowed: f64) -> Outcome {
    let same = a.dim() == b.dim() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= allowed);
    if same {
        return Ok(());
    }
    Err(format!("{} is {a}, but {} is {b} (allowed: {allowed:.1e})", names[0], names[1]).replace('\n', ""))
}
