//! Samples of the time of a call.

use di_core::Result;
use std::time::Duration;

/// A clock: a time that only grows.
pub(super) type Clock = Box<dyn FnMut() -> Duration>;

/// The most calls of one sample.
const MOST_CALLS: u32 = 1 << 20;
/// The most calls of one sample if the clock stands still.
const FEW_CALLS: u32 = 1 << 10;

/// What a call takes.
#[derive(Debug, Default)]
pub(super) struct Timing {
    /// The calls of one sample.
    calls: u32,
    /// Seconds for one call, a number for each sample.
    samples: Vec<f64>,
}

/// The time of something that is done once.
pub(super) fn time<R>(clock: &mut Clock, action: impl FnOnce() -> R) -> (Duration, R) {
    let start = clock();
    let result = action();
    (clock().saturating_sub(start), result)
}

impl Timing {
    /// The time of one call alone, as the only sample.
    pub(super) fn of_one(time: Duration) -> Self {
        Self { calls: 1, samples: vec![time.as_secs_f64()] }
    }

    /// Repeats the call until a sample is about as long as wanted, and keeps that sample.
    pub(super) fn calibrate(
        &mut self,
        clock: &mut Clock,
        wanted: Duration,
        mut call: impl FnMut() -> Result<()>,
    ) -> Result<()> {
        if self.calls == 1 && self.samples.iter().any(|&sample| sample >= wanted.as_secs_f64()) {
            return Ok(());
        }
        (self.calls, self.samples) = (1, Vec::new());
        loop {
            let time = self.sample(clock, &mut call)?;
            let most = if time.is_zero() { FEW_CALLS } else { MOST_CALLS };
            if time >= wanted / 2 || self.calls >= most {
                return Ok(());
            }
            self.samples.clear();
            self.calls *= 2;
        }
    }

    /// Adds a sample, and returns how long it took.
    pub(super) fn sample(&mut self, clock: &mut Clock, mut call: impl FnMut() -> Result<()>) -> Result<Duration> {
        let (time, result) = time(clock, || (0..self.calls).try_for_each(|_| call()));
        result?;
        self.samples.push(time.as_secs_f64() / f64::from(self.calls));
        Ok(time)
    }

    /// The sample in the middle, in seconds.
    pub(super) fn median(&self) -> Option<f64> {
        let mut sorted = self.samples.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied()
    }
}
