//! Names of engines.

use super::AnyBackend;
use di_core::{Backend, Error, Mode, Result, ViaPushforward};
use std::fmt;
use std::str::FromStr;

/// A name and what it stands for.
type Entry = (&'static str, fn() -> AnyBackend);

const TABLE: &[Entry] = &[
    #[cfg(feature = "num-dual")]
    ("num-dual", || di_num_dual::NumDual::default().into()),
    #[cfg(feature = "tape")]
    ("tape", || di_tape::Tape::default().into()),
    #[cfg(all(feature = "num-dual", feature = "tape"))]
    ("mixed", || AnyBackend::Mixed(di_core::Mixed::default())),
    #[cfg(feature = "finite-diff")]
    ("finite-diff", || di_finite_diff::FiniteDiff::central().into()),
    #[cfg(feature = "finite-diff")]
    ("finite-diff-forward", || di_finite_diff::FiniteDiff::forward().into()),
];

const NAMES: [&str; TABLE.len()] = {
    let mut names = [""; TABLE.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = TABLE[i].0;
        i += 1;
    }
    names
};

impl AnyBackend {
    /// All names that can be parsed.
    #[must_use]
    pub fn names() -> &'static [&'static str] {
        &NAMES
    }
}

impl FromStr for AnyBackend {
    type Err = Error;

    /// The backend of that name, with default options.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBackend`], which lists the names, if there is none.
    fn from_str(name: &str) -> Result<Self> {
        TABLE
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, make)| make())
            .ok_or_else(|| Error::UnknownBackend { name: name.into(), known: Self::names() })
    }
}

impl fmt::Display for AnyBackend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

macro_rules! backend {
    ([$($variant:ident: $backend:ty,)*]) => {
        impl Backend for AnyBackend {
            /// What wrappers make of this backend, whichever engine it holds, is made of pushforwards, which all have.
            type Primitive = ViaPushforward;

            fn name(&self) -> String {
                #[cfg(all(feature = "num-dual", feature = "tape"))]
                if let Self::Mixed(_) = self {
                    return "mixed".into();
                }
                match self {
                    $(Self::$variant(backend) => backend.name(),)*
                }
            }

            fn mode(&self) -> Mode {
                match self {
                    $(Self::$variant(backend) => backend.mode(),)*
                }
            }
        }
    };
}
with_engines!(backend {});
