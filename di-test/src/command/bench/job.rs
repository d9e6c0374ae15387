//! What is measured for one record.

use di_core::Result;
use di_test::{Allocations, Clock, Figures, Measurement, Preparation, Time, Timing, allocations_of};
use std::time::Instant;

/// Evaluations that last longer are not repeated.
const LONGEST: f64 = 1.0;

/// A step that may fail.
pub(super) type Step<'a> = &'a mut dyn FnMut() -> Result<()>;

/// The steps of one record.
pub(super) struct Job<'a> {
    /// Evaluates the function alone.
    pub(super) plain: &'a mut dyn FnMut(),
    /// Prepares once more and drops what comes out.
    pub(super) prepare: Step<'a>,
    /// Evaluates by the prepared object.
    pub(super) evaluate: Step<'a>,
    /// Prepares, evaluates and drops, by the free function.
    pub(super) unprepared: Option<Step<'a>>,
    /// Code written for the function.
    pub(super) by_hand: Option<&'a mut dyn FnMut()>,
    /// Calls of the function since this was last asked.
    pub(super) calls: &'a mut dyn FnMut() -> usize,
}

impl Job<'_> {
    /// Counts one evaluation and one preparation, then takes the time of everything in turns.
    pub(super) fn measure(mut self, clock: &Clock, error: f64) -> Result<Measurement> {
        let start = Instant::now();
        (self.calls)();
        let (evaluation, result) = allocations_of(|| (self.evaluate)());
        result?;
        let calls = (self.calls)();
        let seconds = start.elapsed().as_secs_f64();
        if seconds > LONGEST {
            return Ok(Measurement::Skipped(format!("one evaluation lasts {seconds:.1} s")));
        }
        let (preparation, result) = allocations_of(|| (self.prepare)());
        result?;
        let preparation_calls = (self.calls)();
        let steps = 3 + usize::from(self.unprepared.is_some()) + usize::from(self.by_hand.is_some());
        let timings = clock.in_turns(steps, |step| self.step(step))?;
        let [plain, time, prepare] = [0, 1, 2].map(|step| time_of(timings[step]));
        let unprepared = self.unprepared.is_some().then(|| time_of(timings[3]));
        let by_hand = self.by_hand.is_some().then(|| time_of(timings[steps - 1]));
        let Allocations { count, bytes } = evaluation;
        Ok(Measurement::Figures(Figures {
            time,
            plain,
            ratio: time.median / plain.median,
            by_hand,
            ratio_to_hand: by_hand.map(|by_hand| time.median / by_hand.median),
            calls,
            allocations: count,
            bytes,
            preparation: Preparation {
                time: prepare,
                calls: preparation_calls,
                allocations: preparation.count,
                bytes: preparation.bytes,
            },
            unprepared,
            pays_after: unprepared.and_then(|unprepared| pays_after(prepare, time, unprepared)),
            error,
        }))
    }

    fn step(&mut self, step: usize) -> Result<()> {
        match (step, &mut self.unprepared, &mut self.by_hand) {
            (0, ..) => (self.plain)(),
            (1, ..) => (self.evaluate)()?,
            (2, ..) => (self.prepare)()?,
            (3, Some(unprepared), _) => unprepared()?,
            (.., Some(by_hand)) => by_hand(),
            _ => {}
        }
        Ok(())
    }
}

/// From how many evaluations on `prepare + k · prepared ≤ k · unprepared`.
fn pays_after(prepare: Time, prepared: Time, unprepared: Time) -> Option<f64> {
    let saved = unprepared.median - prepared.median;
    (saved > 0.0).then(|| (prepare.median / saved).ceil().max(1.0))
}

/// In nanoseconds.
fn time_of(timing: Timing) -> Time {
    let Timing { minimum, median, upper_quartile } = timing;
    Time { median: median * 1e9, fastest: minimum * 1e9, upper_quartile: upper_quartile * 1e9 }
}

#[cfg(test)]
mod tests {
    use super::{Time, pays_after};

    fn time(median: f64) -> Time {
        Time { median, fastest: median, upper_quartile: median }
    }

    #[test]
    fn preparation_pays_when_it_is_made_up_for() {
        assert_eq!(pays_after(time(100.0), time(10.0), time(60.0)), Some(2.0));
        assert_eq!(pays_after(time(1.0), time(10.0), time(60.0)), Some(1.0));
        assert_eq!(pays_after(time(1.0), time(60.0), time(60.0)), None);
    }
}
