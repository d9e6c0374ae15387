//! All candidates, tried, compared and measured.

use super::agreement::{Comparison, Witness};
use super::operation::{Answer, Operation, Place};
use super::options::Options;
use super::timing::{Timing, time};
use super::trial::{Standing, Trial, blank};
use super::{ChooseError, Outcome, Report, ReportRow};
use di_core::num_traits::Float;
use di_core::{Map, Scalar};
use std::hint::black_box;
use std::time::Duration;

/// What the function itself is called as one of two that disagree.
const ITSELF: &str = "the function itself";

/// The candidates at the places where they are compared.
pub(super) struct Contest<F, P: Operation + ?Sized> {
    f: F,
    options: Options,
    places: Vec<Place<P::Scalar>>,
    /// The function's own values at the places.
    values: Vec<Vec<P::Scalar>>,
    plain: Timing,
    trials: Vec<Trial<F, P>>,
    start: Duration,
}

impl<F, P> Contest<F, P>
where
    F: Clone + Map<P::Shape, P::Scalar>,
    P: Operation + ?Sized,
{
    /// Evaluates the function itself; neighbours at which it is not finite are left out.
    pub(super) fn new(
        f: F,
        places: Vec<Place<P::Scalar>>,
        entries: Vec<super::candidate::Entry<F, P>>,
        mut options: Options,
    ) -> Self {
        let start = (options.clock)();
        let mut contest = Self {
            f,
            options,
            places: Vec::new(),
            values: Vec::new(),
            plain: Timing::default(),
            trials: Vec::new(),
            start,
        };
        for place in places {
            let mut value = vec![<P::Scalar as Scalar>::lift(0.0); place.dy.len()];
            let (time, ()) = time(&mut contest.options.clock, || contest.f.map_into(&place.x, &mut value));
            if contest.places.is_empty() {
                contest.plain = Timing::of_one(time);
            } else if !value.iter().all(|&y| y.is_finite()) {
                continue;
            }
            contest.places.push(place);
            contest.values.push(value);
        }
        let count = contest.places.len();
        contest.trials = entries.into_iter().map(|entry| Trial::new(entry, count)).collect();
        contest
    }

    fn is_over(&mut self) -> bool {
        (self.options.clock)().saturating_sub(self.start) >= self.options.budget
    }

    /// How long one sample should be, so that all of them fit.
    fn wanted(&self) -> Duration {
        let running = self.trials.iter().filter(|trial| trial.is_running()).count() + 1;
        let samples = running.saturating_mul(self.options.samples.saturating_add(3));
        self.options.budget / u32::try_from(samples).unwrap_or(u32::MAX)
    }

    /// Prepares and evaluates each candidate at `x`, exact ones first, and those that are not hopelessly slow at the
    /// neighbours, for as long as there is time; two at least, so that there is something to compare.
    pub(super) fn try_all(&mut self) {
        for approximate in [false, true] {
            for index in 0..self.trials.len() {
                if self.trials[index].approximate != approximate {
                    continue;
                }
                let exact = self.trials.iter().filter(|trial| trial.is_able() && !trial.approximate).count();
                if approximate && exact >= 2 && self.is_over() {
                    continue;
                }
                let f = self.f.clone();
                self.trials[index].start(f, &self.places[0], &mut self.options.clock);
            }
        }
        self.give_up(self.wanted().as_secs_f64());
        let mut order: Vec<usize> = (0..self.trials.len()).filter(|&i| self.trials[i].is_able()).collect();
        order.sort_by(|&a, &b| self.seconds(a).total_cmp(&self.seconds(b)));
        order.sort_by_key(|&index| self.trials[index].approximate);
        for (rank, &index) in order.iter().enumerate() {
            for place in 1..self.places.len() {
                let goes_on = rank < 2 || self.trials[index].is_running() && !self.is_over();
                if goes_on && self.trials[index].is_able() {
                    self.trials[index].answer(place, &self.places[place], &mut self.options.clock);
                }
            }
        }
    }

    fn seconds(&self, index: usize) -> f64 {
        self.trials[index].timing.median().unwrap_or(f64::INFINITY)
    }

    /// Compares all candidates that are able with one of them, which is exact if any is, and with the function's values.
    pub(super) fn compare(&mut self) -> Result<(), ChooseError> {
        let able = || self.trials.iter().enumerate().filter(|(_, trial)| trial.is_able());
        let unknown = |trial: &Trial<F, P>| trial.answers.iter().filter(|answer| answer.is_none()).count();
        let reference = able().min_by_key(|(_, trial)| (trial.approximate, unknown(trial))).map(|(index, _)| index);
        let Some(reference) = reference else { return Ok(()) };
        let points: Vec<&[P::Scalar]> = self.places.iter().map(|place| &place.x[..]).collect();
        let comparison = Comparison {
            operator: P::OPERATOR,
            points: &points,
            values: &self.values,
            tolerances: [false, true].map(|approximate| self.options.tolerances::<P::Scalar>(approximate)),
        };
        let values: Vec<_> =
            self.values.iter().map(|value| Some(Answer([value.clone(), Vec::new(), Vec::new()]))).collect();
        let itself = Witness { name: ITSELF, approximate: false, answers: &values };
        let mut distances = Vec::new();
        // Inexact ones last: they do not speak where exact ones disagree.
        for approximate in [false, true] {
            for (index, trial) in able().filter(|(_, trial)| trial.approximate == approximate) {
                comparison.compare(&itself, &trial.witness())?;
                if index != reference {
                    distances.push((index, comparison.compare(&self.trials[reference].witness(), &trial.witness())?));
                }
            }
        }
        for (index, distance) in distances {
            self.trials[index].distance = distance;
        }
        Ok(())
    }

    /// Samples the function and all candidates in turns, so that what slows the machine down slows all of them down.
    pub(super) fn measure(&mut self) {
        let wanted = self.wanted();
        // One for all, so that no sample is the first to touch its memory.
        let mut answer = blank::<P>(&self.places[0]);
        for turn in 0..self.options.samples {
            let wanted = (turn == 0).then_some(wanted);
            if wanted.is_none() && self.is_over() {
                break;
            }
            self.measure_plain(wanted);
            for index in 0..self.trials.len() {
                if self.trials[index].is_running() {
                    self.trials[index].measure(&self.places[0], &mut answer, &mut self.options.clock, wanted);
                }
            }
            self.give_up(0.0);
        }
    }

    fn measure_plain(&mut self, wanted: Option<Duration>) {
        let (f, x, clock) = (&self.f, &self.places[0].x, &mut self.options.clock);
        let mut y = self.values[0].clone();
        let call = || {
            f.map_into(black_box(x), black_box(&mut y));
            Ok(())
        };
        // The function returns no error.
        let _ = match wanted {
            Some(wanted) => self.plain.calibrate(clock, wanted, call),
            None => self.plain.sample(clock, call).map(drop),
        };
    }

    /// Those that may be chosen: the exact ones, unless inexact ones may, or must.
    fn eligible(&self) -> Vec<usize> {
        let exact = self.trials.iter().any(|trial| trial.is_able() && !trial.approximate);
        let may = |trial: &Trial<F, P>| trial.is_able() && (!trial.approximate || self.options.approximate || !exact);
        (0..self.trials.len()).filter(|&index| may(&self.trials[index])).collect()
    }

    /// The fastest of those that may be chosen; the first of equals.
    fn best(&self) -> Option<usize> {
        self.eligible().into_iter().min_by(|&a, &b| self.seconds(a).total_cmp(&self.seconds(b)))
    }

    /// Gives up candidates that are too many times slower than the best; times below `least`, which is in seconds, do not
    /// tell.
    fn give_up(&mut self, least: f64) {
        let Some(best) = self.best().filter(|_| self.options.cutoff.is_finite()) else { return };
        let most = (self.seconds(best) * self.options.cutoff).max(least);
        for index in 0..self.trials.len() {
            if index != best && self.trials[index].is_running() && self.seconds(index) > most {
                self.trials[index].standing = Standing::GivenUp;
            }
        }
    }

    /// The prepared object of the winner, its name, and the report.
    pub(super) fn end(mut self) -> Result<(Box<P>, String, Report), ChooseError> {
        let winner = self.best().and_then(|best| Some((best, self.trials[best].prepared.take()?)));
        let Some((best, prepared)) = winner else {
            let reason = |trial: Trial<F, P>| match trial.standing {
                Standing::Failed(error) => Some((trial.entry.name, error)),
                _ => None,
            };
            let reasons = self.trials.into_iter().filter_map(reason).collect();
            return Err(ChooseError::AllFailed { operator: P::OPERATOR, reasons });
        };
        let plain = self.plain.median();
        let rows = (0..self.trials.len()).map(|index| self.row(index, best, plain)).collect();
        let report = Report {
            operator: P::OPERATOR,
            inputs: self.places[0].x.len(),
            outputs: self.places[0].dy.len(),
            plain: plain.map(duration),
            rows,
        };
        Ok((prepared, self.trials.swap_remove(best).entry.name, report))
    }

    fn row(&self, index: usize, best: usize, plain: Option<f64>) -> ReportRow {
        let trial = &self.trials[index];
        let seconds = if trial.is_able() { trial.timing.median() } else { None };
        let times = ratio(self.seconds(index), self.seconds(best));
        let eligible = self.eligible().contains(&index);
        let outcome = match &trial.standing {
            Standing::Failed(error) => Outcome::Failed(error.to_string()),
            Standing::NotTried => Outcome::NotTried,
            _ if index == best && trial.approximate && !self.options.approximate => Outcome::ChosenApproximate,
            _ if index == best => Outcome::Chosen,
            _ if !eligible => Outcome::Approximate,
            Standing::GivenUp => Outcome::GivenUp(times),
            Standing::Running => Outcome::Slower(times),
        };
        ReportRow {
            backend: trial.entry.name.clone(),
            time: seconds.map(duration),
            ratio: seconds.zip(plain).map(|(seconds, plain)| ratio(seconds, plain)),
            preparation: trial.preparation,
            distance: trial.distance,
            outcome,
        }
    }
}

/// A ratio of times; two that are too short to tell are equal.
fn ratio(a: f64, b: f64) -> f64 {
    if a == b { 1.0 } else { a / b }
}

fn duration(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}
