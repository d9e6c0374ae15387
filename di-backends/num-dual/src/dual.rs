//! First-order dual numbers.

use crate::DualNumber;
use crate::lanes::{all_zero, along, is_tame, map, scale, zip};
use di_core::rule::{BinaryRule, UnaryRule};
use di_core::{Overload, Scalar, overload_scalar};
use nalgebra::{ArrayStorage, SVector};
use num_dual::{Derivative, DualSVec};

/// A value with its derivatives along `N` directions: [`num_dual::DualSVec`] as a [`Scalar`] over any scalar.
///
/// ```math
/// f(x + \dot x\, \varepsilon) = f(x) + f'(x)\, \dot x\, \varepsilon, \qquad \varepsilon^2 = 0
/// ```
///
/// A number without a derivative part is a constant; arithmetic skips what constants do not contribute to. Best where most
/// inputs of a pass are constants; where none is, [`FullDual`](crate::FullDual) does not ask.
///
/// ```
/// use di_core::num_traits::Float;
/// use di_num_dual::Dual;
///
/// let x = Dual::<f64, 2>::seeded(0.42, [1.0, -2.0]);
/// assert_eq!(x.sin().derivatives(), [0.42_f64.cos(), -2.0 * 0.42_f64.cos()]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Dual<T: Scalar, const N: usize>(DualSVec<T, N>);

impl<T: Scalar, const N: usize> Dual<T, N> {
    /// A number with the given derivatives.
    #[inline]
    #[must_use]
    pub fn seeded(value: T, derivatives: [T; N]) -> Self {
        Self::new(value, Some(derivatives))
    }

    /// The value.
    #[inline]
    #[must_use]
    pub fn value(&self) -> T {
        self.0.re
    }

    /// The derivatives; zeros for a constant.
    #[inline]
    #[must_use]
    pub fn derivatives(&self) -> [T; N] {
        self.lanes().copied().unwrap_or([T::zero(); N])
    }

    /// The derivatives, if this is not a constant.
    #[inline]
    pub(crate) fn lanes(&self) -> Option<&[T; N]> {
        self.0.eps.0.as_ref().map(|eps| &eps.data.0[0])
    }

    #[inline]
    pub(crate) fn new(re: T, lanes: Option<[T; N]>) -> Self {
        let eps = Derivative(lanes.map(|lanes| SVector::from_array_storage(ArrayStorage([lanes]))));
        Self(DualSVec { re, eps })
    }

    /// Takes a new value and keeps the derivatives.
    #[inline]
    fn with_lanes(re: T, like: Self) -> Self {
        Self(DualSVec { re, eps: like.0.eps })
    }
}

impl<T: Scalar, const N: usize> DualNumber<T, N> for Dual<T, N> {
    #[inline]
    fn seeded(value: T, derivatives: [T; N]) -> Self {
        Self::seeded(value, derivatives)
    }

    #[inline]
    fn value(&self) -> T {
        self.value()
    }

    #[inline]
    fn set_value(&mut self, value: T) {
        self.0.re = value;
    }

    #[inline]
    fn lanes(&self) -> Option<&[T; N]> {
        self.lanes()
    }
}

impl<T: Scalar, const N: usize> From<DualSVec<T, N>> for Dual<T, N> {
    fn from(dual: DualSVec<T, N>) -> Self {
        Self(dual)
    }
}

impl<T: Scalar, const N: usize> From<Dual<T, N>> for DualSVec<T, N> {
    fn from(dual: Dual<T, N>) -> Self {
        dual.0
    }
}

impl<T: Scalar, const N: usize> Overload for Dual<T, N> {
    type Base = T;

    #[inline]
    fn constant(value: T) -> Self {
        Self::new(value, None)
    }

    #[inline]
    fn primal(&self) -> T {
        self.0.re
    }

    #[inline]
    fn is_constant(&self) -> bool {
        self.lanes().is_none_or(all_zero)
    }

