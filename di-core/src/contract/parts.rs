//! Parts of a slice that are written into at once.

use super::storage::{Buffer, add_to};
use crate::Scalar;

/// Parts of a slice, each with its start and length.
///
/// # Panics
///
/// If two of them overlap, or one is not inside of the slice. They overlap where a `&mut` slice goes by its name into a
/// parameter `&[T]` beside a part of it: write `&a[..]` there.
#[must_use]
pub fn disjoint<X, const N: usize>(slice: &mut [X], parts: [(usize, usize); N]) -> [&mut [X]; N] {
    let mut order: [usize; N] = std::array::from_fn(|i| i);
    order.sort_unstable_by_key(|&i| parts[i]);
    let mut found: [&mut [X]; N] = std::array::from_fn(|_| Default::default());
    let (mut rest, mut passed) = (slice, 0);
    for i in order {
        let (start, len) = parts[i];
        if len > 0 {
            assert!(passed <= start, "parts of one slice overlap in a call: write `&a[..]` for what is only read");
            let (part, after) = rest[start - passed..].split_at_mut(len);
            (found[i], rest, passed) = (part, after, start + len);
        }
    }
    found
}

/// Runs code that adds to parts of a slice, all of one length, that begin at these places; not if they are empty.
///
/// Where parts overlap, the code is given others, that are zero, and these are added to the slice afterwards.
///
/// # Panics
///
/// If one of them is not inside of the slice.
#[inline]
pub fn apart<T: Scalar, const N: usize>(
    slice: &mut [T],
    starts: [usize; N],
    len: usize,
    run: impl FnOnce([&mut [T]; N]),
) {
    if len == 0 {
        return;
    }
    let (mut held, mut overlap) = (Buffer::take(), false);
    let parts = if let Ok(parts) = slice.get_disjoint_mut(starts.map(|start| start..start + len)) {
        parts
    } else {
        overlap = true;
        zeros(&mut held, len)
    };
    run(parts);
    if overlap {
        starts.iter().zip(held.chunks_exact(len)).for_each(|(&start, from)| add_to(&mut slice[start..][..len], from));
    }
}

#[cold]
#[inline(never)]
fn zeros<T: Scalar, const N: usize>(held: &mut Buffer<T>, len: usize) -> [&mut [T]; N] {
    held.grow(N * len, T::zero());
    let mut parts = held.chunks_exact_mut(len);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn parts_are_added_to_beside_each_other_and_where_they_overlap() {
        let mut slice = [1.0; 6];
        let run = |[a, b]: [&mut [f64]; 2]| {
            for i in 0..2 {
                a[i] += 1.0;
                b[i] += 10.0;
            }
        };
        apart(&mut slice, [4, 1], 2, run);
        assert_eq!(slice, [1.0, 11.0, 11.0, 1.0, 2.0, 2.0]);
        apart(&mut slice, [0, 1], 2, run);
        assert_eq!(slice, [2.0, 22.0, 21.0, 1.0, 2.0, 2.0]);
        apart(&mut slice, [9, 9], 0, |_: [&mut [f64]; 2]| unreachable!());
    }

    #[test]
    #[should_panic(expected = "range end index 2 out of range")]
    fn parts_are_inside() {
        apart(&mut [0.0; 6], [0, 6], 2, |_| ());
    }
}
