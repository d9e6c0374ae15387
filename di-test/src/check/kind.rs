//! The checks by name.

use std::fmt;

/// What a check looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Check {
    /// Answers in every variant against the expected ones, whatever was computed before.
    Agreement,
    /// Answers for elementary functions at every awkward point.
    Elementary,
    /// What must hold at every point, at random ones.
    Laws,
    /// Ten calls at changing points and in clones, of functions with enclosed caches.
    Caches,
    /// Wrong lengths of every argument.
    Lengths,
    /// How often the function is called.
    Calls,
    /// Allocations after preparation.
    Allocations,
    /// Two prepared objects at once on two threads.
    Threads,
    /// Functions that panic.
    Panics,
    /// Points with NaN and infinities.
    NotFinite,
    /// Other lengths than at first.
    Resizing,
    /// Functions and callers that do what they should not, and memory that is not given back.
    Adversarial,
    /// Sparse results verified by the interface itself.
    Verification,
}

impl Check {
    /// All checks.
    pub const ALL: [Self; 13] = [
        Self::Agreement,
        Self::Elementary,
        Self::Laws,
        Self::Caches,
        Self::Lengths,
        Self::Calls,
        Self::Allocations,
        Self::Threads,
        Self::Panics,
        Self::NotFinite,
        Self::Resizing,
        Self::Adversarial,
        Self::Verification,
    ];

    /// Whether it needs no answers but those at the point and at the point of preparation, so that it can look at
    /// functions without a closed form.
    #[must_use]
    pub fn is_custom(self) -> bool {
        use Check::{Agreement, Allocations, Calls, Lengths, Panics, Threads};
        matches!(self, Agreement | Lengths | Calls | Threads | Panics | Allocations)
    }

    /// The check's name, as exclusions and filters have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Elementary => "elementary functions",
            Self::Laws => "laws",
            Self::Caches => "caches",
            Self::Lengths => "lengths",
            Self::Calls => "calls",
            Self::Allocations => "allocations",
            Self::Threads => "threads",
            Self::Panics => "panics",
            Self::NotFinite => "not finite",
            Self::Resizing => "resizing",
            Self::Adversarial => "adversarial",
            Self::Verification => "verification",
        }
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