    #[inline]
    fn unary<R: UnaryRule>(self, rule: R) -> Self {
        let value = rule.value(self.0.re);
        let lanes = self.lanes().map(|a| scale(*a, rule.derivative(self.0.re, value)));
        Self::new(value, lanes)
    }

    #[inline]
    fn binary<R: BinaryRule>(self, other: Self, rule: R) -> Self {
        let (x, y) = (self.0.re, other.0.re);
        let value = rule.value(x, y);
        let in_x = self.lanes().filter(|a| !all_zero(a)).map(|a| scale(*a, rule.partial_x(x, y, value)));
        let in_y = other.lanes().filter(|b| !all_zero(b)).map(|b| scale(*b, rule.partial_y(x, y, value)));
        Self::new(value, sum(in_x, in_y))
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        let value = self.0.re + other.0.re;
        match (self.lanes(), other.lanes()) {
            (Some(a), Some(b)) => Self::seeded(value, zip(*a, b, |a, b| a + b)),
            (_, None) => Self::with_lanes(value, self),
            (None, _) => Self::with_lanes(value, other),
        }
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        let value = self.0.re - other.0.re;
        match (self.lanes(), other.lanes()) {
            (Some(a), Some(b)) => Self::seeded(value, zip(*a, b, |a, b| a - b)),
            (_, None) => Self::with_lanes(value, self),
            (None, Some(b)) => Self::seeded(value, map(*b, |b| -b)),
        }
    }

    /// The textbook rule in every lane: where a factor is infinite, lanes without a tangent become NaN. Asking for that
    /// first took half as long again on a Jacobian of products.
    #[inline]
    fn times(self, other: Self) -> Self {
        let (x, y) = (self.0.re, other.0.re);
        match (self.lanes(), other.lanes()) {
            (Some(a), Some(b)) => Self::seeded(x * y, zip(*a, b, |a, b| a * y + b * x)),
            (Some(a), None) => Self::seeded(x * y, map(*a, |a| a * y)),
            (None, Some(b)) => Self::seeded(x * y, map(*b, |b| b * x)),
            (None, None) => Self::constant(x * y),
        }
    }

    #[inline]
    fn over(self, other: Self) -> Self {
        let (x, y) = (self.0.re, other.0.re);
        let value = x / y;
        if self.lanes().is_none() && other.lanes().is_none() {
            return Self::constant(value);
        }
        let inverse = y.recip();
        let (da, db) = (inverse, -(value * inverse));
        let lanes = match (self.lanes(), other.lanes()) {
            (Some(a), Some(b)) if is_tame(da) && is_tame(db) => Some(zip(*a, b, |a, b| a * da + b * db)),
            (Some(a), Some(b)) => Some(zip(*a, b, |a, b| along(a, da) + along(b, db))),
            (Some(a), None) => Some(scale(*a, da)),
            (None, Some(b)) => Some(scale(*b, db)),
            (None, None) => None,
        };
        Self::new(value, lanes)
    }

    #[inline]
    fn negated(self) -> Self {
        Self::new(-self.0.re, self.lanes().map(|a| map(*a, |a| -a)))
    }

    #[inline]
    fn shifted(self, c: T) -> Self {
        Self::with_lanes(self.0.re + c, self)
    }

    #[inline]
    fn scaled(self, c: T) -> Self {
        Self::new(self.0.re * c, self.lanes().map(|a| map(*a, |a| a * c)))
    }
}

/// The sum of two derivative parts.
#[inline]
fn sum<T: Scalar, const N: usize>(a: Option<[T; N]>, b: Option<[T; N]>) -> Option<[T; N]> {
    match (a, b) {
        (Some(a), Some(b)) => Some(zip(a, &b, |a, b| a + b)),
        (a, None) => a,
        (None, b) => b,
    }
}

overload_scalar!(impl[T: Scalar, const N: usize] Dual<T, N>);
