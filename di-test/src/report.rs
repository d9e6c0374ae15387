//! What the checks found.

use crate::check::Check;
use std::any::Any;
use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which function, point, modifier and operator: [`Scenario::id`](crate::Scenario::id).
    pub scenario: String,
    /// The scalar.
    pub scalar: &'static str,
    /// The check.
    pub check: Check,
    /// The method that was called.
    pub variant: String,
    /// What is wrong.
    pub fault: Fault,
}

/// In what way an answer is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// Another number than the closed form, and further from it than allowed; the worst entry.
    Disagreement {
        /// Row and column.
        index: (usize, usize),
        /// The closed form.
        expected: f64,
        /// The answer.
        found: f64,
        /// Their distance.
        error: f64,
        /// The largest distance that is allowed.
        allowed: f64,
    },
    /// An output of another shape.
    Shape {
        /// Rows and columns that were expected.
        expected: (usize, usize),
        /// Rows and columns of the answer.
        found: (usize, usize),
    },
    /// An error where an answer was expected.
    Failed(String),
    /// No error, or another one than was expected.
    WrongError {
        /// The error that was expected.
        expected: String,
        /// What was returned.
        found: String,
    },
    /// The function was called too often or too seldom.
    Calls {
        /// The fewest calls that are documented.
        least: usize,
        /// The most calls that are documented.
        most: usize,
        /// The calls that were made.
        found: usize,
    },
    /// Memory was allocated so many times.
    Allocations(usize),
    /// Memory that is not given back: bytes at every use.
    Leak(usize),
    /// Something else, in words.
    Other(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disagreement { index, expected, found, error, allowed } => {
                write!(
                    f,
                    "entry {index:?} is {found:e} instead of {expected:e}: error {error:.1e}, allowed {allowed:.1e}"
                )
            }
            Self::Shape { expected, found } => write!(f, "shape {found:?} instead of {expected:?}"),
            Self::Failed(error) => write!(f, "failed: {error}"),
            Self::WrongError { expected, found } => write!(f, "returned {found} instead of {expected}"),
            Self::Calls { least, most, found } if least == most => {
                write!(f, "called the function {found} times instead of {most}")
            }
            Self::Calls { least, most, found } => {
                write!(f, "called the function {found} times instead of {least} to {most}")
            }
            Self::Allocations(count) => write!(f, "allocated {count} times"),
            Self::Leak(bytes) => write!(f, "keeps {bytes} bytes more at every use"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scenario, scalar, check, variant, fault } = self;
        write!(f, "{scenario}/{scalar}, {check}, {variant}: {fault}")
    }
}

/// What became of one check of one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Which function, point, modifier and operator.
    pub scenario: String,
    /// The group of the scenario.
    pub group: &'static str,
    /// What was computed.
    pub operator: &'static str,
    /// The scalar.
    pub scalar: &'static str,
    /// The check.
    pub check: Check,
    /// The ways to call the operator that were judged.
    pub variants: usize,
    /// How it ended.
    pub verdict: Verdict,
}

/// How a check of a scenario ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found.
    Passed,
    /// The engine is excused, for this reason.
    Excluded(&'static str),
    /// So many findings.
    Failed(usize),
}

/// All findings of a run.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What was found.
    pub findings: Vec<Finding>,
    /// What became of each scenario.
    pub outcomes: Vec<Outcome>,
    /// Whether the observer ended the run early.
    pub interrupted: bool,
}

impl Report {
    /// How many scenarios were looked at.
    #[must_use]
    pub fn scenarios(&self) -> usize {
        self.outcomes.len() - self.excluded()
    }

    /// How many were excluded.
    #[must_use]
    pub fn excluded(&self) -> usize {
        self.outcomes.iter().filter(|outcome| matches!(outcome.verdict, Verdict::Excluded(_))).count()
    }

    /// How many combinations of scenario and variant were judged.
    #[must_use]
    pub fn combinations(&self) -> usize {
        self.outcomes.iter().map(|outcome| outcome.variants).sum()
    }

    /// Whether nothing was found, and something was looked at or excluded.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty() && !self.outcomes.is_empty() && !self.interrupted
    }

    /// Fails the test if anything was found, and lists all of it.
    ///
    /// # Panics
    ///
    /// If there are findings, or there was no scenario.
    pub fn assert_clean(&self) {
        assert!(self.is_clean(), "{self}");
    }

    /// Adds what another run found.
    pub fn merge(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.outcomes.extend(other.outcomes);
        self.interrupted |= other.interrupted;
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} findings in {} scenarios, {} excluded",
            self.findings.len(),
            self.scenarios(),
            self.excluded()
        )?;
        self.findings.iter().try_for_each(|finding| writeln!(f, "  {finding}"))
    }
}

/// The message of a panic.
pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}
