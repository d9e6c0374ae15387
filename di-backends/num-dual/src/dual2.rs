//! Second-order dual numbers in one direction.

use crate::lanes::along;
use di_core::rule::{BinaryRule, UnaryRule};
use di_core::{Overload, Partials, Scalar, overload_scalar};
use num_dual::Dual2 as Parts;

/// A value with its first and second derivative in one variable: [`num_dual::Dual2`] as a [`Scalar`] over any scalar.
///
/// ```math
/// (f \circ x)'' = f'(x)\, x'' + f''(x)\, (x')^2
/// ```
///
/// ```
/// use di_core::num_traits::Float;
/// use di_num_dual::Dual2;
///
/// let x = Dual2::variable(2.0);
/// assert_eq!(x.powi(3).second_derivative(), 12.0);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Dual2<T: Scalar>(Parts<T>);

impl<T: Scalar> Dual2<T> {
    /// The variable, with derivative one.
    #[inline]
    #[must_use]
    pub fn variable(value: T) -> Self {
        Self::new(value, T::one(), T::zero())
    }

    /// The value.
    #[inline]
    #[must_use]
    pub fn value(&self) -> T {
        self.0.re
    }

    /// The first derivative.
    #[inline]
    #[must_use]
    pub fn derivative(&self) -> T {
        self.0.v1
    }

    /// The second derivative.
    #[inline]
    #[must_use]
    pub fn second_derivative(&self) -> T {
        self.0.v2
    }

    #[inline]
    pub(crate) fn new(re: T, v1: T, v2: T) -> Self {
        Self(Parts { re, v1, v2 })
    }
}

impl<T: Scalar> From<Parts<T>> for Dual2<T> {
    fn from(parts: Parts<T>) -> Self {
        Self(parts)
    }
}

impl<T: Scalar> From<Dual2<T>> for Parts<T> {
    fn from(dual: Dual2<T>) -> Self {
        dual.0
    }
}

/// First and second derivative of a rule at `x`.
#[inline]
pub(crate) fn curve<T: Scalar, R: UnaryRule>(rule: R, x: T, value: T) -> (T, T) {
    let slope = rule.derivative(x, value);
    let value = Partials { value, partials: [slope] };
    (slope, rule.derivative(Partials::<T, 1>::variable(x, 0), value).partials[0])
}

/// The derivatives of a rule in two variables.
pub(crate) struct Surface<T> {
    pub(crate) x: T,
    pub(crate) y: T,
    pub(crate) xx: T,
    pub(crate) xy: T,
    pub(crate) yy: T,
}

impl<T: Scalar> Surface<T> {
    /// First and second derivatives of a rule at `(x, y)`; zero in an operand that does not vary.
    #[inline]
    pub(crate) fn new<R: BinaryRule>(rule: R, x: T, y: T, value: T, varies: [bool; 2]) -> Self {
        let zero = T::zero();
        let mut surface = Self { x: zero, y: zero, xx: zero, xy: zero, yy: zero };
        if varies[0] {
            surface.x = rule.partial_x(x, y, value);
        }
        if varies[1] {
            surface.y = rule.partial_y(x, y, value);
        }
        let at = |value: T, index| {
            if varies[index] { Partials::<T, 2>::variable(value, index) } else { Partials::constant(value) }
        };
        let (x, y) = (at(x, 0), at(y, 1));
        let value = Partials { value, partials: [surface.x, surface.y] };
        if varies[0] {
            [surface.xx, surface.xy] = rule.partial_x(x, y, value).partials;
        }
        if varies[1] {
            [surface.xy, surface.yy] = rule.partial_y(x, y, value).partials;
        }
        surface
    }
}

impl<T: Scalar> Overload for Dual2<T> {
    type Base = T;

    #[inline]
    fn constant(value: T) -> Self {
        Self::new(value, T::zero(), T::zero())
    }

    #[inline]
    fn primal(&self) -> T {
        self.0.re
    }

    #[inline]
    fn is_constant(&self) -> bool {
        self.0.v1.is_identically_zero() && self.0.v2.is_identically_zero()
    }

    #[inline]
    fn unary<R: UnaryRule>(self, rule: R) -> Self {
        let Parts { re, v1, v2 } = self.0;
        let value = rule.value(re);
        if self.is_constant() {
            return Self::constant(value);
        }
        let (d1, d2) = curve(rule, re, value);
        Self::new(value, along(v1, d1), along(v2, d1) + along(v1 * v1, d2))
    }

    #[inline]
    fn binary<R: BinaryRule>(self, other: Self, rule: R) -> Self {
        let (f, g) = (self.0, other.0);
        let value = rule.value(f.re, g.re);
        let varies = [!self.is_constant(), !other.is_constant()];
        if varies == [false, false] {
            return Self::constant(value);
        }
        let d = Surface::new(rule, f.re, g.re, value, varies);
        let v1 = along(f.v1, d.x) + along(g.v1, d.y);
        let mixed = f.v1 * g.v1;
        let bent = along(f.v1 * f.v1, d.xx) + along(mixed + mixed, d.xy) + along(g.v1 * g.v1, d.yy);
        Self::new(value, v1, along(f.v2, d.x) + along(g.v2, d.y) + bent)
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        let (f, g) = (self.0, other.0);
        Self::new(f.re + g.re, f.v1 + g.v1, f.v2 + g.v2)
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        let (f, g) = (self.0, other.0);
        Self::new(f.re - g.re, f.v1 - g.v1, f.v2 - g.v2)
    }

    #[inline]
    fn times(self, other: Self) -> Self {
        let (f, g) = (self.0, other.0);
        let mixed = f.v1 * g.v1;
        let v1 = along(f.v1, g.re) + along(g.v1, f.re);
        Self::new(f.re * g.re, v1, along(f.v2, g.re) + (mixed + mixed) + along(g.v2, f.re))
    }

    #[inline]
    fn over(self, other: Self) -> Self {
        let (f, g) = (self.0, other.0);
        let value = f.re / g.re;
        let inverse = g.re.recip();
        let slope = -(value * inverse);
        let v1 = along(f.v1, inverse) + along(g.v1, slope);
        let mixed = along(g.v1, v1);
        Self::new(value, v1, along(f.v2 - (mixed + mixed), inverse) + along(g.v2, slope))
    }

    #[inline]
    fn negated(self) -> Self {
        let Parts { re, v1, v2 } = self.0;
        Self::new(-re, -v1, -v2)
    }

    #[inline]
    fn shifted(self, c: T) -> Self {
        Self(Parts { re: self.0.re + c, ..self.0 })
    }

    #[inline]
    fn scaled(self, c: T) -> Self {
        let Parts { re, v1, v2 } = self.0;
        Self::new(re * c, v1 * c, v2 * c)
    }
}

overload_scalar!(impl[T: Scalar] Dual2<T>);
