//! Inputs and outputs of an operator, whichever it is.

use crate::report::Fault;
use crate::scenario::{Operator, lower};
use di_core::{Error, Result, Scalar};
use ndarray::{Array1, Array2, ArrayViewMut2, Axis};

/// Point and seeds.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs<T> {
    /// The point.
    pub x: Vec<T>,
    /// Tangents or cotangents, one a column.
    pub seeds: Array2<T>,
}

impl<T: Scalar> Inputs<T> {
    /// The point of a function of one variable.
    pub(crate) fn number(&self) -> Result<T> {
        match self.x[..] {
            [x] => Ok(x),
            _ => Err(Error::Length { argument: "x", expected: 1, found: self.x.len() }),
        }
    }
}

/// Where an operator writes: value, first derivatives, second derivatives; those it has none of are empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Slots<T>(pub [Array2<T>; 3]);

impl<T: Scalar> Slots<T> {
    /// Slots of the same shapes as these, filled with `fill`.
    #[must_use]
    pub fn like<S>(other: &Slots<S>, fill: T) -> Self {
        let [a, b, c] = &other.0;
        Self([a.dim(), b.dim(), c.dim()].map(|dim| Array2::from_elem(dim, fill)))
    }

    /// Slots of the shapes that an operator has for a function `R^n → R^m` with `k` seeds.
    #[must_use]
    pub fn of(operator: Operator, n: usize, m: usize, k: usize, fill: T) -> Self {
        let shapes = match operator {
            Operator::Pushforward => [(m, 1), (m, k), (0, 0)],
            Operator::Pullback => [(m, 1), (n, k), (0, 0)],
            Operator::Derivative => [(m, 1), (m, 1), (0, 0)],
            Operator::Gradient => [(1, 1), (n, 1), (0, 0)],
            Operator::Jacobian => [(m, 1), (m, n), (0, 0)],
            Operator::SecondDerivative => [(m, 1); 3],
            Operator::Hvp => [(1, 1), (n, 1), (n, k)],
            Operator::Hessian => [(1, 1), (n, 1), (n, n)],
        };
        Self(shapes.map(|shape| Array2::from_elem(shape, fill)))
    }

    /// Writes `fill` into every entry.
    pub fn fill(&mut self, fill: T) {
        self.0.iter_mut().for_each(|slot| slot.fill(fill));
    }

    /// Whether every entry equals `fill`.
    #[must_use]
    pub fn all(&self, fill: T) -> bool {
        self.0.iter().all(|slot| slot.iter().all(|&entry| entry == fill))
    }
}

/// The first entry of a slot, where a number belongs.
pub(crate) fn number<T>(slot: &mut Array2<T>) -> Result<&mut T> {
    flat(slot).first_mut().ok_or(Error::Length { argument: "slot of a number", expected: 1, found: 0 })
}

/// The entries of a slot, row by row.
pub(crate) fn flat<T>(slot: &mut Array2<T>) -> &mut [T] {
    slot.as_slice_mut().unwrap_or_default()
}

/// Puts what was returned into a slot, in whatever length it came.
pub(crate) fn put<T>(slot: &mut Array2<T>, column: Vec<T>) {
    *slot = Array1::from(column).insert_axis(Axis(1));
}

/// Calls `body` with a view of a copy of `slot` whose columns are contiguous; copies back what it wrote.
pub(crate) fn mirrored<T: Scalar, R>(slot: &mut Array2<T>, body: impl FnOnce(ArrayViewMut2<'_, T>) -> R) -> R {
    let mut transposed = slot.t().as_standard_layout().into_owned();
    let result = body(transposed.view_mut().reversed_axes());
    slot.assign(&transposed.t());
    result
}

/// The size of an answer: its largest entry, but at least one.
pub(crate) fn size_of_answer(expected: &Array2<f64>) -> f64 {
    expected.iter().filter(|entry| entry.is_finite()).fold(1.0, |size: f64, entry| size.max(entry.abs()))
}

/// The entry that is furthest from the expected one, if that is further than `allowed`; NaN is expected to be NaN, and an
/// infinity the same one.
pub(crate) fn compare<T: Scalar>(expected: &Array2<f64>, found: &Array2<T>, allowed: f64) -> Option<Fault> {
    if expected.dim() != found.dim() {
        return Some(Fault::Shape { expected: expected.dim(), found: found.dim() });
    }
    let mut worst: Option<((usize, usize), f64, f64, f64)> = None;
    for ((index, &expected), &found) in expected.indexed_iter().zip(found) {
        let found = lower(found);
        let error = if expected.is_nan() && found.is_nan() || expected == found {
            0.0
        } else if expected.is_finite() && found.is_finite() {
            (expected - found).abs()
        } else {
            f64::INFINITY
        };
        if error > allowed && worst.is_none_or(|(.., largest)| error > largest) {
            worst = Some((index, expected, found, error));
        }
    }
    worst.map(|(index, expected, found, error)| Fault::Disagreement { index, expected, found, error, allowed })
}
