//! How far to go from the point.

use crate::backend::{FiniteDiff, Scheme};
use di_core::{Error, Result, Scalar, Seeds};

/// The options in force for one order of difference and one scalar type.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Steps {
    relative: f64,
    absolute: f64,
}

impl Steps {
    /// Steps of first differences.
    pub(crate) fn first<T: Scalar>(options: &FiniteDiff) -> Result<Self> {
        let epsilon = magnitude(T::epsilon());
        let relative = options.relative.unwrap_or(match options.scheme {
            Scheme::Forward => epsilon.sqrt(),
            Scheme::Central => epsilon.cbrt(),
        });
        let absolute = options.absolute.unwrap_or(relative);
        for (option, step) in [("relative_step", relative), ("absolute_step", absolute)] {
            let rounded = magnitude(T::lift(step));
            if !(step > 0.0 && rounded > 0.0 && rounded.is_finite()) {
                let expected = "a positive finite number of the scalar type";
                return Err(Error::Option { option, expected, found: step.to_string() });
            }
        }
        Ok(Self { relative: relative.max(epsilon), absolute })
    }

    /// Steps of second differences.
    ///
    /// The best first step is `η^(1/2)` (forward) or `η^(1/3)` (central) for values with relative noise `η`, the best
    /// second step is `η^(1/4)`; so the one follows from the other.
    pub(crate) fn second<T: Scalar>(options: &FiniteDiff) -> Result<Self> {
        let first = Self::first::<T>(options)?;
        let relative = match options.scheme {
            Scheme::Forward => first.relative.sqrt(),
            Scheme::Central => first.relative.powf(0.75),
        };
        Ok(Self { relative, absolute: first.absolute * (relative / first.relative) })
    }

    /// The step at the coordinate `x`, before rounding.
    fn size<T: Scalar>(&self, x: T) -> f64 {
        (self.relative * magnitude(x)).max(self.absolute)
    }

    /// The step at the coordinate `x`, a constant, such that both `x + h` and `x - h` are exact.
    ///
    /// Rounded on the side away from zero, where numbers are sparser.
    pub(crate) fn at<T: Scalar>(&self, x: T) -> T {
        let size = T::lift(magnitude(x));
        T::lift(signed((size + T::lift(self.size(x))) - size))
    }

    /// Writes into `shift` how far to go along direction `j` of `dx`; nothing to do for a direction of zeros.
    pub(crate) fn along<T: Scalar>(&self, x: &[T], dx: &Seeds<'_, T>, j: usize, shift: &mut [T]) -> Option<Along<T>> {
        let mut largest = 0.0;
        let mut vanishes = true;
        for i in 0..x.len() {
            let seed = dx.get(i, j);
            vanishes &= seed.is_identically_zero();
            largest = max(largest, magnitude(seed));
        }
        if vanishes {
            return None;
        }
        if largest == 0.0 {
            // The direction has no value but derivatives, of an engine around this one.
            largest = 1.0;
        }
        let ratio = |i: usize| magnitude(dx.get(i, j)) / largest / self.size(x[i]);
        let scale = (0..x.len()).map(ratio).fold(0.0, max);
        let sum: f64 = (0..x.len()).map(|i| (ratio(i) / scale).powi(2)).sum();
        let length = if scale > 0.0 { (scale * sum.sqrt()).recip() } else { self.absolute };
        let (length, largest) = (T::lift(length), T::lift(largest));
        for (i, shift) in shift.iter_mut().enumerate() {
            *shift = dx.get(i, j) / largest * length;
        }
        Some(Along { length, largest })
    }
}

/// How a difference along a direction becomes a derivative.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Along<T> {
    length: T,
    largest: T,
}

impl<T: Scalar> Along<T> {
    /// The rate of change along the direction, from the change along the shift.
    pub(crate) fn rate(self, change: T) -> T {
        change / self.length * self.largest
    }
}

/// The larger number, NaN if there is one.
fn max(a: f64, b: f64) -> f64 {
    if a >= b || a.is_nan() { a } else { b }
}

/// The value without derivatives.
fn signed<T: Scalar>(x: T) -> f64 {
    x.to_f64().unwrap_or(f64::NAN)
}

/// The absolute value without derivatives.
fn magnitude<T: Scalar>(x: T) -> f64 {
    signed(x).abs()
}
