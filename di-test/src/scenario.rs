//! What is differentiated: functions, points, seeds and closed-form answers, as data.

mod caches;
mod catalogue;
mod coded;
mod custom;
mod data;
mod formula;
mod mischief;
mod modifier;
mod probed;
mod reference;
mod sizes;
mod source;
mod subject;
mod subject_code;

use crate::check::{Inputs, Slots};
use di_core::Scalar;
use ndarray::Array2;
use std::fmt;

pub use catalogue::{catalogue, elementary_scenarios};
pub use custom::{Computed, Custom};
pub use data::SplitMix64;
pub use formula::Formula;
pub(crate) use mischief::Mischief;
pub use modifier::{Modifier, Passage};
pub(crate) use probed::Fuse;
pub use probed::Probed;
pub(crate) use source::instruments;
pub use source::{Instrument, Probe, Source};
pub use subject::Subject;

/// An operator of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Tangents pushed forward.
    Pushforward,
    /// Cotangents pulled back.
    Pullback,
    /// First derivative of a function of one variable.
    Derivative,
    /// First derivatives of a function of one output.
    Gradient,
    /// All first derivatives.
    Jacobian,
    /// Second derivative of a function of one variable.
    SecondDerivative,
    /// Hessian-vector product.
    Hvp,
    /// All second derivatives of a function of one output.
    Hessian,
}

impl Operator {
    /// All operators.
    pub const ALL: [Self; 8] = [
        Self::Pushforward,
        Self::Pullback,
        Self::Derivative,
        Self::Gradient,
        Self::Jacobian,
        Self::SecondDerivative,
        Self::Hvp,
        Self::Hessian,
    ];

    /// The operator's name, as in the names of its methods.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pushforward => "pushforward",
            Self::Pullback => "pullback",
            Self::Derivative => "derivative",
            Self::Gradient => "gradient",
            Self::Jacobian => "jacobian",
            Self::SecondDerivative => "second_derivative",
            Self::Hvp => "hvp",
            Self::Hessian => "hessian",
        }
    }

    /// Whether the answer holds second derivatives.
    #[must_use]
    pub fn is_second_order(self) -> bool {
        matches!(self, Self::SecondDerivative | Self::Hvp | Self::Hessian)
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The shape that a function is called in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FunctionShape {
    /// `R → R`.
    Unary,
    /// `R → R^m`.
    Curve,
    /// `R^n → R`.
    Scalar,
    /// `R^n → R^m`.
    Vector,
}

impl FunctionShape {
    /// The operators that take functions of this shape; every function is also taken as `R^n → R^m`.
    #[must_use]
    pub fn operators(self) -> &'static [Operator] {
        use Operator::{Derivative, Gradient, Hessian, Hvp, Jacobian, Pullback, Pushforward, SecondDerivative};
        match self {
            Self::Unary | Self::Curve => &[Derivative, SecondDerivative, Pushforward, Pullback, Jacobian],
            Self::Scalar => &[Gradient, Hvp, Hessian, Pushforward, Pullback, Jacobian],
            Self::Vector => &[Pushforward, Pullback, Jacobian],
        }
    }
}

/// One operator applied to one function.
#[derive(Clone, Debug)]
pub struct Scenario<S = Formula> {
    /// The function's name, unique in its group.
    pub name: String,
    /// The family of scenarios that it belongs to.
    pub group: &'static str,
    /// The release of this crate that has it first.
    pub since: &'static str,
    /// What is computed.
    pub operator: Operator,
    /// The shape that the function is called in.
    pub shape: FunctionShape,
    /// The function and its answers.
    pub formula: S,
    /// What is done to the function.
    pub modifier: Modifier,
    /// The point.
    pub x: Vec<f64>,
    /// The point of preparation.
    pub prepared_x: Vec<f64>,
    /// Tangents or cotangents, one a column; of an operator that takes none, a column of no meaning.
    pub seeds: Array2<f64>,
}

impl Scenario {
    /// A scenario at a point where it is prepared, too, with one seed.
    pub(crate) fn quick(name: &str, operator: Operator, shape: FunctionShape, formula: Formula, x: Vec<f64>) -> Self {
        let rows = if operator == Operator::Pullback { formula.outputs(x.len()) } else { x.len() };
        let seeds = SplitMix64::new(rows as u64).matrix(rows, 1);
        let (name, prepared_x) = (name.into(), x.clone());
        let (group, since, modifier) = ("quick", "0.1.0", Modifier::PLAIN);
        Self { name, group, since, operator, shape, formula, modifier, x, prepared_x, seeds }
    }
}

impl<S: Source> Scenario<S> {
    /// Group, name, modifier, batch and operator in one line; unique.
    #[must_use]
    pub fn id(&self) -> String {
        let Self { group, name, modifier, operator, .. } = self;
        let batch = match self.seeds.ncols() {
            1 => String::new(),
            k => format!("/batch of {k}"),
        };
        format!("{group}/{name}/{}{batch}/{operator}", modifier.name)
    }

    /// The number of outputs of the function.
    #[must_use]
    pub fn outputs(&self) -> usize {
        self.formula.outputs(self.x.len())
    }

    /// The function, as it is prepared.
    #[must_use]
    pub fn subject(&self) -> S::Subject {
        self.formula.subject(&self.modifier)
    }

    /// Whether differences approximate the derivatives.
    #[must_use]
    pub fn is_smooth(&self) -> bool {
        self.formula.is_smooth()
    }

    /// Point and seeds, rounded to the scalar.
    #[must_use]
    pub fn inputs<T: Scalar>(&self) -> Inputs<T> {
        Inputs { x: lift(&self.x), seeds: self.seeds.mapv(T::lift) }
    }

    /// Point of preparation and seeds, rounded to the scalar.
    #[must_use]
    pub fn prepared_inputs<T: Scalar>(&self) -> Inputs<T> {
        Inputs { x: lift(&self.prepared_x), seeds: self.seeds.mapv(T::lift) }
    }

    /// The expected answer at `inputs`; `None` if it is not known.
    #[must_use]
    pub fn answer<T: Scalar>(&self, inputs: &Inputs<T>) -> Option<Slots<f64>> {
        let x: Vec<f64> = inputs.x.iter().map(|&x| lower(x)).collect();
        let Slots(slots) = self.formula.answer(self.operator, &x, &inputs.seeds.mapv(lower))?;
        Some(Slots(slots.map(|slot| slot * self.modifier.factor)))
    }
}

/// The numbers rounded to the scalar.
fn lift<T: Scalar>(x: &[f64]) -> Vec<T> {
    x.iter().map(|&x| T::lift(x)).collect()
}

/// The number in double precision.
pub(crate) fn lower<T: Scalar>(x: T) -> f64 {
    x.to_f64().unwrap_or(f64::NAN)
}
