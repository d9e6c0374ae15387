//! How to choose.

use super::clock::cpu_time;
use super::{ChooseError, Decision};
use di_core::{Error, Scalar};
use std::fmt;
use std::time::Duration;

/// All options; those of [`Choose`](crate::Choose) say what they mean.
pub(super) struct Options {
    pub(super) among: Option<Vec<String>>,
    pub(super) decision: Option<Decision>,
    pub(super) budget: Duration,
    pub(super) samples: usize,
    pub(super) cutoff: f64,
    pub(super) neighbours: usize,
    pub(super) seed: u64,
    pub(super) tolerance: Option<f64>,
    pub(super) difference_tolerance: Option<f64>,
    pub(super) approximate: bool,
    pub(super) clock: Box<dyn FnMut() -> Duration>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            among: None,
            decision: None,
            budget: Duration::from_millis(50),
            samples: 15,
            cutoff: 20.0,
            neighbours: 1,
            seed: 1,
            tolerance: None,
            difference_tolerance: None,
            approximate: false,
            clock: Box::new(cpu_time()),
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("among", &self.among)
            .field("decision", &self.decision)
            .field("budget", &self.budget)
            .field("samples", &self.samples)
            .field("cutoff", &self.cutoff)
            .field("neighbours", &self.neighbours)
            .field("seed", &self.seed)
            .field("tolerance", &self.tolerance)
            .field("difference_tolerance", &self.difference_tolerance)
            .field("approximate", &self.approximate)
            .finish_non_exhaustive()
    }
}

impl Options {
    /// `Ok` if each makes sense.
    pub(super) fn check(&self) -> Result<(), ChooseError> {
        let wrong = |option, expected, found: String| Err(Error::Option { option, expected, found }.into());
        for (option, tolerance) in [("tolerance", self.tolerance), ("difference_tolerance", self.difference_tolerance)]
        {
            if let Some(tolerance) = tolerance
                && (tolerance.is_nan() || tolerance < 0.0)
            {
                return wrong(option, "a number that is not negative", tolerance.to_string());
            }
        }
        if self.samples == 0 {
            return wrong("samples", "at least 1", "0".into());
        }
        if self.cutoff.is_nan() || self.cutoff < 1.0 {
            return wrong("cutoff", "a number that is at least 1", self.cutoff.to_string());
        }
        Ok(())
    }

    /// What an exact and an inexact engine may be wrong by in the value, and in first and second derivatives.
    pub(super) fn tolerances<T: Scalar>(&self, approximate: bool) -> [f64; 3] {
        let epsilon = T::epsilon().to_f64().unwrap_or(f64::EPSILON);
        let (own, by_order) = if approximate {
            (self.difference_tolerance, [epsilon.powf(0.25), epsilon.powf(0.25), epsilon.powf(0.125)])
        } else {
            (self.tolerance, [epsilon.sqrt(), epsilon.sqrt(), 64.0 * epsilon.sqrt()])
        };
        own.map_or(by_order, |tolerance| [tolerance; 3])
    }
}
