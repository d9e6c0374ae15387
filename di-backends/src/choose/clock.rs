//! CPU time.

use cpu_time::ThreadTime;
use std::time::{Duration, Instant};

/// The CPU time of this thread, so that other work on the machine counts for little; the time on the wall where the system
/// does not count it.
pub(super) fn cpu_time() -> impl FnMut() -> Duration {
    let start = Instant::now();
    move || ThreadTime::try_now().map_or_else(|_| start.elapsed(), |time| time.as_duration())
}
