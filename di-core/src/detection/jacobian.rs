//! The pattern of a Jacobian from a recorded evaluation.

use super::run::Trace;
use super::walk::Walk;
use crate::{Pattern, Result};

/// Row by row: the inputs that each output depends on.
pub(super) fn pattern(trace: &Trace, n: usize) -> Result<Pattern> {
    let mut walk = Walk::new(&trace.recording.inputs, n);
    let mut starts = Vec::with_capacity(trace.outputs.len() + 1);
    let mut columns = Vec::new();
    starts.push(0);
    for &output in &trace.outputs {
        walk.collect(&[trace.recording.sets(output)[0]], &mut columns);
        starts.push(columns.len());
    }
    Pattern::from_compressed_rows(n, starts, columns)
}
