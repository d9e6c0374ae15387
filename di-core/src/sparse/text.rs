//! A pattern as text.

use super::Pattern;
use std::fmt;

/// Rows and columns beyond this are not drawn.
const LIMIT: usize = 64;

/// A line for each row: `●` for an entry, `·` for none; larger patterns are cut off after 64 rows and columns.
///
/// ```
/// use di_core::Pattern;
///
/// assert_eq!(Pattern::banded(2, 3, 0, 1)?.to_string(), "2×3, 4 entries\n●●·\n·●●");
/// # Ok::<(), di_core::Error>(())
/// ```
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}×{}, {} entries", self.rows(), self.columns(), self.nnz())?;
        for i in 0..self.rows().min(LIMIT) {
            f.write_str("\n")?;
            let mut entries = self.row(i).iter().peekable();
            for j in 0..self.columns().min(LIMIT) {
                let entry = entries.next_if(|&&column| column as usize == j).is_some();
                f.write_str(if entry { "●" } else { "·" })?;
            }
            f.write_str(if self.columns() > LIMIT { "…" } else { "" })?;
        }
        f.write_str(if self.rows() > LIMIT { "\n…" } else { "" })
    }
}
