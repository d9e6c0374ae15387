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

/// What the samples of one call say, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timing {
    /// The fastest sample: what the call takes when nothing disturbs it.
    pub minimum: f64,
    /// The sample in the middle.
    pub median: f64,
    /// Three quarters of the samples are not slower.
    pub upper_quartile: f64,
}

impl Timing {
    /// How far the upper quartile is above the minimum, in parts of the minimum.
    #[must_use]
    pub fn spread(&self) -> f64 {
        self.upper_quartile / self.minimum - 1.0
    }
}

/// The samples of one call.
#[derive(Debug)]
struct Run {
    /// The calls of one sample.
    repeats: u32,
    /// How many samples fit into the time that there is.
    fitting: f64,
    samples: Vec<Duration>,
}

impl Run {
    fn timing(mut self) -> Timing {
        self.samples.sort_unstable();
        let at = |index: usize| self.samples[index].as_secs_f64() / f64::from(self.repeats);
        let count = self.samples.len();
        Timing { minimum: at(0), median: at(count / 2), upper_quartile: at(count * 3 / 4) }
    }
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
        let timings = self.in_turns(1, |_| f())?;
        Ok(timings[0].median)
    }

    /// The time of `f(0)`, `f(1)` … `f(count - 1)`, sampled in turns, so that all of them meet the same machine: what slows
    /// it down for a while slows all of them down, and their ratios stay.
    ///
    /// # Errors
    ///
    /// The first error of `f`.
    pub fn in_turns<E>(&self, count: usize, mut f: impl FnMut(usize) -> Result<(), E>) -> Result<Vec<Timing>, E> {
        let mut runs = (0..count).map(|index| self.calibrate(&mut || f(index))).collect::<Result<Vec<Run>, E>>()?;
        for turn in 0..MOST_SAMPLES {
            for (index, run) in runs.iter_mut().enumerate() {
                if turn < FEWEST_SAMPLES || less(turn, run.fitting) {
                    run.samples.push(self.sample_of(run.repeats, &mut || f(index))?);
                }
            }
        }
        Ok(runs.into_iter().map(Run::timing).collect())
    }

    /// Repeats calls of `f` until a sample is long enough; what the last attempt took says how many samples fit.
    fn calibrate<E>(&self, f: &mut impl FnMut() -> Result<(), E>) -> Result<Run, E> {
        let mut repeats = 1_u32;
        let mut once = self.sample_of(repeats, f)?;
        while once < self.sample && repeats < u32::MAX / 2 {
            repeats *= 2;
            once = self.sample_of(repeats, f)?;
        }
        let fitting = self.total.as_secs_f64() / once.as_secs_f64().max(f64::MIN_POSITIVE);
        Ok(Run { repeats, fitting, samples: Vec::with_capacity(MOST_SAMPLES) })
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
    fn turns_are_kept_apart() {
        let clock = Clock { sample: Duration::from_micros(100), total: Duration::from_millis(2) };
        let work = |index: usize| -> Result<(), Infallible> {
            let amount = [100, 10_000][index];
            black_box((0..amount).fold(0.0_f64, |sum, i| black_box(sum + f64::from(i).sqrt())));
            Ok(())
        };
        let timings = clock.in_turns(2, work).unwrap_or_else(|never| match never {});
        assert!(timings[1].minimum > 10.0 * timings[0].minimum, "{timings:?}");
        for timing in timings {
            assert!(timing.minimum <= timing.median && timing.median <= timing.upper_quartile, "{timing:?}");
            assert!(timing.spread() >= 0.0, "{timing:?}");
        }
    }

    #[test]
    fn errors_come_through() {
        assert_eq!(Clock::hasty().seconds(|| Err("no")), Err("no"));
    }
}
