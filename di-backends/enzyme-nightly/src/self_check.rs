//! Comparison with another engine, on request.

use crate::Enzyme;
use di_core::{PreparePullback, PreparePushforward, Pullback, Pushforward, Result, ScalarShape, Shape, VectorShape};

/// How often each operator is called, at changing points: a shadow that is not zeroed shows from the second call on.
const CALLS: i32 = 10;

/// The largest differences from another engine, relative to the larger of one and the largest entry.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SelfCheck {
    /// Of the value.
    pub value: f64,
    /// Of the pushforward of a tangent.
    pub pushforward: f64,
    /// Of the pullback of a cotangent; for a function `R^n → R` its gradient.
    pub pullback: f64,
}

impl SelfCheck {
    /// The largest of all.
    #[must_use]
    pub fn worst(&self) -> f64 {
        self.value.max(self.pushforward).max(self.pullback)
    }

    /// Whether all are at most `tolerance`: about 1e-10 if the other engine is exact, 1e-6 if it takes differences.
    #[must_use]
    pub fn is_within(&self, tolerance: f64) -> bool {
        self.worst() <= tolerance
    }
}

impl Enzyme {
    /// Compares values, pushforwards and pullbacks of `f: R^n → R^m` with those of another engine, in ten calls of the
    /// same prepared objects at `x` and points near it.
    ///
    /// Do this once for each new function: what Enzyme cannot see through is sometimes not an error but a wrong number.
    ///
    /// # Errors
    ///
    /// As the preparation and the calls of either engine.
    pub fn self_check<'f, F, B>(&self, f: &'f F, x: &[f64], other: &B) -> Result<SelfCheck>
    where
        Self: PreparePushforward<&'f F> + PreparePullback<&'f F>,
        B: PreparePushforward<&'f F> + PreparePullback<&'f F>,
    {
        compare::<VectorShape, _, _, _>(self, other, f, x)
    }

    /// As [`self_check`](Self::self_check), of a function `R^n → R`.
    ///
    /// # Errors
    ///
    /// As [`self_check`](Self::self_check).
    pub fn self_check_scalar<'f, F, B>(&self, f: &'f F, x: &[f64], other: &B) -> Result<SelfCheck>
    where
        Self: PreparePushforward<&'f F, f64, ScalarShape> + PreparePullback<&'f F, f64, ScalarShape>,
        B: PreparePushforward<&'f F, f64, ScalarShape> + PreparePullback<&'f F, f64, ScalarShape>,
    {
        compare::<ScalarShape, _, _, _>(self, other, f, x)
    }
}

/// Compares two engines.
fn compare<'f, S: Shape, A, B, F>(one: &A, other: &B, f: &'f F, x: &[f64]) -> Result<SelfCheck>
where
    A: PreparePushforward<&'f F, f64, S> + PreparePullback<&'f F, f64, S>,
    B: PreparePushforward<&'f F, f64, S> + PreparePullback<&'f F, f64, S>,
{
    let (mut push, mut pull) = (one.prepare_pushforward(f, x)?, one.prepare_pullback(f, x)?);
    let (mut other_push, mut other_pull) = (other.prepare_pushforward(f, x)?, other.prepare_pullback(f, x)?);
    let outputs = push.output_len();
    let mut worst = SelfCheck::default();
    for call in 0..CALLS {
        let shift = 1.0 + 1e-3 * f64::from(call);
        // An entry that is zero moves, too.
        let point: Vec<f64> = x.iter().map(|x| x * shift + (shift - 1.0)).collect();
        let (dx, dy) = (direction(x.len(), shift), direction(outputs, shift));
        let (found, expected) =
            (push.value_and_pushforward(&point, &dx)?, other_push.value_and_pushforward(&point, &dx)?);
        worst.value = worst.value.max(difference(&found.0, &expected.0));
        worst.pushforward = worst.pushforward.max(difference(&found.1, &expected.1));
        let (found, expected) = (pull.value_and_pullback(&point, &dy)?, other_pull.value_and_pullback(&point, &dy)?);
        worst.value = worst.value.max(difference(&found.0, &expected.0));
        worst.pullback = worst.pullback.max(difference(&found.1, &expected.1));
    }
    Ok(worst)
}

/// A direction without symmetries, entries between -1 and 1.
fn direction(len: usize, phase: f64) -> Vec<f64> {
    let mut angle = phase;
    let mut next = || {
        angle += 2.399_963;
        angle.sin()
    };
    (0..len).map(|_| next()).collect()
}

/// The largest difference, relative to the larger of one and the largest expected entry; infinite if one of the two
/// alone is not a number.
fn difference(found: &[f64], expected: &[f64]) -> f64 {
    let scale = expected.iter().fold(1.0, |scale: f64, entry| scale.max(entry.abs()));
    let of = |(found, expected): (&f64, &f64)| match (found - expected).abs() / scale {
        difference if difference.is_nan() && !(found.is_nan() && expected.is_nan()) => f64::INFINITY,
        difference => difference,
    };
    found.iter().zip(expected).map(of).fold(0.0, f64::max)
}
