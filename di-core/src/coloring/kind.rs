//! What is coloured, and how entries are found again.

use std::fmt;

/// The kinds of colouring.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColoringKind {
    /// Columns of one colour share no row: entries are read from `J·S`.
    Columns,
    /// Rows of one colour share no column: entries are read from `Jᵀ·S`.
    Rows,
    /// Of a symmetric pattern; each entry or its mirror image can be read from `H·S`.
    Star,
    /// Of a symmetric pattern; entries are found from `H·S` by substitution.
    Acyclic,
    /// Columns and rows; each entry can be read from `J·S` or from `Jᵀ·S`.
    Bidirectional,
}

impl ColoringKind {
    /// Whether it is for symmetric patterns.
    #[must_use]
    pub fn is_symmetric(self) -> bool {
        matches!(self, Self::Star | Self::Acyclic)
    }
}

impl fmt::Display for ColoringKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Columns => "column colouring",
            Self::Rows => "row colouring",
            Self::Star => "star colouring",
            Self::Acyclic => "acyclic colouring",
            Self::Bidirectional => "bidirectional colouring",
        })
    }
}
