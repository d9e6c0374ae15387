//! What is differentiated: functions, points, seeds and closed-form answers, as data.

mod caches;
mod catalogue;
mod coded;
mod data;
mod formula;
mod modifier;
mod reference;
mod sizes;
mod subject;
mod subject_code;

use crate::check::{Inputs, Slots};
use di_core::Scalar;
use ndarray::{Array2, Axis};
use std::fmt;

pub use catalogue::{catalogue, elementary_scenarios};
pub use data::SplitMix64;
pub use formula::Formula;
pub use modifier::{Modifier, Passage};
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
pub struct Scenario {
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
    /// The function.
    pub formula: Formula,
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
    pub fn subject(&self) -> Subject {
        Subject::new(self.formula.clone(), &self.modifier)
    }

    /// Whether differences approximate the derivatives.
    #[must_use]
    pub fn is_smooth(&self) -> bool {
        !matches!(&self.formula, Formula::Elementary(case) if !case.is_smooth())
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

    /// The closed-form answer at `inputs`; `None` if the formula has no closed form for it.
    #[must_use]
    pub fn answer<T: Scalar>(&self, inputs: &Inputs<T>) -> Option<Slots<f64>> {
        let x: Vec<f64> = inputs.x.iter().map(|&x| lower(x)).collect();
        let seeds = inputs.seeds.mapv(lower);
        let value = self.formula.value(&x);
        let value = Array2::from_shape_vec((value.len(), 1), value).ok()?;
        let jacobian = self.formula.jacobian(&x);
        let column = |row: &Array2<f64>| row.index_axis(Axis(0), 0).to_owned().insert_axis(Axis(1));
        let none = Array2::zeros((0, 0));
        let [value, first, second] = match self.operator {
            Operator::Pushforward => [value, product(&jacobian, &seeds), none],
            Operator::Pullback => [value, product(&jacobian.reversed_axes(), &seeds), none],
            Operator::Derivative | Operator::Jacobian => [value, jacobian, none],
            Operator::Gradient => [value, column(&jacobian), none],
            Operator::SecondDerivative => [value, jacobian, self.formula.second(&x)?],
            Operator::Hvp => [value, column(&jacobian), product(&self.formula.second(&x)?, &seeds)],
            Operator::Hessian => [value, column(&jacobian), self.formula.second(&x)?],
        };
        let factor = self.modifier.factor;
        Some(Slots([value * factor, first * factor, second * factor]))
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

/// The product of two matrices; zero times anything is left out, so that a seed of zero hides an infinite derivative.
fn product(a: &Array2<f64>, b: &Array2<f64>) -> Array2<f64> {
    Array2::from_shape_fn((a.nrows(), b.ncols()), |(i, j)| {
        a.row(i).iter().zip(b.column(j)).filter(|(_, b)| **b != 0.0).map(|(a, b)| a * b).sum()
    })
}
