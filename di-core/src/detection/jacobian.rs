//! The pattern of a Jacobian from a recorded evaluation.

use super::run::Trace;
use super::walk::Walk;
use crate::{Pattern, Result};

/// Row by row: the inputs that each output depends on.
pub(super) fn pattern(trace: &Trace, n: usize) -> Result<Pattern> {
    let mut walk = Walk::new(&trace.recording.inputs, n);
    let mut starts = Vec::with_capacity(trace.outputs.len() + 1);
    // Room is not memory before it is written: more than enough of it costs less than to grow.
    let mut columns = Vec::with_capacity(ROOM * trace.outputs.len());
    starts.push(0);
    for &output in &trace.outputs {
        let start = columns.len();
        walk.collect(&[trace.recording.sets(output)[0]], &mut columns);
        // Lists that are left unsorted are sorted all together, in linear time.
        if columns.len() - start <= SHORT {
            columns[start..].sort_unstable();
        }
        starts.push(columns.len());
    }
    columns.shrink_to_fit();
    Pattern::from_compressed_rows(n, starts, columns)
}

/// Entries that a row may have before the list of all of them has to grow.
const ROOM: usize = 8;

/// The most entries of a row that is sorted as soon as it is found, while it is in the cache.
const SHORT: usize = 64;
