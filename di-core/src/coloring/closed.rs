//! Colourings by formula for banded structures, with or without wrap-around: optimal where a row is as long as the band.

use crate::sparse::{Compressed, narrow};

/// Colours by formula, and whether fewer are known to be impossible.
#[derive(Debug)]
pub(super) struct Closed {
    pub(super) colors: Vec<u32>,
    pub(super) optimal: bool,
}

/// Column colours from the columns of each row: no row has two of one colour.
///
/// If every row lies within `w` neighbouring columns, colours repeat after `w`. This is diagonal (`w = 1`), banded
/// (`lower + upper + 1`), block diagonal and block banded in one. If rows wrap around, the columns are cut into as many
/// segments of length `w` or more as there is room for, each coloured from 0: `⌈n / ⌊n/w⌋⌉` colours.
pub(super) fn columns(rows: &Compressed) -> Closed {
    let n = rows.minor_len;
    let lists = || (0..rows.major_len()).map(|i| rows.slice(i)).filter(|list| !list.is_empty());
    let longest = lists().map(<[u32]>::len).max().unwrap_or(0);
    let width = lists().map(span).max().unwrap_or(1);
    let around = lists().map(|list| cyclic_span(list, n)).max().unwrap_or(1);
    let segments = (n / around).max(1);
    let longest_segment = n.div_ceil(segments);
    if width <= longest_segment {
        return Closed { colors: repeat(n, width), optimal: width == longest };
    }
    // The first `n % segments` segments are longer by one.
    let (short, long) = (n / segments, n % segments);
    let split = long * (short + 1);
    let color = |j: usize| if j < split { j % (short + 1) } else { (j - split) % short };
    Closed { colors: (0..n).map(|j| narrow(color(j))).collect(), optimal: longest_segment == longest }
}

/// Acyclic colours of a symmetric pattern of half-bandwidth `b`: they repeat after `b + 1`.
///
/// The full band is a chordal graph, where a cycle of four or more vertices has a chord, which a cycle of two colours
/// cannot have. A filled pattern has `b + 1` columns that are all neighbours of each other, which need that many.
pub(super) fn acyclic(pattern: &Compressed) -> Closed {
    let distance = |j: usize, i: u32| j.abs_diff(i as usize);
    let columns = || (0..pattern.major_len()).map(|j| (j, pattern.slice(j)));
    let ends =
        columns().flat_map(|(j, list)| list.first().into_iter().chain(list.last()).map(move |&i| distance(j, i)));
    let half = ends.max().unwrap_or(0);
    Closed { colors: repeat(pattern.major_len(), half + 1), optimal: is_filled(pattern) }
}

/// Star colours of a symmetric pattern: its column colours.
///
/// They are the fewest for a band that is full, if it is long enough (from `3b + 1` columns on `2b + 1`), and for full
/// blocks along the diagonal.
pub(super) fn star(pattern: &Compressed) -> Closed {
    let Closed { colors, optimal } = columns(pattern);
    let count = colors.iter().max().map_or(0, |&color| color as usize + 1);
    let half = acyclic(pattern).colors.iter().max().map_or(0, |&color| color as usize);
    let long = pattern.major_len() > 3 * half && count == 2 * half + 1;
    Closed { colors, optimal: optimal && is_filled(pattern) && (long || count == half + 1) }
}

/// Whether each list is a run with the diagonal in it.
fn is_filled(pattern: &Compressed) -> bool {
    (0..pattern.major_len()).all(|j| {
        let list = pattern.slice(j);
        list.len() == span(list) && list.binary_search(&narrow(j)).is_ok()
    })
}

/// The number of neighbouring columns that hold an ascending list.
fn span(list: &[u32]) -> usize {
    match (list.first(), list.last()) {
        (Some(first), Some(last)) => (last - first) as usize + 1,
        _ => 0,
    }
}

/// The same where column 0 follows column n - 1: all but the widest gap.
fn cyclic_span(list: &[u32], n: usize) -> usize {
    let gaps = list.iter().zip(&list[1..]).map(|(a, b)| (b - a - 1) as usize);
    n - gaps.max().unwrap_or(0).max(n - span(list))
}

fn repeat(n: usize, period: usize) -> Vec<u32> {
    (0..n).map(|j| narrow(j % period)).collect()
}
