//! Why nothing was chosen.

use super::{Disagreement, Operator};
use di_core::Error;

/// Why no engine was chosen.
#[non_exhaustive]
#[derive(Debug, thiserror::Error)]
pub enum ChooseError {
    /// There is nothing to choose from.
    #[error(
        "there is no candidate: enable an engine of `di-backends`, such as the feature `tape`, or add a backend by \
         `.with(…)`"
    )]
    NoCandidates,
    /// `.among(…)` names a candidate that there is not.
    #[error("no candidate is called `{name}`; the candidates are {}", known.join(", "))]
    UnknownCandidate {
        /// The name that was asked for.
        name: String,
        /// The candidates that there are.
        known: Vec<String>,
    },
    /// Two candidates have the same name, so that a decision would not tell which.
    #[error("two candidates are called `{name}`: name one of them by `.with_named(…)`")]
    SameName {
        /// That name.
        name: String,
    },
    /// No candidate can do it.
    #[error("no candidate can make the {operator}: {}", list(reasons))]
    AllFailed {
        /// What was asked for.
        operator: Operator,
        /// The name of each candidate and why it cannot.
        reasons: Vec<(String, Error)>,
    },
    /// Two engines, or an engine and the function itself, give different numbers.
    #[error(transparent)]
    Disagreement(Box<Disagreement>),
    /// The decision is for another operator.
    #[error("the decision is for the {found}, but the {expected} was asked for")]
    OtherOperator {
        /// What was asked for.
        expected: Operator,
        /// What the decision is for.
        found: Operator,
    },
    /// The decision is for other lengths.
    #[error("the decision is for {found} {argument}, but the function has {expected}: choose anew for another size")]
    OtherLength {
        /// `inputs` or `outputs`.
        argument: &'static str,
        /// That of the function.
        expected: usize,
        /// That of the decision.
        found: usize,
    },
    /// The decision is for a backend that is no candidate.
    #[error("the decision is for `{backend}`, which is no candidate; the candidates are {}", known.join(", "))]
    NoSuchCandidate {
        /// The backend's name in the decision.
        backend: String,
        /// The candidates that there are.
        known: Vec<String>,
    },
    /// An option makes no sense, or the backend of a decision fails.
    #[error(transparent)]
    Engine(#[from] Error),
}

/// All reasons in one line.
fn list(reasons: &[(String, Error)]) -> String {
    let reason = |(name, error): &(String, Error)| format!("{name}: {error}");
    reasons.iter().map(reason).collect::<Vec<_>>().join("; ")
}
