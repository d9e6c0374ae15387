//! A value with all its partial derivatives in `N` variables, on the stack.

use super::rule::{BinaryRule, UnaryRule};
use super::{Overload, Scalar};

/// A value and its partial derivatives in `N` local variables.
///
/// Engines use it to preaccumulate local terms ([`Scalar::local`]) and to get the second derivative of an elementary
/// function by evaluating the rule for the first one at it.
#[derive(Clone, Copy, Debug)]
pub struct Partials<T, const N: usize> {
    /// The value.
    pub value: T,
    /// The partial derivatives.
    pub partials: [T; N],
}

impl<T: Scalar, const N: usize> Partials<T, N> {
    /// The local variable of the given index, with derivative one in itself.
    #[inline]
    pub fn variable(value: T, index: usize) -> Self {
        let mut partials = [T::zero(); N];
        partials[index] = T::one();
        Self { value, partials }
    }

    /// `t · d`, where a derivative of zero gives zero even if the factor is infinite or NaN.
    #[inline]
    fn along(t: T, d: T) -> T {
        if t.is_identically_zero() { t } else { t * d }
    }

    #[inline]
    fn map(self, value: T, f: impl Fn(T) -> T) -> Self {
        Self { value, partials: self.partials.map(f) }
    }

    #[inline]
    fn zip(self, other: Self, value: T, f: impl Fn(T, T) -> T) -> Self {
        let mut partials = self.partials;
        for (a, b) in partials.iter_mut().zip(other.partials) {
            *a = f(*a, b);
        }
        Self { value, partials }
    }
}

impl<T: Scalar, const N: usize> Overload for Partials<T, N> {
    type Base = T;

    #[inline]
    fn constant(value: T) -> Self {
        Self { value, partials: [T::zero(); N] }
    }

    #[inline]
    fn primal(&self) -> T {
        self.value
    }

    #[inline]
    fn is_constant(&self) -> bool {
        self.partials.iter().all(T::is_identically_zero)
    }

    #[inline]
    fn unary<R: UnaryRule>(self, rule: R) -> Self {
        let value = rule.value(self.value);
        if self.is_constant() {
            return Self::constant(value);
        }
        let d = rule.derivative(self.value, value);
        self.map(value, |dx| Self::along(dx, d))
    }

    #[inline]
    fn binary<R: BinaryRule>(self, other: Self, rule: R) -> Self {
        let (x, y) = (self.value, other.value);
        let value = rule.value(x, y);
        let mut result = Self::constant(value);
        if !self.is_constant() {
            let d = rule.partial_x(x, y, value);
            result = self.map(value, |dx| Self::along(dx, d));
        }
        if !other.is_constant() {
            let d = rule.partial_y(x, y, value);
            result = result.zip(other, value, |a, dy| a + Self::along(dy, d));
        }
        result
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        self.zip(other, self.value + other.value, |a, b| a + b)
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        self.zip(other, self.value - other.value, |a, b| a - b)
    }

    #[inline]
    fn times(self, other: Self) -> Self {
        let (x, y) = (self.value, other.value);
        if x.is_finite() && y.is_finite() {
            return self.zip(other, x * y, |a, b| a * y + b * x);
        }
        self.zip(other, x * y, |a, b| Self::along(a, y) + Self::along(b, x))
    }

    #[inline]
    fn over(self, other: Self) -> Self {
        let value = self.value / other.value;
        let inverse = other.value.recip();
        let factor = -(value * inverse);
        if inverse.is_finite() && factor.is_finite() {
            return self.zip(other, value, |a, b| a * inverse + b * factor);
        }
        self.zip(other, value, |a, b| Self::along(a, inverse) + Self::along(b, factor))
    }

    #[inline]
    fn negated(self) -> Self {
        self.map(-self.value, |a| -a)
    }

    #[inline]
    fn shifted(self, c: T) -> Self {
        Self { value: self.value + c, ..self }
    }

    #[inline]
    fn scaled(self, c: T) -> Self {
        self.map(self.value * c, |a| Self::along(a, c))
    }
}

crate::overload_scalar!(impl[T: Scalar, const N: usize] Partials<T, N>);
