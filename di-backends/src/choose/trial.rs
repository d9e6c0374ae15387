//! One candidate on trial.

use super::agreement::Witness;
use super::candidate::Entry;
use super::operation::{Answer, Operation, Place};
use super::timing::{Clock, Timing, time};
use di_core::{Error, Scalar};
use std::hint::black_box;
use std::time::Duration;

/// How a candidate stands.
#[derive(Debug)]
pub(super) enum Standing {
    /// It was not tried, or not yet.
    NotTried,
    /// It is measured.
    Running,
    /// It is hopelessly slow.
    GivenUp,
    /// It cannot do it.
    Failed(Error),
}

/// A candidate, and what is known of it.
pub(super) struct Trial<F, P: Operation + ?Sized> {
    pub(super) entry: Entry<F, P>,
    pub(super) approximate: bool,
    pub(super) standing: Standing,
    pub(super) prepared: Option<Box<P>>,
    pub(super) preparation: Option<Duration>,
    pub(super) answers: Vec<Option<Answer<P::Scalar>>>,
    pub(super) timing: Timing,
    pub(super) distance: Option<f64>,
}

impl<F, P: Operation + ?Sized> Trial<F, P> {
    pub(super) fn new(entry: Entry<F, P>, places: usize) -> Self {
        Self {
            approximate: entry.approximate,
            entry,
            standing: Standing::NotTried,
            prepared: None,
            preparation: None,
            answers: vec![None; places],
            timing: Timing::default(),
            distance: None,
        }
    }

    /// Whether it has done everything that it was asked for.
    pub(super) fn is_able(&self) -> bool {
        matches!(self.standing, Standing::Running | Standing::GivenUp)
    }

    pub(super) fn is_running(&self) -> bool {
        matches!(self.standing, Standing::Running)
    }

    /// Prepares, and evaluates at `x`.
    pub(super) fn start(&mut self, f: F, place: &Place<P::Scalar>, clock: &mut Clock) {
        let (preparation, prepared) = time(clock, || self.entry.backend.prepare(f, &place.x));
        match prepared {
            Ok(prepared) => {
                self.standing = Standing::Running;
                (self.prepared, self.preparation) = (Some(prepared), Some(preparation));
                self.answer(0, place, clock);
            }
            Err(error) => self.standing = Standing::Failed(error),
        }
    }

    /// Evaluates at a place; the time at `x` is the first sample.
    pub(super) fn answer(&mut self, index: usize, place: &Place<P::Scalar>, clock: &mut Clock) {
        let Some(prepared) = &mut self.prepared else { return };
        let mut answer = blank::<P>(place);
        let (time, result) = time(clock, || prepared.evaluate(place, &mut answer));
        match result {
            Ok(()) => self.answers[index] = Some(answer),
            Err(error) => self.standing = Standing::Failed(error),
        }
        if index == 0 {
            self.timing = Timing::of_one(time);
        }
    }

    /// Adds a sample of the time at `x`, or the first that is long enough, if that is wanted.
    pub(super) fn measure(
        &mut self,
        place: &Place<P::Scalar>,
        answer: &mut Answer<P::Scalar>,
        clock: &mut Clock,
        wanted: Option<Duration>,
    ) {
        let Some(prepared) = &mut self.prepared else { return };
        let call = || prepared.evaluate(black_box(place), black_box(answer));
        let result = match wanted {
            Some(wanted) => self.timing.calibrate(clock, wanted, call),
            None => self.timing.sample(clock, call).map(drop),
        };
        if let Err(error) = result {
            self.standing = Standing::Failed(error);
        }
    }

    pub(super) fn witness(&self) -> Witness<'_, P::Scalar> {
        Witness { name: &self.entry.name, approximate: self.approximate, answers: &self.answers }
    }
}

/// Room for an answer.
pub(super) fn blank<P: Operation + ?Sized>(place: &Place<P::Scalar>) -> Answer<P::Scalar> {
    let lengths = P::OPERATOR.lengths(place.x.len(), place.dy.len());
    Answer(lengths.map(|length| vec![<P::Scalar as Scalar>::lift(0.0); length]))
}
