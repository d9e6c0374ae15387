//! What a number type must say for itself; all else follows by `overload_scalar!`.

use super::Scalar;
use super::rule::{BinaryRule, UnaryRule};
use num_traits::Float;

/// A number that carries derivatives beside a value.
///
/// The five arithmetic methods have the textbook rules and are the hot path; everything else of [`num_traits::Float`]
/// goes through [`unary`](Self::unary) and [`binary`](Self::binary) with the rules of [`rule`](super::rule).
pub trait Overload: Copy + 'static {
    /// The type of the value.
    type Base: Scalar;

    /// A number whose derivatives are all zero.
    #[must_use]
    fn constant(value: Self::Base) -> Self;

    /// The value without its derivatives.
    fn primal(&self) -> Self::Base;

    /// The value, for control flow: a comparison or a conversion into a plain number, named in `operation`.
    ///
    /// A number without a value overrides it, and takes note that the function cannot be evaluated with it.
    #[inline]
    fn asked(&self, operation: &'static str) -> Self::Base {
        let _ = operation;
        self.primal()
    }

    /// Whether every derivative is zero.
    fn is_constant(&self) -> bool;

    /// `r(self)` by the chain rule.
    #[must_use]
    fn unary<R: UnaryRule>(self, rule: R) -> Self;

    /// `r(self, other)` by the chain rule.
    #[must_use]
    fn binary<R: BinaryRule>(self, other: Self, rule: R) -> Self;

    /// `self + other`.
    #[must_use]
    fn plus(self, other: Self) -> Self;

    /// `self - other`.
    #[must_use]
    fn minus(self, other: Self) -> Self;

    /// `self · other`.
    #[must_use]
    fn times(self, other: Self) -> Self;

    /// `self / other`.
    #[must_use]
    fn over(self, other: Self) -> Self;

    /// `-self`.
    #[must_use]
    fn negated(self) -> Self;

    /// `self + c` with a constant.
    #[must_use]
    fn shifted(self, c: Self::Base) -> Self;

    /// `self · c` with a constant.
    #[must_use]
    fn scaled(self, c: Self::Base) -> Self;

    /// The number of larger value; `self` at a tie, the other one beside a NaN.
    #[must_use]
    #[inline]
    fn larger(self, other: Self) -> Self {
        if self.primal() >= other.primal() || other.primal().is_nan() { self } else { other }
    }

    /// The number of smaller value; `self` at a tie, the other one beside a NaN.
    #[must_use]
    #[inline]
    fn smaller(self, other: Self) -> Self {
        if self.primal() <= other.primal() || other.primal().is_nan() { self } else { other }
    }

    /// The number, or the bound that it is beyond.
    #[must_use]
    #[inline]
    fn clamped(self, low: Self, high: Self) -> Self
    where
        Self: Scalar,
    {
        num_traits::clamp(self, low, high)
    }

    /// The number, or its negative: whichever has the sign of the other one.
    #[must_use]
    #[inline]
    fn signed_as(self, sign: Self) -> Self {
        if self.primal().is_sign_negative() == sign.primal().is_sign_negative() { self } else { self.negated() }
    }

    /// [`Scalar::dot`].
    ///
    /// # Panics
    ///
    /// If the lengths differ.
    #[must_use]
    fn dot(a: &[Self], b: &[Self]) -> Self {
        assert_eq!(a.len(), b.len(), "dot of slices of different lengths");
        let mut sum = Self::constant(num_traits::Zero::zero());
        for (&a, &b) in a.iter().zip(b) {
            sum = sum.plus(a.times(b));
        }
        sum
    }

    /// [`Scalar::sum_of`].
    #[must_use]
    fn sum_of(a: &[Self]) -> Self {
        let mut sum = Self::constant(num_traits::Zero::zero());
        for &a in a {
            sum = sum.plus(a);
        }
        sum
    }

    /// [`Scalar::linear_combination`].
    ///
    /// # Panics
    ///
    /// If the lengths differ.
    #[must_use]
    fn linear_combination(c: &[f64], x: &[Self]) -> Self {
        assert_eq!(c.len(), x.len(), "linear combination of slices of different lengths");
        let mut sum = Self::constant(num_traits::Zero::zero());
        for (&c, &x) in c.iter().zip(x) {
            sum = sum.plus(x.scaled(Self::Base::lift(c)));
        }
        sum
    }

    /// [`Scalar::local`].
    #[must_use]
    #[inline]
    fn local<const N: usize>(x: [Self; N], term: &impl super::LocalFn<N>) -> Self
    where
        Self: Scalar,
    {
        term.call(x)
    }
}
