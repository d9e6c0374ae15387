//! An axis of a picture.

use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint};
use plotters::prelude::Ranged;
use std::ops::Range;

/// A linear axis whose marks are given.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    range: Range<f64>,
    marks: Vec<f64>,
}

impl Axis {
    /// The axis of a range; its marks lie in there.
    pub(super) fn new(range: Range<f64>, marks: Vec<f64>) -> Self {
        Self { range, marks }
    }

    /// An axis of common logarithms, with marks at 1, 2 and 5 times the powers of ten.
    pub(super) fn logarithmic(range: Range<f64>) -> Self {
        let powers = std::iter::successors(Some(range.start.floor()), |power| Some(power + 1.0));
        let marks = powers
            .take_while(|&power| power < range.end)
            .flat_map(|power| [1.0_f64, 2.0, 5.0].map(|step| power + step.log10()))
            .filter(|mark| range.contains(mark))
            .collect();
        Self { range, marks }
    }
}

impl Ranged for Axis {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    #[expect(clippy::cast_possible_truncation, reason = "a pixel of a picture")]
    fn map(&self, value: &f64, (first, last): (i32, i32)) -> i32 {
        let part = (value - self.range.start) / (self.range.end - self.range.start);
        (f64::from(first) + part * f64::from(last - first)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.marks.clone()
    }

    fn range(&self) -> Range<f64> {
        self.range.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::Axis;
    use plotters::prelude::Ranged;

    #[test]
    fn marks_of_a_logarithmic_axis_are_round() {
        let axis = Axis::logarithmic(1.5..3.1);
        let marks: Vec<f64> = axis.key_points(0).iter().map(|mark| 10_f64.powf(*mark).round()).collect();
        assert_eq!(marks, [50.0, 100.0, 200.0, 500.0, 1000.0]);
    }

    #[test]
    fn ends_are_mapped_to_ends() {
        let axis = Axis::new(1.0..3.0, vec![2.0]);
        assert_eq!([1.0, 2.0, 3.0].map(|value| axis.map(&value, (100, 20))), [100, 60, 20]);
    }
}
