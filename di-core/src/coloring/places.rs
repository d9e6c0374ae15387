//! Where entries are in a product in standard layout.

use crate::Pattern;
use crate::sparse::narrow;

/// The place of each entry, in column order, among the numbers of a product; none if there are too many numbers for `u32`.
///
/// 4 bytes an entry, which halve the time of reading.
#[derive(Debug)]
pub(super) struct Places(Vec<u32>);

impl Places {
    pub(super) fn new(pattern: &Pattern, lines: usize, colors: usize, place: impl Fn(usize, usize) -> usize) -> Self {
        let fits = lines.checked_mul(colors).is_some_and(|numbers| u32::try_from(numbers).is_ok());
        Self(if fits { pattern.entries().map(|(i, j)| narrow(place(i, j))).collect() } else { Vec::new() })
    }

    /// Reads all entries; false if their places are not known.
    pub(super) fn read<T: Copy>(&self, product: &[T], values: &mut [T]) -> bool {
        if self.0.len() != values.len() {
            return false;
        }
        // Eight at a time: the time of a loop over single entries went up by a half where it lay badly in the program.
        let (blocks, rest) = values.as_chunks_mut::<8>();
        let (block_places, rest_places) = self.0.as_chunks::<8>();
        for (values, places) in blocks.iter_mut().zip(block_places) {
            for (value, &place) in values.iter_mut().zip(places) {
                *value = product[place as usize];
            }
        }
        for (value, &place) in rest.iter_mut().zip(rest_places) {
            *value = product[place as usize];
        }
        true
    }
}
