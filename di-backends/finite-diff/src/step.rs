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

    /// Writes into `shift` how far to go along a column of `seeds`; nothing to do for a direction of zeros.
    ///
    /// The inputs of a group act on outputs of their own, so each of them can go as far as if it went alone.
    pub(crate) fn along<T: Scalar>(
        &self,
        x: &[T],
        seeds: &Seeds<'_, T>,
        column: usize,
        shift: &mut [T],
    ) -> Option<Along<T>> {
        let grouped = matches!(seeds, Seeds::Groups { .. });
        let mut largest = 0.0;
        for (i, shift) in shift.iter_mut().enumerate() {
            let dx = seeds.get(i, column);
            *shift = dx;
            largest = max(largest, magnitude(dx));
        }
        if largest == 0.0 {
            if shift.iter().all(T::is_identically_zero) {
                return None;
            }
            // The direction has no value but derivatives, of an engine around this one.
            largest = 1.0;
        }
        let ratios = x.iter().zip(&*shift).map(|(&x, &dx)| magnitude(dx) / largest / self.size(x));
        let norm = if grouped { ratios.fold(0.0, max) } else { norm(ratios) };
        let length = if norm > 0.0 { norm.recip() } else { self.absolute };
        let (length, largest) = (T::lift(length), T::lift(largest));
        for shift in shift {
            *shift = *shift / largest * length;
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

/// The Euclidean norm; squares that overflow or vanish are scaled first.
fn norm(numbers: impl Iterator<Item = f64> + Clone) -> f64 {
    let sum: f64 = numbers.clone().map(|r| r * r).sum();
    if sum.is_normal() {
        return sum.sqrt();
    }
    let scale = numbers.clone().fold(0.0, max);
    scale * numbers.map(|r| (r / scale).powi(2)).sum::<f64>().sqrt()
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
