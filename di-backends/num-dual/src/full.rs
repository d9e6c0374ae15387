//! Dual numbers that are no constants.

use crate::DualNumber;
use crate::lanes::{all_zero, along, is_tame, map, scale, zip};
use di_core::rule::{BinaryRule, UnaryRule};
use di_core::{Overload, Scalar, overload_scalar};
use std::sync::atomic::{Ordering, compiler_fence};

/// A number whose derivatives are always there, zeros for a constant. Best where every input has a direction: without a
/// question at each operation a sparse Jacobian took a quarter less time.
///
/// The product of an infinite constant has NaN for derivatives, where [`Dual`](crate::Dual) has none.
///
/// ```
/// use di_core::num_traits::Float;
/// use di_num_dual::{DualNumber, FullDual};
///
/// let x = FullDual::<f64, 2>::seeded(0.42, [1.0, -2.0]);
/// assert_eq!(x.sin().lanes(), Some(&[0.42_f64.cos(), -2.0 * 0.42_f64.cos()]));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FullDual<T: Scalar, const N: usize> {
    value: T,
    lanes: [T; N],
}

impl<T: Scalar, const N: usize> FullDual<T, N> {
    #[inline]
    fn new(value: T, lanes: [T; N]) -> Self {
        // Vector code is to hold the lanes of one number. A compiler that makes it of several iterations of a loop in the
        // function instead gathers lanes one by one, which took a quarter longer on a stencil. It does not reorder over
        // this, which is no instruction.
        if N > 1 {
            compiler_fence(Ordering::SeqCst);
        }
        Self { value, lanes }
    }
}

impl<T: Scalar, const N: usize> DualNumber<T, N> for FullDual<T, N> {
    #[inline]
    fn seeded(value: T, derivatives: [T; N]) -> Self {
        Self::new(value, derivatives)
    }

    #[inline]
    fn value(&self) -> T {
        self.value
    }

    #[inline]
    fn set_value(&mut self, value: T) {
        self.value = value;
    }

    #[inline]
    fn lanes(&self) -> Option<&[T; N]> {
        Some(&self.lanes)
    }
}

impl<T: Scalar, const N: usize> Overload for FullDual<T, N> {
    type Base = T;

    #[inline]
    fn constant(value: T) -> Self {
        Self::new(value, [T::zero(); N])
    }

    #[inline]
    fn primal(&self) -> T {
        self.value
    }

    #[inline]
    fn is_constant(&self) -> bool {
        all_zero(&self.lanes)
    }

    #[inline]
    fn unary<R: UnaryRule>(self, rule: R) -> Self {
        let value = rule.value(self.value);
        Self::new(value, scale(self.lanes, rule.derivative(self.value, value)))
    }

    #[inline]
    fn binary<R: BinaryRule>(self, other: Self, rule: R) -> Self {
        let (x, y) = (self.value, other.value);
        let value = rule.value(x, y);
        // A derivative is asked for only where there is something to multiply: it may be infinite.
        let part = |lanes: [T; N], derivative: &dyn Fn() -> T| {
            if all_zero(&lanes) { lanes } else { scale(lanes, derivative()) }
        };
        let in_x = part(self.lanes, &|| rule.partial_x(x, y, value));
        let in_y = part(other.lanes, &|| rule.partial_y(x, y, value));
        Self::new(value, zip(in_x, &in_y, |a, b| a + b))
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        Self::new(self.value + other.value, zip(self.lanes, &other.lanes, |a, b| a + b))
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        Self::new(self.value - other.value, zip(self.lanes, &other.lanes, |a, b| a - b))
    }

    /// The textbook rule in every lane: where a factor is infinite, lanes without a tangent become NaN.
    #[inline]
    fn times(self, other: Self) -> Self {
        let (x, y) = (self.value, other.value);
        Self::new(x * y, zip(self.lanes, &other.lanes, |a, b| a * y + b * x))
    }

    #[inline]
    fn over(self, other: Self) -> Self {
        let (x, y) = (self.value, other.value);
        let value = x / y;
        let inverse = y.recip();
        let (da, db) = (inverse, -(value * inverse));
        let lanes = if is_tame(da) && is_tame(db) {
            zip(self.lanes, &other.lanes, |a, b| a * da + b * db)
        } else {
            zip(self.lanes, &other.lanes, |a, b| along(a, da) + along(b, db))
        };
        Self::new(value, lanes)
    }

    #[inline]
    fn negated(self) -> Self {
        Self::new(-self.value, map(self.lanes, |a| -a))
    }

    #[inline]
    fn shifted(self, c: T) -> Self {
        Self { value: self.value + c, ..self }
    }

    #[inline]
    fn scaled(self, c: T) -> Self {
        Self::new(self.value * c, map(self.lanes, |a| a * c))
    }
}

overload_scalar!(impl[T: Scalar, const N: usize] FullDual<T, N>);
