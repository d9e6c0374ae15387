//! What became of one record.

use super::{Ratio, Speed};
use crate::results::{Figures, Measurement, Record};

/// A record with what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The record of the second run, or of the first if it vanished.
    pub record: Record,
    /// What became of it.
    pub change: Change,
}

/// What became of a record.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Change {
    /// Both runs measured it.
    Measured {
        /// The ratio to the plain function; none if the times cannot be compared.
        ratio: Option<Ratio>,
        /// The exact figures that differ.
        exact: Vec<Exact>,
    },
    /// Only the second run has it.
    Appeared,
    /// Only the first run has it.
    Vanished,
    /// The second run measured what the first had not.
    BecameMeasured,
    /// The second run skipped it, for this reason; the first had measured it.
    BecameSkipped(String),
    /// The second run's answer is wrong, as this says; the first's was not.
    BecameWrong(String),
    /// Neither run measured it, and it did not become wrong.
    Alike,
}

/// A figure without noise that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    /// What it counts.
    pub name: &'static str,
    /// The count in the first run.
    pub before: usize,
    /// The count in the second.
    pub after: usize,
}

impl Change {
    pub(super) fn between(before: &Record, after: &Record, times: bool) -> Self {
        match (&before.outcome, &after.outcome) {
            (Measurement::Figures(before), Measurement::Figures(after)) => Self::Measured {
                ratio: if times { Ratio::between(before, after) } else { None },
                exact: exact(before, after),
            },
            // What was wrong and is skipped was never measured.
            (Measurement::Skipped(_) | Measurement::Wrong(_), Measurement::Skipped(_))
            | (Measurement::Wrong(_), Measurement::Wrong(_)) => Self::Alike,
            (_, Measurement::Figures(_)) => Self::BecameMeasured,
            (_, Measurement::Skipped(reason)) => Self::BecameSkipped(reason.clone()),
            (_, Measurement::Wrong(what)) => Self::BecameWrong(what.clone()),
        }
    }

    /// Whether the time changed beyond noise, if both runs measured it.
    #[must_use]
    pub fn speed(&self) -> Option<Speed> {
        match self {
            Self::Measured { ratio, .. } => ratio.map(|ratio| ratio.speed()),
            _ => None,
        }
    }

    /// Whether it became slower beyond noise, became wrong, is no longer measured, or vanished.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        match self {
            Self::Measured { .. } => self.speed() == Some(Speed::Slower),
            Self::Vanished | Self::BecameSkipped(_) | Self::BecameWrong(_) => true,
            Self::Appeared | Self::BecameMeasured | Self::Alike => false,
        }
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_none(&self) -> bool {
        match self {
            Self::Measured { exact, .. } => exact.is_empty() && self.speed().is_none_or(|s| s == Speed::Unchanged),
            Self::Alike => true,
            _ => false,
        }
    }
}

fn exact(before: &Figures, after: &Figures) -> Vec<Exact> {
    let counts = |f: &Figures| {
        let p = &f.preparation;
        [
            ("calls", f.calls),
            ("allocations", f.allocations),
            ("bytes", f.bytes),
            ("calls of preparing", p.calls),
            ("allocations of preparing", p.allocations),
            ("bytes of preparing", p.bytes),
        ]
    };
    let pairs = counts(before).into_iter().zip(counts(after));
    pairs
        .filter(|((_, before), (_, after))| before != after)
        .map(|((name, before), (_, after))| Exact { name, before, after })
        .collect()
}
