//! The pattern of a Hessian from a recorded evaluation.

use super::lists::Lists;
use super::run::Trace;
use super::walk::Walk;
use crate::{Pattern, Result};

/// Every interaction that an output holds: pairs of lists of inputs, each standing for their products.
///
/// Lists are made in the order in which their sets were, so that each is made of those before it.
fn interactions(trace: &Trace, walk: &mut Walk<'_>) -> Vec<[u32; 2]> {
    let Some(second) = &trace.recording.second else { return Vec::new() };
    let outputs: Vec<u32> = trace.outputs.iter().map(|&output| trace.recording.sets(output)[1]).collect();
    let mut live = Vec::new();
    Walk::new(&second.interactions, second.pairs.len()).collect(&outputs, &mut live);
    let mut sets: Vec<u32> = live.iter().flat_map(|&pair| second.pairs[pair as usize]).collect();
    sets.sort_unstable();
    sets.dedup();
    for set in sets {
        walk.list(set);
    }
    let mut pairs: Vec<[u32; 2]> =
        live.iter().map(|&pair| second.pairs[pair as usize].map(|set| walk.list(set))).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// For each input the lists that it interacts with, one input after the other, and where each starts.
fn partners(pairs: &[[u32; 2]], n: usize, lists: &Lists) -> (Vec<usize>, Vec<u32>) {
    let mut next = vec![0; n + 1];
    let both = |&[a, b]: &[u32; 2]| [(a, b), (b, a)].into_iter().take(if a == b { 1 } else { 2 });
    for (a, _) in pairs.iter().flat_map(both) {
        for input in lists.elements(a) {
            next[input as usize] += 1;
        }
    }
    let mut sum = 0;
    for place in &mut next {
        sum += std::mem::replace(place, sum);
    }
    let mut partners = vec![0; sum];
    for (a, b) in pairs.iter().flat_map(both) {
        for input in lists.elements(a) {
            partners[next[input as usize]] = b;
            next[input as usize] += 1;
        }
    }
    // Each input's place has moved to where the next one's lists start.
    next.rotate_right(1);
    next[0] = 0;
    (next, partners)
}

/// Row by row: the inputs that each input interacts with.
pub(super) fn pattern(trace: &Trace, n: usize) -> Result<Pattern> {
    let mut walk = Walk::new(&trace.recording.inputs, n);
    let pairs = interactions(trace, &mut walk);
    let (starts, lists) = partners(&pairs, n, walk.lists());
    let mut row_starts = Vec::with_capacity(n + 1);
    let mut columns = Vec::new();
    row_starts.push(0);
    for row in starts.windows(2) {
        walk.collect_lists(&lists[row[0]..row[1]], &mut columns);
        row_starts.push(columns.len());
    }
    Pattern::from_compressed_rows(n, row_starts, columns)
}
