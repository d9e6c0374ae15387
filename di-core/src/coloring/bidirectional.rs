//! Star bicolouring: columns and rows are coloured so that each entry can be read from a product with one or the other.

use super::graph::Graph;
use super::method::one_sided;
use super::neutral::drop_unneeded;
use super::order::Order;
use super::side::{NEUTRAL, count};
use super::star;
use crate::Pattern;

/// Colours of columns and of rows; the best of several ways, and never more than columns or rows alone need.
///
/// A greedy colouring of everything spends colours on rows that need none. So rows that are short are made neutral
/// beforehand, so that columns alone serve them, with the length that promises the fewest colours; and the same with
/// columns and rows exchanged.
///
/// # References
///
/// Gebremedhin, Manne, Pothen (2005), section 6; Coleman and Verma, "The efficient computation of sparse Jacobian matrices
/// using automatic differentiation", *SIAM Journal on Scientific Computing* 19 (1998); Montoison, Dalle, Gebremedhin (2025).
pub(super) fn color(pattern: &Pattern, orders: &[Order], post_process: bool) -> (Vec<u32>, Vec<u32>) {
    let (m, n) = (pattern.rows(), pattern.columns());
    let mut best = Best { pattern, post_process, found: None };
    let mut graph = Graph::bipartite(pattern);
    let orders_of_both: Vec<Vec<u32>> = orders.iter().map(|order| order.arrange(&graph)).collect();
    let short_rows = short((0..m).map(|i| pattern.row(i).len()));
    let short_columns = short((0..n).map(|j| pattern.column(j).len()));
    let none = |len| vec![false; len];
    for neutral in [[short_rows, none(n)], [none(m), short_columns], [none(m), none(n)]] {
        graph.neutral = neutral.concat();
        for order in &orders_of_both {
            // Colours that are far more than the best so far will not become fewer in the end, and cost time.
            let limit = best.count().saturating_mul(4);
            let Some(mut rows) = star::greedy(&graph, order, limit) else { continue };
            let columns = rows.split_off(m);
            best.offer(columns, rows);
        }
    }
    if pattern.longest_row() < best.count() {
        best.offer(one_sided(pattern.column_half(), pattern.row_half(), orders, true), vec![NEUTRAL; m]);
    }
    if pattern.longest_column() < best.count() {
        best.offer(vec![NEUTRAL; n], one_sided(pattern.row_half(), pattern.column_half(), orders, true));
    }
    best.found.map_or_else(|| (vec![NEUTRAL; n], vec![NEUTRAL; m]), |(_, columns, rows)| (columns, rows))
}

/// Which lists are so short that they are left to the other side: if those longer than `t` get a colour each and the others
/// need `t` colours, that is the fewest in all.
fn short(lens: impl Iterator<Item = usize> + Clone) -> Vec<bool> {
    let mut sorted: Vec<usize> = lens.clone().collect();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let limit =
        sorted.iter().enumerate().map(|(longer, &limit)| (longer + limit, limit)).min().map_or(0, |best| best.1);
    lens.map(|len| len <= limit).collect()
}

/// The best colouring so far.
struct Best<'a> {
    pattern: &'a Pattern,
    post_process: bool,
    found: Option<(usize, Vec<u32>, Vec<u32>)>,
}

impl Best<'_> {
    fn offer(&mut self, mut columns: Vec<u32>, mut rows: Vec<u32>) {
        if self.post_process {
            drop_unneeded(self.pattern, &mut columns, &mut rows);
        }
        let total = count(&columns) + count(&rows);
        if total < self.count() {
            self.found = Some((total, columns, rows));
        }
    }

    fn count(&self) -> usize {
        self.found.as_ref().map_or(usize::MAX, |found| found.0)
    }
}
