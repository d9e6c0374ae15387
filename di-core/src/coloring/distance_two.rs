//! Colours for columns such that no row has two of one colour: partial distance-2 colouring of the bipartite graph.

use super::order::Neighbors;
use super::side::{NEUTRAL, first_free};
use crate::sparse::Compressed;

/// The columns, where those that share a row are neighbours. With the two halves exchanged: the rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared<'a> {
    /// The rows of each column.
    pub(super) out: &'a Compressed,
    /// The columns of each row.
    pub(super) back: &'a Compressed,
}

impl Neighbors for Shared<'_> {
    fn len(&self) -> usize {
        self.out.major_len()
    }

    fn for_each(&self, v: usize, mut visit: impl FnMut(usize)) {
        for &row in self.out.slice(v) {
            for &column in self.back.slice(row as usize) {
                visit(column as usize);
            }
        }
    }
}

/// Gives each vertex in turn the first colour that none of its neighbours has.
pub(super) fn greedy(graph: Shared<'_>, order: &[u32]) -> Vec<u32> {
    let mut colors = vec![NEUTRAL; graph.len()];
    let mut marks = Vec::new();
    // Fits: `marks` holds every colour in use, and `NEUTRAL` is beyond them.
    for &vertex in order {
        let v = vertex as usize;
        graph.for_each(v, |u| {
            if let Some(mark) = marks.get_mut(colors[u] as usize) {
                *mark = vertex;
            }
        });
        colors[v] = first_free(&mut marks, vertex);
    }
    colors
}
