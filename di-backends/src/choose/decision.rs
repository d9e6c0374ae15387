//! What was chosen, to be saved and loaded.

use serde::{Deserialize, Serialize};
use std::fmt;

/// One of the operators that an engine can be chosen for.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Operator {
    /// Of a function `R^n → R^m`.
    Pushforward,
    /// Of a function `R^n → R^m`.
    Pullback,
    /// Of a function `R → R`.
    Derivative,
    /// Of a function `R → R^m`.
    CurveDerivative,
    /// Of a function `R^n → R`.
    Gradient,
    /// Of a function `R^n → R^m`.
    Jacobian,
    /// Of a function `R → R`.
    SecondDerivative,
    /// Of a function `R → R^m`.
    CurveSecondDerivative,
    /// Of a function `R^n → R`.
    Hvp,
    /// Of a function `R^n → R`.
    Hessian,
}

impl Operator {
    /// What its results are called, by order: the value, first and second derivatives; no more than there are.
    pub(super) fn parts(self) -> &'static [&'static str] {
        match self {
            Self::Pushforward => &["value", "pushforward"],
            Self::Pullback => &["value", "pullback"],
            Self::Derivative | Self::CurveDerivative => &["value", "derivative"],
            Self::Gradient => &["value", "gradient"],
            Self::Jacobian => &["value", "Jacobian"],
            Self::SecondDerivative | Self::CurveSecondDerivative => &["value", "derivative", "second derivative"],
            Self::Hvp => &["value", "gradient", "Hessian-vector product"],
            Self::Hessian => &["value", "gradient", "Hessian"],
        }
    }

    /// The lengths of its results for n inputs and m outputs; matrices are flat.
    pub(super) fn lengths(self, n: usize, m: usize) -> [usize; 3] {
        match self {
            Self::Pushforward | Self::Derivative | Self::CurveDerivative => [m, m, 0],
            Self::Pullback | Self::Gradient => [m, n, 0],
            Self::Jacobian => [m, m * n, 0],
            Self::SecondDerivative | Self::CurveSecondDerivative => [m, m, m],
            Self::Hvp => [m, n, n],
            Self::Hessian => [m, n, n * n],
        }
    }

    /// An entry of a result in words, such as `gradient[3]` or `Hessian[1, 2]`.
    pub(super) fn entry(self, part: usize, index: usize, inputs: usize) -> String {
        let name = self.parts()[part];
        match name {
            "Jacobian" | "Hessian" => format!("{name}[{}, {}]", index / inputs, index % inputs),
            _ => format!("{name}[{index}]"),
        }
    }

    /// Whether an engine of this crate does it otherwise than the engines that it is made of.
    #[cfg(any(feature = "num-dual", feature = "tape", feature = "finite-diff"))]
    pub(super) fn is_told_apart(self, engine: &str) -> bool {
        engine != "mixed" || matches!(self, Self::Hvp | Self::Hessian)
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pushforward => "pushforward",
            Self::Pullback => "pullback",
            Self::Derivative => "derivative",
            Self::CurveDerivative => "derivative of a curve",
            Self::Gradient => "gradient",
            Self::Jacobian => "Jacobian",
            Self::SecondDerivative => "second derivative",
            Self::CurveSecondDerivative => "second derivative of a curve",
            Self::Hvp => "Hessian-vector product",
            Self::Hessian => "Hessian",
        })
    }
}

/// Which backend was chosen, and for what; it can be saved, loaded, and handed to [`Choose::by`](crate::Choose::by).
///
/// It holds no time and no option: it is the same whenever the same backend wins.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Decision {
    /// What was asked for.
    pub operator: Operator,
    /// The name of the candidate; of the engines of this crate, the name that `AnyBackend` parses.
    pub backend: String,
    /// The number n of inputs.
    pub inputs: usize,
    /// The number m of outputs.
    pub outputs: usize,
}
