//! What comes out.

use super::{Decision, Operation, Report};
use std::fmt;
use std::ops::{Deref, DerefMut};

/// The prepared object of the chosen engine, `P` being `dyn Gradient + Send` or its like for another operator.
///
/// It owns the function, as any prepared object. Methods of the operator are called on it as it is.
pub struct Chosen<P: ?Sized> {
    pub(super) prepared: Box<P>,
    pub(super) decision: Decision,
    pub(super) report: Report,
}

impl<P: ?Sized> Chosen<P> {
    /// What was chosen, to be saved and handed to [`Choose::by`](crate::Choose::by) later.
    #[must_use]
    pub fn decision(&self) -> &Decision {
        &self.decision
    }

    /// What was found about each candidate.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The prepared object alone.
    #[must_use]
    pub fn into_inner(self) -> Box<P> {
        self.prepared
    }
}

impl<P: ?Sized> Deref for Chosen<P> {
    type Target = P;

    fn deref(&self) -> &P {
        &self.prepared
    }
}

impl<P: ?Sized> DerefMut for Chosen<P> {
    fn deref_mut(&mut self) -> &mut P {
        &mut self.prepared
    }
}

impl<P: Operation + ?Sized> fmt::Debug for Chosen<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chosen").field("decision", &self.decision).field("report", &self.report).finish_non_exhaustive()
    }
}
