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
        let count = colors.iter().filter(|&&color| color != NEUTRAL).max().map_or(0, |&color| color as usize + 1);
        let mut names = vec![NEUTRAL; count];
        for &color in colors.iter().filter(|&&color| color != NEUTRAL) {
            names[color as usize] = 0;
        }
        let mut used = 0;
        for name in names.iter_mut().filter(|name| **name != NEUTRAL) {
            *name = used;
            used += 1;
        }
        let mut pairs = Vec::with_capacity(colors.len());
        for (vertex, color) in colors.iter_mut().enumerate() {
            if *color != NEUTRAL {
                *color = names[*color as usize];
                pairs.push((*color, narrow(vertex)));
            }
        }
        let groups = Compressed::group(used as usize, colors.len(), &pairs);
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
    Side::new(colors.to_vec()).count()
}

/// The smallest colour that is not marked with `stamp`; the marks grow where need be.
pub(super) fn first_free(marks: &mut Vec<u32>, stamp: u32) -> u32 {
    let free = marks.iter().position(|&mark| mark != stamp).unwrap_or(marks.len());
    if free == marks.len() {
        marks.push(NEUTRAL);
    }
    narrow(free)
}
