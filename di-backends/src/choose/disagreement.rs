//! Two that disagree.

use super::Operator;

/// Two engines, or an engine and the function itself, that give different numbers: one of them is wrong, or the function has
/// no derivative there.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error(
    "{first} and {second} disagree about the {operator}: {entry} {point} is {first_value} by the former and \
     {second_value} by the latter{}", advice(*approximate)
)]
pub struct Disagreement {
    /// What was asked for.
    pub operator: Operator,
    /// Which number, such as `gradient[3]` or `Hessian[1, 2]`.
    pub entry: String,
    /// Where: `at x`, or at which point near it.
    pub point: String,
    /// The name of a candidate, or `the function itself`.
    pub first: String,
    /// What that one gives.
    pub first_value: f64,
    /// The name of another candidate.
    pub second: String,
    /// What that one gives.
    pub second_value: f64,
    /// By how much they differ, in parts of what they are compared by.
    pub difference: f64,
    /// By how much they may.
    pub tolerance: f64,
    /// Whether one of the two is inexact, such as finite differences.
    pub approximate: bool,
}

/// What may be the matter if one of two is inexact.
fn advice(approximate: bool) -> &'static str {
    if approximate {
        "; one of them is inexact: if the function is noisy, steep or has a kink there, raise `.difference_tolerance(…)` \
         or leave that candidate out by `.among(…)`"
    } else {
        ""
    }
}
