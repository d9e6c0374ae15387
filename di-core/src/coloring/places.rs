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
        for (value, &place) in values.iter_mut().zip(&self.0) {
            *value = product[place as usize];
        }
        true
    }
}
