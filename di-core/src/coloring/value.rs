//! A colouring of a pattern.

use super::direct::{self, Reading};
use super::places::Places;
use super::side::Side;
use super::substitution::Substitution;
use crate::{ColoringKind, Error, Pattern, Result};
use std::sync::Arc;

/// Groups of columns, or rows, of a pattern that share a product, and the plan to read the entries from the products.
///
/// Made by a [`ColoringMethod`](crate::ColoringMethod), or from colours of your own by
/// [`from_user`](Coloring::from_user). What is made is checked: a `Coloring` always gives every entry. A clone shares the
/// memory.
///
/// # Examples
///
/// ```
/// use di_core::{ColoringMethod, Pattern, SparseMatrix};
/// use di_core::ndarray::array;
///
/// let coloring = ColoringMethod::columns().color(&Pattern::diagonal(3)?)?;
/// assert_eq!(coloring.color_count(), 1);
///
/// // One product, with the sum of all unit vectors, holds the whole matrix.
/// let product = array![[2.0], [3.0], [5.0]];
/// let mut matrix = SparseMatrix::zeros(coloring.pattern().clone());
/// coloring.decompress_into(product.view(), &mut matrix)?;
/// assert_eq!(matrix.values(), [2.0, 3.0, 5.0]);
/// # Ok::<(), di_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Coloring(Arc<Parts>);

#[derive(Debug)]
pub(super) struct Parts {
    pub(super) kind: ColoringKind,
    pub(super) pattern: Pattern,
    pub(super) columns: Side,
    pub(super) rows: Side,
    pub(super) plan: Plan,
}

/// How entries are found.
#[derive(Debug)]
pub(super) enum Plan {
    /// Entry `(i, j)` is at row `i` and the colour of column `j`.
    Columns(Places),
    /// Entry `(i, j)` is at row `j` and the colour of row `i`.
    Rows(Places),
    /// From `J·S` and from `Jᵀ·S`.
    Direct(Vec<Reading>, Vec<Reading>),
    Substitution(Substitution),
}

impl Coloring {
    /// Checks the colours, by making the plan.
    pub(super) fn assemble(kind: ColoringKind, pattern: &Pattern, columns: Vec<u32>, rows: Vec<u32>) -> Result<Self> {
        if u32::try_from(pattern.nnz()).is_err() {
            return Err(Error::coloring(kind, format!("{} entries are more than {}", pattern.nnz(), u32::MAX)));
        }
        let (columns, rows) = (Side::new(columns), Side::new(rows));
        let plan = match kind {
            ColoringKind::Columns => {
                direct::check_one_sided(kind, pattern.row_half(), &columns.colors)?;
                let place = |i: usize, j: usize| i * columns.count() + columns.colors[j] as usize;
                Plan::Columns(Places::new(pattern, pattern.rows(), columns.count(), place))
            }
            ColoringKind::Rows => {
                direct::check_one_sided(kind, pattern.column_half(), &rows.colors)?;
                let place = |i: usize, j: usize| j * rows.count() + rows.colors[i] as usize;
                Plan::Rows(Places::new(pattern, pattern.columns(), rows.count(), place))
            }
            ColoringKind::Star => {
                let (readings, none) = direct::plan(kind, pattern, &columns.colors, &columns.colors)?;
                Plan::Direct(readings, none)
            }
            ColoringKind::Acyclic => Plan::Substitution(Substitution::new(pattern, &columns.colors)?),
            ColoringKind::Bidirectional => {
                let (by_columns, by_rows) = direct::plan(kind, pattern, &columns.colors, &rows.colors)?;
                Plan::Direct(by_columns, by_rows)
            }
        };
        Ok(Self(Arc::new(Parts { kind, pattern: pattern.clone(), columns, rows, plan })))
    }

    pub(super) fn parts(&self) -> &Parts {
        &self.0
    }

    /// By entry in column order: the number of the colour by which it is found; colours of rows come after those of columns.
    pub(crate) fn sources(&self) -> Vec<Option<usize>> {
        let pattern = self.pattern();
        match &self.0.plan {
            Plan::Columns(_) | Plan::Substitution(_) => pattern.entries().map(|(_, j)| self.column_color(j)).collect(),
            Plan::Rows(_) => pattern.entries().map(|(i, _)| self.row_color(i)).collect(),
            Plan::Direct(by_columns, by_rows) => {
                let mut sources = vec![None; pattern.nnz()];
                for (readings, before) in [(by_columns, 0), (by_rows, self.column_color_count())] {
                    for reading in readings {
                        sources[reading.place as usize] = Some(before + reading.color as usize);
                    }
                }
                sources
            }
        }
    }

    /// What is coloured.
    #[must_use]
    pub fn kind(&self) -> ColoringKind {
        self.0.kind
    }

    /// The pattern that is coloured.
    #[must_use]
    pub fn pattern(&self) -> &Pattern {
        &self.0.pattern
    }

    /// The number of products in all.
    #[must_use]
    pub fn color_count(&self) -> usize {
        self.column_color_count() + self.row_color_count()
    }

    /// The number of colours of columns: of products `J·S`.
    #[must_use]
    pub fn column_color_count(&self) -> usize {
        self.0.columns.count()
    }

    /// The number of colours of rows: of products `Jᵀ·S`.
    #[must_use]
    pub fn row_color_count(&self) -> usize {
        self.0.rows.count()
    }

    /// The colour of column `j`; `None` if it is in no product.
    #[must_use]
    pub fn column_color(&self, j: usize) -> Option<usize> {
        self.0.columns.get(j)
    }

    /// The colour of row `i`; `None` if it is in no product.
    #[must_use]
    pub fn row_color(&self, i: usize) -> Option<usize> {
        self.0.rows.get(i)
    }

    /// The colours of all columns.
    pub(crate) fn column_colors(&self) -> &[u32] {
        &self.0.columns.colors
    }

    /// The colours of all rows; of a symmetric colouring none.
    pub(crate) fn row_colors(&self) -> &[u32] {
        &self.0.rows.colors
    }

    /// The columns of each colour, ascending.
    #[must_use]
    pub fn column_groups(&self) -> impl ExactSizeIterator<Item = &[u32]> + '_ {
        (0..self.column_color_count()).map(|color| self.0.columns.groups.slice(color))
    }

    /// The rows of each colour, ascending.
    #[must_use]
    pub fn row_groups(&self) -> impl ExactSizeIterator<Item = &[u32]> + '_ {
        (0..self.row_color_count()).map(|color| self.0.rows.groups.slice(color))
    }
}

/// The error of two vertices that need different colours.
pub(super) fn conflict(kind: ColoringKind, pair: (usize, usize), reason: String, plural: &str) -> Error {
    let (first, second) = (pair.0.min(pair.1), pair.0.max(pair.1));
    let reason = format!("{plural} {first} and {second} have {reason}");
    Error::Coloring { kind, conflict: Some((first, second)), reason }
}
