//! What can go wrong, as one type.

use crate::ColoringKind;
use crate::DetectionError;
use std::error::Error as StdError;

/// The result of everything that this interface does.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a derivative could not be computed.
///
/// Outputs are then as they were before the call, also if the engine itself fails half-way ([`Error::Backend`]): what is
/// made of several calls of an engine is given out after the last.
#[non_exhaustive]
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An argument has another length than preparation asked for.
    #[error("`{argument}` has length {found}, but {expected} was expected")]
    Length {
        /// The argument's name in the called method; for a matrix `name.rows` or `name.columns`.
        argument: &'static str,
        /// The length that fits the prepared object.
        expected: usize,
        /// The length that was given.
        found: usize,
    },
    /// The backend cannot do this; the reason ends with what to use instead.
    #[error("backend `{backend}` does not support {operator}: {reason}")]
    Unsupported {
        /// The backend's name.
        backend: String,
        /// The operator that was asked for.
        operator: &'static str,
        /// Why not, and what to use instead.
        reason: String,
    },
    /// No backend has this name.
    #[error("unknown backend `{name}`; known backends are {}", known.join(", "))]
    UnknownBackend {
        /// The name that was asked for.
        name: String,
        /// All names that are known.
        known: &'static [&'static str],
    },
    /// An option has a value that no derivative can be computed with.
    #[error("option `{option}` is {found}, but {expected} was expected")]
    Option {
        /// The option's name.
        option: &'static str,
        /// What is allowed, in words.
        expected: &'static str,
        /// The value that was given.
        found: String,
    },
    /// These arguments make no sparsity pattern.
    #[error("`{argument}` makes no pattern: {expected} was expected, but there is {found}")]
    Pattern {
        /// The argument's name in the called method.
        argument: &'static str,
        /// What is allowed, in words.
        expected: String,
        /// What was given.
        found: String,
    },
    /// A sparse matrix has another pattern than preparation asked for.
    #[error("`{argument}` has another pattern, {found}, than that of preparation, {expected}: make it by `matrix()`")]
    PatternMismatch {
        /// The argument's name in the called method.
        argument: &'static str,
        /// The shape and number of entries of the pattern of preparation.
        expected: String,
        /// Those of the pattern that was given.
        found: String,
    },
    /// These colours, or this pattern, make no such colouring.
    #[error("no {kind}: {reason}")]
    Coloring {
        /// The kind that was asked for.
        kind: ColoringKind,
        /// The first two columns (of a row colouring: rows) that would have to differ in colour, if that is why.
        conflict: Option<(usize, usize)>,
        /// Why not.
        reason: String,
    },
    /// A sparsity pattern could not be found, or is not usable.
    #[error(transparent)]
    Detection(#[from] DetectionError),
    /// A sparse matrix disagrees with a directional derivative, which needs no pattern: the pattern lacks an entry, or the
    /// engine is wrong.
    #[error(
        "the sparse {matrix} is wrong in {}: {} {line} of its product with a random direction is {found}, but the \
         directional derivative is {expected}{}",
        in_group(side, *group), if *side == "columns" { "row" } else { "column" }, missing_entry(*missing)
    )]
    WrongPattern {
        /// `Jacobian` or `Hessian`.
        matrix: &'static str,
        /// `columns` or `rows`: what is grouped.
        side: &'static str,
        /// The colour of the group that disagrees; `None` for what is in no group.
        group: Option<usize>,
        /// The row (of rows that are grouped: the column) where it disagrees most.
        line: usize,
        /// An entry that the pattern lacks, if one was found.
        missing: Option<(usize, usize)>,
        /// The directional derivative there.
        expected: f64,
        /// What the sparse matrix gives.
        found: f64,
    },
    /// A function uses a [`Cache`](crate::Cache) while it uses it already.
    #[error("a cache is used twice at once: end the first use before the second, or give each its own cache")]
    CacheInUse,
    /// The engine itself reports an error.
    #[error("the engine failed: {0}")]
    Backend(#[source] Box<dyn StdError + Send + Sync>),
}

/// Names a group.
fn in_group(side: &str, group: Option<usize>) -> String {
    group.map_or_else(|| format!("the {side} of no group"), |group| format!("group {group} of its {side}"))
}

/// Names an entry that is missing.
fn missing_entry(missing: Option<(usize, usize)>) -> String {
    missing.map_or_else(String::new, |(i, j)| format!("; the pattern lacks ({i}, {j})"))
}

impl Error {
    /// Wraps an engine's own error.
    pub fn backend(source: impl StdError + Send + Sync + 'static) -> Self {
        Self::Backend(Box::new(source))
    }

    /// An [`Error::Pattern`].
    pub(crate) fn pattern(argument: &'static str, expected: String, found: String) -> Self {
        Self::Pattern { argument, expected, found }
    }

    /// An [`Error::Coloring`] that is not about two columns.
    pub(crate) fn coloring(kind: ColoringKind, reason: String) -> Self {
        Self::Coloring { kind, conflict: None, reason }
    }

    /// `Ok` if `found` equals `expected`, else [`Error::Length`].
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if the two differ.
    pub fn check_length(argument: &'static str, expected: usize, found: usize) -> Result<()> {
        if expected == found { Ok(()) } else { Err(Self::Length { argument, expected, found }) }
    }
}
