//! Star colouring: no path of four vertices has two colours only, so that every two-coloured component is a star.

use super::graph::Graph;
use super::order::Neighbors;
use super::side::{NEUTRAL, first_free};
use super::slots::{Slots, is_marked, mark};

/// Gives each vertex in turn the first colour that makes no two-coloured path of four vertices.
///
/// `None` as soon as a colour reaches `limit`. A neighbour that is neutral must tell its other neighbours from this one: their colours are forbidden.
///
/// # References
///
/// Gebremedhin, Tarafdar, Manne, Pothen (2007), algorithm 4.1; the stars are kept by the slots of their vertices.
pub(super) fn greedy(graph: &Graph<'_>, order: &[u32], limit: usize) -> Option<Vec<u32>> {
    let mut colors = vec![NEUTRAL; graph.len()];
    let mut slots = Slots::new(graph.starts());
    // By slot of a vertex: whether its one neighbour there is the hub of a star that the vertex is a leaf of.
    let mut leaves = vec![false; slots.room()];
    let mut forbidden = Vec::new();
    let mut repeated = Vec::new();
    for &vertex in order {
        let v = vertex as usize;
        if graph.neutral[v] {
            continue;
        }
        for slot in slots.of(v) {
            if graph.shared_colors {
                mark(&mut forbidden, slots.colors[slot], vertex);
            }
            if slots.counts[slot] > 1 {
                mark(&mut repeated, slots.colors[slot], vertex);
            }
        }
        for w in graph.neighbours(v) {
            // With two neighbours of one colour `v` becomes the hub of a star, and they must be its leaves.
            let all = graph.neutral[w] || is_marked(&repeated, colors[w], vertex);
            for slot in slots.of(w) {
                if all || leaves[slot] {
                    mark(&mut forbidden, slots.colors[slot], vertex);
                }
            }
        }
        let color = first_free(&mut forbidden, vertex);
        if color as usize >= limit {
            return None;
        }
        colors[v] = color;
        for w in graph.neighbours(v) {
            let slot = slots.add(w, color, v);
            // An uncoloured neighbour looks at its slots when its turn comes.
            let Some(own) = slots.find(v, colors[w]).filter(|_| colors[w] != NEUTRAL) else { continue };
            if slots.counts[slot] > 1 {
                leaves[own] = true;
                let first = slots.firsts[slot] as usize;
                if let Some(slot_of_first) = slots.find(first, colors[w]) {
                    leaves[slot_of_first] = true;
                }
            }
            if slots.counts[own] > 1 {
                leaves[slot] = true;
            }
        }
    }
    Some(colors)
}
