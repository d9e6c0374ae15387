//! What takes part in a derivative.

/// How a value takes part in a derivative.
///
/// # References
///
/// Hascoët and Pascual, "The Tapenade automatic differentiation tool", *ACM Transactions on Mathematical Software* 39
/// (2013), section 4.1 (activity); Moses and Churavy (2020), see [`Shadow`](crate::Shadow).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Activity {
    /// It has no derivative, or one that is wanted by nobody.
    Constant,
    /// A shadow beside it holds its derivative: slices, buffers, and whatever is written into.
    #[default]
    Duplicated,
    /// Its derivative is returned: numbers that are passed by value.
    Active,
}

/// What a function encloses, as its derivative code sees it: constant, or duplicated with a shadow.
#[derive(Debug)]
pub enum Enclosed<'a, S> {
    /// All that the function owns counts as constant: what is read from a buffer that the function has written into has
    /// derivative zero.
    Constant,
    /// Beside what the function owns stands a shadow, zero at entry.
    Duplicated(&'a mut S),
}

impl<'a, S> Enclosed<'a, S> {
    /// [`Activity::Constant`] or [`Activity::Duplicated`].
    #[must_use]
    pub fn activity(&self) -> Activity {
        match self {
            Self::Constant => Activity::Constant,
            Self::Duplicated(_) => Activity::Duplicated,
        }
    }

    /// The shadow, if there is one.
    #[must_use]
    pub fn shadow(self) -> Option<&'a mut S> {
        match self {
            Self::Constant => None,
            Self::Duplicated(shadow) => Some(shadow),
        }
    }

    /// That of a part of what the function encloses.
    #[must_use]
    pub fn map<P>(self, part: impl FnOnce(&'a mut S) -> &'a mut P) -> Enclosed<'a, P> {
        match self {
            Self::Constant => Enclosed::Constant,
            Self::Duplicated(shadow) => Enclosed::Duplicated(part(shadow)),
        }
    }
}
