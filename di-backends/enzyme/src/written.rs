//! What derivative code leaves unwritten is not a number.

use di_core::{Scalar, fill_in_blocks, unwritten};

/// Outputs that derivative code writes into: they hold NaN at entry, until it is known that all of them are written at each
/// run.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Written {
    all: bool,
}

impl Written {
    /// Before a run at `x`: what it leaves unwritten is not a number, rather than that of an earlier call.
    pub(crate) fn begin<T: Scalar>(self, x: &[T], outputs: &mut [T]) {
        if !self.all {
            fill_in_blocks(outputs, unwritten(x));
        }
    }

    /// After a run of code that writes the same outputs at each point if it is `steady`.
    pub(crate) fn end<T: Scalar>(&mut self, steady: bool, outputs: &[T]) {
        if steady && !self.all {
            self.all = outputs.iter().all(|output| !output.is_nan());
        }
    }
}
