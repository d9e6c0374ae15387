//! Ratios of ratios, and how much of them is noise.

use crate::results::{Figures, Time};

/// Whether a time changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speed {
    /// It takes less time, beyond noise.
    Faster,
    /// It takes more time, beyond noise.
    Slower,
    /// The difference is within noise.
    Unchanged,
}

/// Evaluation over plain function, before and after.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// Evaluation over plain function in the first run.
    pub before: f64,
    /// The same in the second.
    pub after: f64,
    /// By what factor the ratio changes without a cause, as a logarithm.
    pub noise: f64,
}

impl Ratio {
    /// Noise that two runs of one program have even if their own samples agree.
    pub const LEAST_NOISE: f64 = 0.05;

    /// None if times are missing, zero, or no numbers.
    pub(super) fn between(before: &Figures, after: &Figures) -> Option<Self> {
        let times = [before.time, before.plain, after.time, after.plain];
        let spread = times.into_iter().map(spread).try_fold(0.0, |sum, spread| Some(sum + spread?.powi(2)))?;
        let ratio = |figures: &Figures| figures.time.median / figures.plain.median;
        Some(Self { before: ratio(before), after: ratio(after), noise: spread.sqrt().max(Self::LEAST_NOISE) })
    }

    /// The ratio of ratios, after over before.
    #[must_use]
    pub fn factor(&self) -> f64 {
        self.after / self.before
    }

    /// Whether it changed beyond noise.
    #[must_use]
    pub fn speed(&self) -> Speed {
        let change = self.factor().ln();
        if change > self.noise {
            Speed::Slower
        } else if change < -self.noise {
            Speed::Faster
        } else {
            Speed::Unchanged
        }
    }
}

/// Logarithm of upper quartile over fastest sample.
fn spread(time: Time) -> Option<f64> {
    let Time { median, fastest, upper_quartile } = time;
    let usable = [median, fastest, upper_quartile].iter().all(|time| time.is_finite() && *time > 0.0);
    usable.then(|| (upper_quartile / fastest).ln())
}
