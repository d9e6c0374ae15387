//! Graphs whose neighbours are coloured differently: of a symmetric pattern, and of the rows and columns of any.

use super::order::Neighbors;
use crate::Pattern;
use crate::sparse::{Compressed, narrow};
use std::borrow::Cow;

/// An undirected graph. What is [neutral](Graph::neutral) is to have no colour.
#[derive(Debug)]
pub(super) struct Graph<'a> {
    adjacency: Cow<'a, Compressed>,
    /// By vertex.
    pub(super) neutral: Vec<bool>,
    /// Whether neighbours choose among the same colours, and then differ.
    pub(super) shared_colors: bool,
}

impl<'a> Graph<'a> {
    /// The columns of a symmetric pattern; `i` and `j` are neighbours if `(i, j)` is an entry.
    pub(super) fn symmetric(pattern: &'a Pattern) -> Self {
        let adjacency = Cow::Borrowed(pattern.column_half());
        Self { adjacency, neutral: vec![false; pattern.columns()], shared_colors: true }
    }

    /// The rows, then the columns of a pattern; `i` and `m + j` are neighbours if `(i, j)` is an entry.
    pub(super) fn bipartite(pattern: &Pattern) -> Self {
        let (m, n) = (pattern.rows(), pattern.columns());
        let mut starts = pattern.row_starts().to_vec();
        starts.extend(pattern.column_starts()[1..].iter().map(|start| pattern.nnz() + start));
        let mut indices: Vec<u32> = pattern.column_indices().iter().map(|&j| narrow(m) + j).collect();
        indices.extend_from_slice(pattern.row_indices());
        let adjacency = Cow::Owned(Compressed { minor_len: m + n, starts, indices });
        Self { adjacency, neutral: vec![false; m + n], shared_colors: false }
    }

    /// Where the neighbours of each vertex start in a list of all.
    pub(super) fn starts(&self) -> &[usize] {
        &self.adjacency.starts
    }

    pub(super) fn neighbours(&self, v: usize) -> impl Iterator<Item = usize> + '_ {
        self.adjacency.slice(v).iter().map(|&u| u as usize).filter(move |&u| u != v)
    }
}

impl Neighbors for Graph<'_> {
    fn len(&self) -> usize {
        self.adjacency.major_len()
    }

    fn for_each(&self, v: usize, visit: impl FnMut(usize)) {
        self.neighbours(v).for_each(visit);
    }
}
