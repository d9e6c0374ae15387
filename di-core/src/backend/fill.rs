//! Filling memory at the speed of copying it.

/// Overwrites a slice with one value, by copies of its first items: for values of many bytes, or of bytes that differ, two
/// to three times as fast as [`slice::fill`], which writes them one register at a time.
///
/// For backend authors: outputs are filled with NaN before each evaluation, so that what a function leaves unwritten
/// cannot pass for a derivative.
///
/// ```
/// let mut numbers = [1; 1000];
/// di_core::fill_in_blocks(&mut numbers, 7);
/// assert_eq!(numbers, [7; 1000]);
/// ```
#[inline]
pub fn fill_in_blocks<T: Copy>(slice: &mut [T], value: T) {
    if size_of_val(slice) <= SHORT_BYTES {
        slice.fill(value);
    } else {
        fill_by_copies(slice, value);
    }
}

// It would share registers with the function that is evaluated next, which took a tenth longer.
#[inline(never)]
fn fill_by_copies<T: Copy>(slice: &mut [T], value: T) {
    let block = (BLOCK_BYTES / size_of::<T>().max(1)).max(1);
    let (first, rest) = slice.split_at_mut(block.min(slice.len()));
    first.fill(value);
    for copy in rest.chunks_mut(block) {
        copy.copy_from_slice(&first[..copy.len()]);
    }
}

/// What is filled sooner than a function is called.
const SHORT_BYTES: usize = 64;

/// Small enough to stay in the cache nearest to the processor.
const BLOCK_BYTES: usize = 4096;
