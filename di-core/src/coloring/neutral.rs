//! Post-processing: colours that no entry needs are dropped.

use super::direct::{BY_COLUMN, BY_ROW, readable};
use super::side::NEUTRAL;
use crate::Pattern;

const EITHER: u8 = BY_COLUMN | BY_ROW;

/// Takes the colour from every column and row that no entry is to be read by, and keeps as few colours as it easily can.
///
/// An entry that can be read in one way only needs it. Of two ways one is kept: that which is needed anyway, else that
/// whose colour is needed anyway, else that whose colour serves more such entries.
///
/// # References
///
/// Montoison, Dalle, Gebremedhin (2025), on neutral colours and post-processing.
pub(super) fn drop_unneeded(pattern: &Pattern, columns: &mut [u32], rows: &mut [u32]) {
    let ways = readable(pattern, columns, rows);
    let mut kept = [Needed::new(columns), Needed::new(rows)];
    for (&way, (i, j)) in ways.iter().zip(pattern.entries()) {
        match way {
            BY_COLUMN => kept[0].need(columns, j),
            BY_ROW => kept[1].need(rows, i),
            EITHER => {
                kept[0].served[columns[j] as usize] += 1;
                kept[1].served[rows[i] as usize] += 1;
            }
            _ => {}
        }
    }
    for (_, (i, j)) in ways.iter().zip(pattern.entries()).filter(|(way, _)| **way == EITHER) {
        if kept[0].vertices[j] || kept[1].vertices[i] {
            continue;
        }
        let (a, b) = (columns[j] as usize, rows[i] as usize);
        let rank = |side: &Needed, color: usize| (side.colors[color], side.served[color]);
        if rank(&kept[0], a) >= rank(&kept[1], b) {
            kept[0].need(columns, j);
        } else {
            kept[1].need(rows, i);
        }
    }
    kept[0].apply(columns);
    kept[1].apply(rows);
}

/// The same for one colouring of a symmetric pattern, where an entry is read by its column or by its mirror image's.
pub(super) fn drop_unneeded_symmetric(pattern: &Pattern, colors: &mut [u32]) {
    let ways = readable(pattern, colors, colors);
    let mut kept = Needed::new(colors);
    for (&way, (i, j)) in ways.iter().zip(pattern.entries()) {
        match way {
            BY_COLUMN => kept.need(colors, j),
            BY_ROW => kept.need(colors, i),
            EITHER => kept.served[colors[j] as usize] += 1,
            _ => {}
        }
    }
    for (_, (i, j)) in ways.iter().zip(pattern.entries()).filter(|(way, _)| **way == EITHER) {
        if !kept.vertices[i] && !kept.vertices[j] {
            let rank = |v: usize| (kept.colors[colors[v] as usize], kept.served[colors[v] as usize]);
            let chosen = if rank(j) >= rank(i) { j } else { i };
            kept.need(colors, chosen);
        }
    }
    kept.apply(colors);
}

/// Which vertices and colours are needed.
struct Needed {
    vertices: Vec<bool>,
    colors: Vec<bool>,
    /// By colour: how many entries could be read by it, or by another.
    served: Vec<u32>,
}

impl Needed {
    fn new(colors: &[u32]) -> Self {
        let count = colors.iter().filter(|&&color| color != NEUTRAL).max().map_or(0, |&color| color as usize + 1);
        Self { vertices: vec![false; colors.len()], colors: vec![false; count], served: vec![0; count] }
    }

    fn need(&mut self, colors: &[u32], vertex: usize) {
        self.vertices[vertex] = true;
        self.colors[colors[vertex] as usize] = true;
    }

    fn apply(&self, colors: &mut [u32]) {
        for (color, _) in colors.iter_mut().zip(&self.vertices).filter(|(_, needed)| !**needed) {
            *color = NEUTRAL;
        }
    }
}
