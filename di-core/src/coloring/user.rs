//! Colours that the user gives.

use super::side::NEUTRAL;
use crate::sparse::narrow;
use crate::{Coloring, ColoringKind, Error, Pattern, Result};

impl Coloring {
    /// A colouring of the user's own, verified: `colors` by column, for a row colouring by row.
    ///
    /// Numbers that are not used are left out; the others keep their order.
    ///
    /// # Cost
    ///
    /// Linear in the entries and in `k log k` of `k` colours given.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if there is not a colour for each; [`Error::Coloring`] if an entry could not be found, naming the
    /// first two columns (rows) of one colour, or if the pattern of a star or acyclic colouring is not symmetric.
    ///
    /// # Examples
    ///
    /// ```
    /// use di_core::{Coloring, ColoringKind, Pattern};
    ///
    /// let pattern = Pattern::tridiagonal(5)?;
    /// assert!(Coloring::from_user(ColoringKind::Columns, &pattern, &[0, 1, 2, 0, 1]).is_ok());
    /// let wrong = Coloring::from_user(ColoringKind::Columns, &pattern, &[0, 1, 2, 1, 0]).unwrap_err();
    /// let expected = "no column colouring: columns 1 and 3 have one colour, and both have an entry in row 2";
    /// assert_eq!(wrong.to_string(), expected);
    /// # Ok::<(), di_core::Error>(())
    /// ```
    pub fn from_user(kind: ColoringKind, pattern: &Pattern, colors: &[usize]) -> Result<Self> {
        let (m, n) = (pattern.rows(), pattern.columns());
        let given: Vec<Option<usize>> = colors.iter().copied().map(Some).collect();
        match kind {
            ColoringKind::Rows => {
                Error::check_length("colors", m, colors.len())?;
                Self::assemble(kind, pattern, vec![NEUTRAL; n], ranks(&given))
            }
            ColoringKind::Bidirectional => {
                let reason = "it colours columns and rows: use `from_user_bidirectional`";
                Err(Error::coloring(kind, reason.into()))
            }
            ColoringKind::Columns | ColoringKind::Star | ColoringKind::Acyclic => {
                Error::check_length("colors", n, colors.len())?;
                if kind.is_symmetric() && !pattern.is_symmetric() {
                    return Err(Error::coloring(kind, "the pattern is not symmetric".into()));
                }
                let rows = if kind.is_symmetric() { Vec::new() } else { vec![NEUTRAL; m] };
                Self::assemble(kind, pattern, ranks(&given), rows)
            }
        }
    }

    /// A bidirectional colouring of the user's own, verified; `None` for columns and rows in no product.
    ///
    /// # Errors
    ///
    /// As [`from_user`](Self::from_user).
    pub fn from_user_bidirectional(
        pattern: &Pattern,
        columns: &[Option<usize>],
        rows: &[Option<usize>],
    ) -> Result<Self> {
        Error::check_length("columns", pattern.columns(), columns.len())?;
        Error::check_length("rows", pattern.rows(), rows.len())?;
        Self::assemble(ColoringKind::Bidirectional, pattern, ranks(columns), ranks(rows))
    }
}

/// Each colour's place among those given.
fn ranks(given: &[Option<usize>]) -> Vec<u32> {
    let mut sorted: Vec<usize> = given.iter().flatten().copied().collect();
    sorted.sort_unstable();
    sorted.dedup();
    let rank =
        |color: &Option<usize>| color.and_then(|color| sorted.binary_search(&color).ok()).map_or(NEUTRAL, narrow);
    given.iter().map(rank).collect()
}
