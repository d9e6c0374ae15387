//! The colours of all columns, or of all rows.

use crate::sparse::{Compressed, narrow};

/// The colour of what is in no product.
pub(super) const NEUTRAL: u32 = u32::MAX;

/// A colour for each vertex, and the vertices of each colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Side {
    /// By vertex; less than the number of groups, or [`NEUTRAL`].
    pub(super) colors: Vec<u32>,
    /// By colour: the vertices, ascending; none is empty.
    pub(super) groups: Compressed,
}

impl Side {
    /// Renumbers the colours so that none is missing, keeping their order.
    pub(super) fn new(mut colors: Vec<u32>) -> Self {
        let sizes = sizes(&colors);
        let mut names = vec![NEUTRAL; sizes.len()];
        let mut starts = vec![0];
        for (name, &size) in names.iter_mut().zip(&sizes).filter(|(_, size)| **size > 0) {
            *name = narrow(starts.len() - 1);
            starts.push(starts[starts.len() - 1] + size);
        }
        let mut next = starts.clone();
        let mut vertices = vec![0; next[next.len() - 1]];
        for (vertex, color) in colors.iter_mut().enumerate().filter(|(_, color)| **color != NEUTRAL) {
            *color = names[*color as usize];
            let slot = &mut next[*color as usize];
            vertices[*slot] = narrow(vertex);
            *slot += 1;
        }
        let groups = Compressed { minor_len: colors.len(), starts, indices: vertices };
        Self { colors, groups }
    }

    pub(super) fn count(&self) -> usize {
        self.groups.major_len()
    }

    pub(super) fn get(&self, vertex: usize) -> Option<usize> {
        let color = *self.colors.get(vertex)?;
        (color != NEUTRAL).then_some(color as usize)
    }
}

/// The number of colours in use.
pub(super) fn count(colors: &[u32]) -> usize {
    sizes(colors).iter().filter(|&&size| size > 0).count()
}

/// By colour, up to the last one in use: how many vertices have it.
fn sizes(colors: &[u32]) -> Vec<usize> {
    let mut sizes = Vec::new();
    for &color in colors.iter().filter(|&&color| color != NEUTRAL) {
        if color as usize >= sizes.len() {
            sizes.resize(color as usize + 1, 0);
        }
        sizes[color as usize] += 1;
    }
    sizes
}

/// The smallest colour that is not marked with `stamp`; the marks grow where need be.
pub(super) fn first_free(marks: &mut Vec<u32>, stamp: u32) -> u32 {
    let free = marks.iter().position(|&mark| mark != stamp).unwrap_or(marks.len());
    if free == marks.len() {
        marks.push(NEUTRAL);
    }
    narrow(free)
}
