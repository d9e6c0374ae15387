//! CPU time.

use cpu_time::ThreadTime;
use std::time::{Duration, Instant};

/// The CPU time of this thread, so that other work on the machine counts for little; the time on the wall where the system
/// does not count it, or, as Windows, in steps of milliseconds.
pub(super) fn cpu_time() -> impl FnMut() -> Duration {
    let start = Instant::now();
    let counted = || if cfg!(windows) { None } else { ThreadTime::try_now().ok() };
    move || counted().map_or_else(|| start.elapsed(), |time| time.as_duration())
}
