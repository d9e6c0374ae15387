//! Time of a call.

use cpu_time::ThreadTime;
use std::time::Duration;

/// The fewest samples that a median is taken of.
const FEWEST_SAMPLES: usize = 3;
/// The most samples that a median is taken of.
const MOST_SAMPLES: usize = 25;

/// Measures the time of a call in CPU time of the thread, so that other work on the machine counts for little.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// What one sample lasts at least: the call is repeated until it does.
    pub sample: Duration,
    /// What all samples of one call last together, about; a call that lasts longer is sampled three times.
    pub total: Duration,
}

impl Default for Clock {
    fn default() -> Self {
        Self { sample: Duration::from_millis(2), total: Duration::from_millis(50) }
    }
}

impl Clock {
    /// A clock that spends as little time as it can; for tests.
    #[must_use]
    pub fn hasty() -> Self {
        Self { sample: Duration::ZERO, total: Duration::ZERO }
    }

    /// The median time of one call of `f`, in seconds.
    ///
    /// # Errors
    ///
    /// The first error of `f`.
    pub fn seconds<E>(&self, mut f: impl FnMut() -> Result<(), E>) -> Result<f64, E> {
        let mut repeats = 1_u32;
        let mut once = self.sample_of(repeats, &mut f)?;
        while once < self.sample && repeats < u32::MAX / 2 {
            repeats *= 2;
            once = self.sample_of(repeats, &mut f)?;
        }
        let fitting = self.total.as_secs_f64() / once.as_secs_f64().max(f64::MIN_POSITIVE);
        let mut samples = Vec::with_capacity(MOST_SAMPLES);
        while samples.len() < FEWEST_SAMPLES || (samples.len() < MOST_SAMPLES && less(samples.len(), fitting)) {
            samples.push(self.sample_of(repeats, &mut f)?);
        }
        samples.sort_unstable();
        Ok(samples[samples.len() / 2].as_secs_f64() / f64::from(repeats))
    }

    /// The time of some calls of `f`.
    #[expect(clippy::unused_self, reason = "the clock is what measures")]
    fn sample_of<E>(&self, repeats: u32, f: &mut impl FnMut() -> Result<(), E>) -> Result<Duration, E> {
        let start = ThreadTime::now();
        for _ in 0..repeats {
            f()?;
        }
        Ok(start.elapsed())
    }
}

/// Whether a count is below a bound that need not be whole.
fn less(count: usize, bound: f64) -> bool {
    u32::try_from(count).is_ok_and(|count| f64::from(count) < bound)
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use std::convert::Infallible;
    use std::hint::black_box;
    use std::time::Duration;

    #[test]
    fn more_work_takes_more_time() {
        let clock = Clock { sample: Duration::from_micros(200), total: Duration::from_millis(5) };
        let work = |amount: u32| {
            let mut body = || -> Result<(), Infallible> {
                black_box((0..amount).fold(0.0_f64, |sum, i| black_box(sum + f64::from(i).sqrt())));
                Ok(())
            };
            clock.seconds(&mut body).unwrap_or_else(|never| match never {})
        };
        let (little, much) = (work(100), work(10_000));
        assert!(little > 0.0 && much > 10.0 * little, "{little} s and {much} s");
    }

    #[test]
    fn errors_come_through() {
        assert_eq!(Clock::hasty().seconds(|| Err("no")), Err("no"));
    }
}
