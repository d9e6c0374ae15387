//! Comparison of what candidates give.

use super::operation::Answer;
use super::{ChooseError, Disagreement, Operator};
use di_core::Scalar;

/// What one candidate gives at each place; `None` where it was not evaluated.
pub(super) struct Witness<'a, T> {
    pub(super) name: &'a str,
    pub(super) approximate: bool,
    pub(super) answers: &'a [Option<Answer<T>>],
}

/// What two witnesses are compared by.
pub(super) struct Comparison<'a, T> {
    pub(super) operator: Operator,
    /// The points, `x` first.
    pub(super) points: &'a [&'a [T]],
    /// The function's own values at them.
    pub(super) values: &'a [Vec<T>],
    /// What exact and inexact witnesses may be wrong by, by order.
    pub(super) tolerances: [[f64; 3]; 2],
}

/// The entry in which two differ most, in parts of what may be.
struct Worst {
    excess: f64,
    tolerance: f64,
    difference: f64,
    place: usize,
    part: usize,
    index: usize,
    values: [f64; 2],
}

fn number<T: Scalar>(value: T) -> f64 {
    value.to_f64().unwrap_or(f64::NAN)
}

/// The largest finite magnitude.
fn largest<'a, T: Scalar>(entries: impl IntoIterator<Item = &'a T>) -> f64 {
    entries.into_iter().map(|&entry| number(entry).abs()).filter(|entry| entry.is_finite()).fold(0.0, f64::max)
}

/// How far two numbers are apart, in parts of `scale`; `None` if that cannot be told.
fn difference([a, b]: [f64; 2], scale: f64, approximate: [bool; 2]) -> Option<f64> {
    if a == b {
        return Some(0.0);
    }
    match (a.is_finite(), b.is_finite()) {
        (true, true) => Some((a - b).abs() / scale),
        // Engines reach a number that is none by ways of their own; infinities have a sign.
        (false, false) => (a.is_infinite() && b.is_infinite() && approximate == [false; 2]).then_some(f64::INFINITY),
        // A difference that is not finite has left the domain; one that is finite cannot tell a vertical tangent.
        (first, _) => {
            let (lost, inexact) = if first { (b, approximate[1]) } else { (a, approximate[0]) };
            let tells_nothing = inexact || (lost.is_infinite() && approximate != [false; 2]);
            (!tells_nothing).then_some(f64::INFINITY)
        }
    }
}

impl<T: Scalar> Comparison<'_, T> {
    /// What numbers of a part are compared by: the largest that either gives at any point, and what the function's value
    /// makes of rounding.
    fn scale(&self, part: usize, witnesses: [&Witness<'_, T>; 2]) -> f64 {
        let entries = witnesses.iter().flat_map(|w| w.answers.iter().flatten()).flat_map(|answer| &answer.0[part]);
        let value = largest(self.values.iter().flatten());
        let size = largest(self.points.iter().copied().flatten()).max(1.0);
        largest(entries).max((0..part).fold(value, |scale, _| scale / size))
    }

    /// The largest distance of two witnesses in any derivative, `None` if there is none that can be told.
    ///
    /// # Errors
    ///
    /// [`ChooseError::Disagreement`] if they differ by more than they may.
    pub(super) fn compare(&self, first: &Witness<'_, T>, second: &Witness<'_, T>) -> Result<Option<f64>, ChooseError> {
        let mut distance: Option<f64> = None;
        let mut worst: Option<Worst> = None;
        let approximate = [first.approximate, second.approximate];
        let tolerances = self.tolerances[usize::from(approximate != [false; 2])];
        for (part, &tolerance) in tolerances.iter().enumerate().take(self.operator.parts().len()) {
            let scale = self.scale(part, [first, second]);
            for (place, answers) in first.answers.iter().zip(second.answers).enumerate() {
                let (Some(a), Some(b)) = answers_at(answers) else { continue };
                for (index, (&a, &b)) in a.0[part].iter().zip(&b.0[part]).enumerate() {
                    let values = [number(a), number(b)];
                    let Some(difference) = difference(values, scale, approximate) else { continue };
                    if part > 0 && values[0].is_finite() {
                        distance = Some(distance.unwrap_or(0.0).max(difference));
                    }
                    // Without division: a tolerance may be zero.
                    let excess = difference - tolerance;
                    if excess > worst.as_ref().map_or(0.0, |worst| worst.excess) {
                        worst = Some(Worst { excess, tolerance, difference, place, part, index, values });
                    }
                }
            }
        }
        match worst {
            None => Ok(distance),
            Some(worst) => Err(self.disagreement(first, second, &worst)),
        }
    }

    fn disagreement(&self, first: &Witness<'_, T>, second: &Witness<'_, T>, worst: &Worst) -> ChooseError {
        let Worst { tolerance, place, part, index, difference, values, .. } = *worst;
        let point = self.points[place];
        ChooseError::Disagreement(Box::new(Disagreement {
            operator: self.operator,
            entry: self.operator.entry(part, index, point.len()),
            point: if place == 0 { "at x".into() } else { format!("at {}", short(point)) },
            first: first.name.into(),
            first_value: values[0],
            second: second.name.into(),
            second_value: values[1],
            difference,
            tolerance,
            approximate: first.approximate || second.approximate,
        }))
    }
}

fn answers_at<'a, T>(
    (a, b): (&'a Option<Answer<T>>, &'a Option<Answer<T>>),
) -> (Option<&'a Answer<T>>, Option<&'a Answer<T>>) {
    (a.as_ref(), b.as_ref())
}

/// A point near `x`, of which the first entries say which.
fn short<T: Scalar>(point: &[T]) -> String {
    match point {
        [a, b, c, _, ..] => format!("a point near x, [{a:?}, {b:?}, {c:?}, …]"),
        few => format!("a point near x, {few:?}"),
    }
}
