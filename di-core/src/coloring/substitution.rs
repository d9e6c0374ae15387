//! How the entries of a symmetric matrix are found from products of an acyclic colouring.

use super::decompress::Product;
use super::direct::Reading;
use super::side::NEUTRAL;
use super::value::conflict;
use crate::sparse::narrow;
use crate::{ColoringKind, Error, Pattern, Result};
use std::ops::Sub;

/// Entries that are read, then entries that are found from others, in an order in which those are known.
#[derive(Debug)]
pub(super) struct Substitution {
    /// The diagonal.
    readings: Vec<Reading>,
    /// The edges of all trees, leaves before their parents.
    steps: Vec<Step>,
    /// The places of what is subtracted, step by step.
    subtracted: Vec<u32>,
}

/// An entry and its mirror image: the product at `line` and `color`, less what other entries of that line add to it.
#[derive(Clone, Copy, Debug)]
struct Step {
    place: u32,
    mirror: u32,
    line: u32,
    color: u32,
    /// Where the next step's part of `subtracted` starts.
    end: usize,
}

impl Substitution {
    /// Makes the trees of every pair of colours.
    ///
    /// # Errors
    ///
    /// [`Error::Coloring`] if neighbours have one colour, or a cycle has two.
    pub(super) fn new(pattern: &Pattern, colors: &[u32]) -> Result<Self> {
        let forest = Forest::new(pattern, colors);
        let mut plan = Self { readings: Vec::new(), steps: Vec::new(), subtracted: Vec::new() };
        for (place, (i, j)) in pattern.entries().enumerate() {
            if colors[j] == NEUTRAL {
                return Err(Error::coloring(ColoringKind::Acyclic, format!("column {j} has an entry, but no colour")));
            } else if i == j {
                plan.readings.push(Reading { place: narrow(place), line: narrow(i), color: colors[i] });
            } else if colors[i] == colors[j] {
                return Err(conflict(
                    ColoringKind::Acyclic,
                    (i, j),
                    format!("one colour, and ({i}, {j}) is an entry"),
                    "columns",
                ));
            }
        }
        let mut parents = vec![None; forest.slots.len()];
        let mut visited = vec![0_u8; forest.slots.len()];
        for start in 0..forest.slots.len() {
            if visited[start] != 0 {
                continue;
            }
            let tree = forest.walk(start, &mut visited, 1, &mut parents)?;
            // From the vertex with the most neighbours the fewest subtractions are needed: none in a star.
            let root = tree.iter().copied().max_by_key(|&slot| forest.places(slot).len()).unwrap_or(start);
            parents[root] = None;
            let tree = forest.walk(root, &mut visited, 2, &mut parents)?;
            for &slot in tree.iter().rev() {
                let Some(place) = parents[slot] else { continue };
                let parent = pattern.row_indices()[place as usize];
                plan.subtracted.extend(forest.places(slot).iter().filter(|&&child| child != place));
                plan.steps.push(Step {
                    place,
                    mirror: forest.mirrors[place as usize],
                    line: forest.vertices[slot],
                    color: colors[parent as usize],
                    end: plan.subtracted.len(),
                });
            }
        }
        Ok(plan)
    }

    /// Finds all entries from the product `H·S`.
    pub(super) fn run<T: Copy + Sub<Output = T>>(&self, product: &impl Product<T>, values: &mut [T]) {
        for reading in &self.readings {
            values[reading.place as usize] = product.at(reading.line, reading.color);
        }
        let mut start = 0;
        for step in &self.steps {
            let mut value = product.at(step.line, step.color);
            for &place in &self.subtracted[start..step.end] {
                value = value - values[place as usize];
            }
            start = step.end;
            values[step.place as usize] = value;
            values[step.mirror as usize] = value;
        }
    }
}

/// The off-diagonal entries, sorted into slots: those of one column whose rows have one colour.
///
/// A slot is a vertex of one tree, and its entries are the edges there.
struct Forest<'a> {
    pattern: &'a Pattern,
    /// By entry: the place of its mirror image.
    mirrors: Vec<u32>,
    /// Places of entries, slot by slot.
    places: Vec<u32>,
    /// By slot: where it starts and ends in `places`.
    slots: Vec<(usize, usize)>,
    /// By slot: its column.
    vertices: Vec<u32>,
    /// By entry: its slot.
    slot_of: Vec<u32>,
}

impl<'a> Forest<'a> {
    fn new(pattern: &'a Pattern, colors: &[u32]) -> Self {
        let rows = pattern.row_indices();
        let mut next = pattern.column_starts().to_vec();
        let mut mirrors = vec![0; pattern.nnz()];
        for (mirror, (i, _)) in mirrors.iter_mut().zip(pattern.entries()) {
            *mirror = narrow(next[i]);
            next[i] += 1;
        }
        let mut forest =
            Self { pattern, mirrors, places: Vec::new(), slots: Vec::new(), vertices: Vec::new(), slot_of: Vec::new() };
        forest.slot_of = vec![NEUTRAL; pattern.nnz()];
        let color = |place: u32| colors[rows[place as usize] as usize];
        for j in 0..pattern.columns() {
            let (first, last) = (pattern.column_starts()[j], pattern.column_starts()[j + 1]);
            let start = forest.places.len();
            forest.places.extend((first..last).map(narrow).filter(|&place| rows[place as usize] as usize != j));
            forest.places[start..].sort_by_key(|&place| color(place));
            let mut from = start;
            for run in forest.places[start..].chunk_by(|&a, &b| color(a) == color(b)) {
                for &place in run {
                    forest.slot_of[place as usize] = narrow(forest.slots.len());
                }
                forest.slots.push((from, from + run.len()));
                forest.vertices.push(narrow(j));
                from += run.len();
            }
        }
        forest
    }

    fn places(&self, slot: usize) -> &[u32] {
        &self.places[self.slots[slot].0..self.slots[slot].1]
    }

    /// The tree from `root` in breadth-first order; notes in each slot the place of its edge to its parent.
    fn walk(&self, root: usize, visited: &mut [u8], stamp: u8, parents: &mut [Option<u32>]) -> Result<Vec<usize>> {
        let mut tree = vec![root];
        visited[root] = stamp;
        let mut turn = 0;
        while let Some(&slot) = tree.get(turn) {
            turn += 1;
            let parent = parents[slot];
            for &place in self.places(slot).iter().filter(|&&place| Some(place) != parent) {
                let mirror = self.mirrors[place as usize];
                let child = self.slot_of[mirror as usize] as usize;
                if visited[child] == stamp {
                    return Err(self.cycle(self.vertices[slot], child));
                }
                visited[child] = stamp;
                parents[child] = Some(mirror);
                tree.push(child);
            }
        }
        Ok(tree)
    }

    /// The error of a cycle through `vertex` and another vertex of its colour, both neighbours at `slot`.
    fn cycle(&self, vertex: u32, slot: usize) -> Error {
        let rows = self.places(slot).iter().map(|&place| self.pattern.row_indices()[place as usize]);
        let other = rows.into_iter().find(|&row| row != vertex).unwrap_or(vertex);
        let reason = format!("one colour, and lie on a cycle of two colours through column {}", self.vertices[slot]);
        conflict(ColoringKind::Acyclic, (vertex as usize, other as usize), reason, "columns")
    }
}
