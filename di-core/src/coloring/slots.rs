//! Which colours the neighbours of each vertex have: what star and acyclic colouring look at.

use super::side::NEUTRAL;
use crate::sparse::narrow;

/// For each vertex a short list of slots, one for each colour among its coloured neighbours.
///
/// All edges of a slot are of one two-coloured component. To look at the slots of a vertex instead of its neighbours keeps
/// vertices of high degree cheap.
#[derive(Debug)]
pub(super) struct Slots {
    starts: Vec<usize>,
    /// By vertex: how many slots it has.
    lens: Vec<u32>,
    /// By slot.
    pub(super) colors: Vec<u32>,
    /// By slot: the first neighbour that came.
    pub(super) firsts: Vec<u32>,
    /// By slot: the number of neighbours.
    pub(super) counts: Vec<u32>,
}

impl Slots {
    /// None yet; a vertex can have as many as it has neighbours.
    pub(super) fn new(starts: &[usize]) -> Self {
        let all = starts[starts.len() - 1];
        Self {
            starts: starts.to_vec(),
            lens: vec![0; starts.len() - 1],
            colors: vec![NEUTRAL; all],
            firsts: vec![NEUTRAL; all],
            counts: vec![0; all],
        }
    }

    /// The room for all slots.
    pub(super) fn room(&self) -> usize {
        self.colors.len()
    }

    /// The slots of a vertex.
    pub(super) fn of(&self, vertex: usize) -> std::ops::Range<usize> {
        let start = self.starts[vertex];
        start..start + self.lens[vertex] as usize
    }

    /// The slot of a vertex for this colour.
    pub(super) fn find(&self, vertex: usize, color: u32) -> Option<usize> {
        self.of(vertex).find(|&slot| self.colors[slot] == color)
    }

    /// Notes that `vertex` has a neighbour of this colour, and returns the slot.
    pub(super) fn add(&mut self, vertex: usize, color: u32, neighbour: usize) -> usize {
        let slot = self.find(vertex, color).unwrap_or_else(|| {
            let slot = self.of(vertex).end;
            self.lens[vertex] += 1;
            self.colors[slot] = color;
            self.firsts[slot] = narrow(neighbour);
            slot
        });
        self.counts[slot] += 1;
        slot
    }
}

/// Marks a colour with a stamp; the marks grow where need be.
pub(super) fn mark(marks: &mut Vec<u32>, color: u32, stamp: u32) {
    let color = color as usize;
    if color >= marks.len() {
        marks.resize(color + 1, NEUTRAL);
    }
    marks[color] = stamp;
}

/// Whether a colour has this stamp.
pub(super) fn is_marked(marks: &[u32], color: u32, stamp: u32) -> bool {
    marks.get(color as usize) == Some(&stamp)
}
