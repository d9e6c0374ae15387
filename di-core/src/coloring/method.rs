//! How a colouring is made.

use super::closed::{self, Closed};
use super::distance_two::{self, Shared};
use super::graph::Graph;
use super::neutral::drop_unneeded_symmetric;
use super::order::{Neighbors, Order};
use super::side::{NEUTRAL, count};
use super::{acyclic, bidirectional, lattice, star};
use crate::sparse::Compressed;
use crate::{Coloring, ColoringKind, Error, Pattern, Result};

/// A kind of colouring and the orders to try.
///
/// Banded and block-banded structures, with or without wrap-around, are recognised and coloured by formula, which is then
/// optimal; else the colouring is greedy, the best of those in the orders given. Columns and rows of stencils on grids are
/// also coloured by their position, where that takes fewer colours than the greedy ones: five for five points.
///
/// # Examples
///
/// ```
/// use di_core::{ColoringMethod, Order, Pattern};
///
/// let pattern = Pattern::banded(50, 50, 5, 5)?;
/// let best_of_two = ColoringMethod::star().orders(&[Order::Natural, Order::SmallestLast]);
/// assert_eq!(best_of_two.color(&pattern)?.color_count(), 11);
/// assert_eq!(ColoringMethod::acyclic().color(&pattern)?.color_count(), 6);
/// # Ok::<(), di_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColoringMethod {
    kind: ColoringKind,
    orders: Vec<Order>,
    closed: bool,
    post_process: bool,
}

impl ColoringMethod {
    /// The method of this kind: by formula where the structure is recognised, else greedy in natural order.
    #[must_use]
    pub fn new(kind: ColoringKind) -> Self {
        Self { kind, orders: vec![Order::default()], closed: true, post_process: true }
    }

    /// Columns: for Jacobians by pushforwards.
    #[must_use]
    pub fn columns() -> Self {
        Self::new(ColoringKind::Columns)
    }

    /// Rows: for Jacobians by pullbacks.
    #[must_use]
    pub fn rows() -> Self {
        Self::new(ColoringKind::Rows)
    }

    /// Columns and rows: for Jacobians by pushforwards and pullbacks.
    #[must_use]
    pub fn bidirectional() -> Self {
        Self::new(ColoringKind::Bidirectional)
    }

    /// For Hessians, whose entries are then read.
    #[must_use]
    pub fn star() -> Self {
        Self::new(ColoringKind::Star)
    }

    /// For Hessians, whose entries are then found by substitution: fewest colours, and rounding errors that add up along
    /// the paths of trees.
    #[must_use]
    pub fn acyclic() -> Self {
        Self::new(ColoringKind::Acyclic)
    }

    /// Colours greedily in each of these orders and takes the best; the first of equals. None is as natural order.
    #[must_use]
    pub fn orders(self, orders: &[Order]) -> Self {
        let orders = if orders.is_empty() { vec![Order::default()] } else { orders.to_vec() };
        Self { orders, ..self }
    }

    /// Whether banded structures and grids are coloured by formula; they are unless this says no.
    #[must_use]
    pub fn closed_forms(self, closed: bool) -> Self {
        Self { closed, ..self }
    }

    /// Whether colours that no entry needs are dropped, of star and bidirectional colourings; they are unless this says no.
    #[must_use]
    pub fn post_processing(self, post_process: bool) -> Self {
        Self { post_process, ..self }
    }

    /// The kind of colouring that is made.
    #[must_use]
    pub fn kind(&self) -> ColoringKind {
        self.kind
    }

    /// Colours a pattern.
    ///
    /// # Cost
    ///
    /// For each order, columns and rows: the sum over all entries of the length of their row (column). Star, acyclic and
    /// bidirectional: the sum over all entries of the number of colours in their row; three ways for bidirectional.
    ///
    /// # Errors
    ///
    /// [`Error::Coloring`] if a star or acyclic colouring is asked for and the pattern is not symmetric, or the pattern
    /// has more than 2³² entries.
    pub fn color(&self, pattern: &Pattern) -> Result<Coloring> {
        if self.kind.is_symmetric() && !pattern.is_symmetric() {
            let reason = "the pattern is not symmetric: color its columns instead, or unite it with its transposed";
            return Err(Error::coloring(self.kind, reason.into()));
        }
        let (m, n) = (pattern.rows(), pattern.columns());
        let (by_column, by_row) = (pattern.column_half(), pattern.row_half());
        let (mut columns, mut rows) = match self.kind {
            ColoringKind::Columns => (one_sided(by_column, by_row, &self.orders, self.closed), vec![NEUTRAL; m]),
            ColoringKind::Rows => (vec![NEUTRAL; n], one_sided(by_row, by_column, &self.orders, self.closed)),
            ColoringKind::Star | ColoringKind::Acyclic => (self.symmetric(pattern), Vec::new()),
            ColoringKind::Bidirectional => bidirectional::color(pattern, &self.orders, self.post_process),
        };
        neutral_if_empty(by_column, &mut columns);
        neutral_if_empty(by_row, &mut rows);
        Coloring::assemble(self.kind, pattern, columns, rows)
    }

    fn symmetric(&self, pattern: &Pattern) -> Vec<u32> {
        let acyclic = self.kind == ColoringKind::Acyclic;
        let half = pattern.column_half();
        let formula = self.closed.then(|| if acyclic { closed::acyclic(half) } else { closed::star(half) });
        let graph = Graph::symmetric(pattern);
        let colors = best(formula, &self.orders, &graph, |order| {
            if acyclic {
                return acyclic::greedy(&graph, order);
            }
            let mut colors = star::greedy(&graph, order, usize::MAX).unwrap_or_default();
            if self.post_process {
                drop_unneeded_symmetric(pattern, &mut colors);
            }
            colors
        });
        // Columns of which no two share a row are a star colouring, too.
        let fewer = if self.closed && !acyclic { lattice::columns(half, count(&colors)) } else { None };
        fewer.unwrap_or(colors)
    }
}

/// Columns of which no two of one colour share a row, given the rows of each and the columns of each row; or reversed.
pub(super) fn one_sided(out: &Compressed, back: &Compressed, orders: &[Order], closed: bool) -> Vec<u32> {
    let graph = Shared { out, back };
    let colors =
        best(closed.then(|| closed::columns(back)), orders, &graph, |order| distance_two::greedy(graph, order));
    let fewer = if closed { lattice::columns(back, count(&colors)) } else { None };
    fewer.unwrap_or(colors)
}

/// The best of a formula and of a greedy colouring in each order; the formula alone if it is optimal.
fn best(
    formula: Option<Closed>,
    orders: &[Order],
    graph: &impl Neighbors,
    greedy: impl Fn(&[u32]) -> Vec<u32>,
) -> Vec<u32> {
    let formula = match formula {
        Some(Closed { colors, optimal: true }) => return colors,
        other => other.map(|closed| closed.colors),
    };
    let candidates = formula.into_iter().chain(orders.iter().map(|order| greedy(&order.arrange(graph))));
    candidates.min_by_key(|colors| count(colors)).unwrap_or_default()
}

/// What has no entry needs no colour.
fn neutral_if_empty(lists: &Compressed, colors: &mut [u32]) {
    for (vertex, color) in colors.iter_mut().enumerate() {
        if lists.slice(vertex).is_empty() {
            *color = NEUTRAL;
        }
    }
}
