//! Adjoints from the outputs back to the inputs.

use crate::recording::{Node, Recording, SPAN};
use di_core::Scalar;

/// Accumulates the adjoints of `K` cotangents at once, from the last node to the first.
///
/// `adjoints` has one row of `K` for each slot, those of the outputs set and the others zero. Afterwards those of the
/// inputs are set and the nodes' are zero again, for the next sweep. A zero adjoint contributes nothing, even through an
/// infinite partial.
pub(crate) fn sweep<T: Scalar, const K: usize>(recording: &Recording<T>, adjoints: &mut [[T; K]]) {
    let Recording { nodes, spans, operands, .. } = recording;
    let mut left = adjoints;
    for node in nodes.iter().rev() {
        let Some((own, earlier)) = left.split_last_mut() else { return };
        left = earlier;
        if own.iter().all(T::is_identically_zero) {
            continue;
        }
        let adjoint = std::mem::replace(own, [T::zero(); K]);
        let Node { da, db, a, b } = *node;
        if b == SPAN {
            let span = &spans[a as usize];
            for &(slot, partial) in &operands[span.start as usize..span.end as usize] {
                add(&mut left[slot as usize], &adjoint, partial);
            }
        } else {
            add(&mut left[a as usize], &adjoint, da);
            add(&mut left[b as usize], &adjoint, db);
        }
    }
}

/// `target += adjoint · partial`
#[inline]
fn add<T: Scalar, const K: usize>(target: &mut [T; K], adjoint: &[T; K], partial: T) {
    for (target, &adjoint) in target.iter_mut().zip(adjoint) {
        if K == 1 || !adjoint.is_identically_zero() {
            *target += adjoint * partial;
        }
    }
}
