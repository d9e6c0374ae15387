//! Logarithmic axes that end and are marked at round numbers.

use plotters::coord::ranged1d::{AsRangedCoord, DefaultFormatting, KeyPointHint, Ranged};
use std::ops::Range;

/// A logarithmic scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    base: u32,
    start: f64,
    end: f64,
}

/// More decades than these have marks at powers of ten only.
const FEW_DECADES: f64 = 2.1;
/// The most marks on an axis.
const MARKS: usize = 8;

impl Scale {
    /// The narrowest scale with round ends around positive values.
    pub(super) fn around(values: impl Iterator<Item = f64>, base: u32) -> Self {
        let mut ends = values.fold((f64::INFINITY, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        if ends.0 > ends.1 {
            ends = (1.0, 1.0);
        }
        if ends.0 == ends.1 {
            ends = (ends.0 * 0.9, ends.1 * 1.1);
        }
        let marks = marks(base);
        let below = f64::from(base).powi(exponent_below(ends.0, f64::from(base)));
        // Rounding must not push a value off its own mark.
        let start = marks.iter().map(|mark| mark * below).rfind(|mark| *mark <= ends.0 * (1.0 + 1e-9)).unwrap_or(below);
        let mut end = start;
        let mut steps = Self { base, start, end: f64::INFINITY }.steps(false);
        while end < ends.1 * (1.0 - 1e-9) || end <= start {
            end = steps.next().unwrap_or(f64::MAX);
        }
        Self { base, start, end }
    }

    /// Round numbers from the start on; powers of the base only, or all.
    fn steps(self, powers: bool) -> impl Iterator<Item = f64> {
        let base = f64::from(self.base);
        let first = exponent_below(self.start, base);
        let marks = if powers { &[1.0] } else { marks(self.base) };
        let steps = (first..).flat_map(move |exponent| marks.iter().map(move |mark| mark * base.powi(exponent)));
        steps.skip_while(move |step| *step < self.start * (1.0 - 1e-9)).take_while(|step| step.is_finite())
    }
}

/// The exponent of the power of the base at or below a value.
#[expect(clippy::cast_possible_truncation, reason = "exponents of numbers are between -1100 and 1100")]
fn exponent_below(value: f64, base: f64) -> i32 {
    (value.ln() / base.ln() + 1e-9).floor() as i32
}

/// Round numbers between powers of the base.
fn marks(base: u32) -> &'static [f64] {
    if base == 10 { &[1.0, 2.0, 5.0] } else { &[1.0] }
}

impl From<Scale> for Coordinate {
    fn from(scale: Scale) -> Self {
        Self(scale)
    }
}

impl AsRangedCoord for Scale {
    type CoordDescType = Coordinate;
    type Value = f64;
}

/// The same, as the drawing library wants it.
pub(super) struct Coordinate(Scale);

impl Ranged for Coordinate {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    #[expect(clippy::cast_possible_truncation, reason = "places in a drawing are whole numbers")]
    fn map(&self, value: &f64, (from, to): (i32, i32)) -> i32 {
        let Scale { start, end, .. } = self.0;
        let place = (value / start).ln() / (end / start).ln();
        (f64::from(from) + place * f64::from(to - from)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        let scale = self.0;
        let decades = (scale.end / scale.start).log10();
        let powers = scale.base == 10 && decades > FEW_DECADES;
        let points: Vec<f64> = scale.steps(powers).take_while(|step| *step <= scale.end * (1.0 + 1e-9)).collect();
        let every = points.len().div_ceil(MARKS).max(1);
        points.into_iter().step_by(every).collect()
    }

    fn range(&self) -> Range<f64> {
        self.0.start..self.0.end
    }
}

#[cfg(test)]
mod tests {
    use super::{Coordinate, Scale};
    use plotters::coord::ranged1d::{BoldPoints, Ranged};

    fn points(values: &[f64], base: u32) -> Vec<f64> {
        let coordinate = Coordinate(Scale::around(values.iter().copied(), base));
        let points = coordinate.key_points(BoldPoints(10));
        points.into_iter().map(|point| format!("{point:.6e}").parse().unwrap_or(f64::NAN)).collect()
    }

    #[test]
    fn axes_end_at_round_numbers() {
        assert_eq!(points(&[1.5, 7.0], 10), [1.0, 2.0, 5.0, 10.0]);
        assert_eq!(points(&[10.0, 1000.0], 10), [10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0]);
        assert_eq!(points(&[0.02, 31_000.0], 10), [0.1, 1.0, 10.0, 100.0, 1e3, 1e4]);
        assert_eq!(points(&[1.0, 32.0], 2), [1.0, 2.0, 4.0, 8.0, 16.0, 32.0]);
        assert_eq!(points(&[1.0], 10), [0.5, 1.0, 2.0]);
        assert_eq!(points(&[], 10), [0.5, 1.0, 2.0]);
        assert!(points(&[1e-300, 1e300], 10).len() <= 8);
    }

    #[test]
    fn values_have_their_places() {
        let coordinate = Coordinate(Scale::around([1.0, 100.0].into_iter(), 10));
        assert_eq!([1.0, 10.0, 100.0].map(|value| coordinate.map(&value, (0, 200))), [0, 100, 200]);
        assert_eq!(coordinate.map(&10.0, (300, 100)), 200);
    }
}
