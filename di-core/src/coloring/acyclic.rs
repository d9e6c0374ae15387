//! Acyclic colouring: no cycle has two colours only, so that every two-coloured component is a tree.

use super::graph::Graph;
use super::order::Neighbors;
use super::side::{NEUTRAL, first_free};
use super::slots::{Slots, is_marked, mark};

/// Gives each vertex in turn the first colour that closes no two-coloured cycle.
///
/// # References
///
/// Gebremedhin, Tarafdar, Manne, Pothen (2007), algorithm 3.1; the trees are disjoint sets of slots.
pub(super) fn greedy(graph: &Graph<'_>, order: &[u32]) -> Vec<u32> {
    let mut colors = vec![NEUTRAL; graph.len()];
    let mut slots = Slots::new(graph.starts());
    let mut trees = DisjointSets::new(slots.room());
    // By tree: the vertex in whose turn it was met last, and by way of which neighbour.
    let mut visits = vec![(NEUTRAL, 0); slots.room()];
    let mut forbidden = Vec::new();
    for &vertex in order {
        let v = vertex as usize;
        for slot in slots.of(v) {
            mark(&mut forbidden, slots.colors[slot], vertex);
        }
        for w in graph.neighbours(v).filter(|&w| colors[w] != NEUTRAL) {
            for slot in slots.of(w) {
                let color = slots.colors[slot];
                if is_marked(&forbidden, color, vertex) {
                    continue;
                }
                let visit = &mut visits[trees.find(slot)];
                if visit.0 == vertex && visit.1 != w {
                    mark(&mut forbidden, color, vertex);
                } else {
                    *visit = (vertex, w);
                }
            }
        }
        let color = first_free(&mut forbidden, vertex);
        colors[v] = color;
        for w in graph.neighbours(v) {
            let slot = slots.add(w, color, v);
            if let Some(own) = slots.find(v, colors[w]).filter(|_| colors[w] != NEUTRAL) {
                trees.unite(own, slot);
            }
        }
    }
    colors
}

/// Sets that are united; find by path halving, union by index.
struct DisjointSets(Vec<usize>);

impl DisjointSets {
    fn new(len: usize) -> Self {
        Self((0..len).collect())
    }

    fn find(&mut self, mut member: usize) -> usize {
        while self.0[member] != member {
            self.0[member] = self.0[self.0[member]];
            member = self.0[member];
        }
        member
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b)] = a.min(b);
    }
}
