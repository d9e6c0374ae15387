//! Ctrl-C: what is done so far is kept.

use super::Failure;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the user wants an end.
#[derive(Clone, Debug, Default)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Listens to Ctrl-C and to a request to terminate: the first ends the task after what is being done, the second ends
    /// the process.
    pub(super) fn listen() -> Result<Self, Failure> {
        let interrupt = Self::default();
        let raised = interrupt.clone();
        ctrlc::set_handler(move || {
            if raised.0.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
            eprintln!("\nending after what is being done; once more to end at once");
        })?;
        Ok(interrupt)
    }

    /// Whether it was raised.
    pub(super) fn is_raised(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
