//! The number that records what it depends on.

use super::recording::Recording;
use super::run::{CONSTANT, ask, has_value, operate, operate_on_all};
use crate::Overload;
use crate::rule::{BinaryDependence, BinaryRule, Dependence, UnaryRule};

/// A number that records which inputs it depends on, and which pairs of them interact.
///
/// It is what [`TracerDetector`](crate::TracerDetector) calls functions with. In local detection it has a value, and
/// control flow follows it; in global detection it has none, and control flow that asks for it is an error of the
/// detection. It belongs to one evaluation, on one thread, and is worth nothing beyond it: used elsewhere it is an error
/// as well, never a missing entry.
///
/// Which derivatives vanish is claimed by [`UnaryRule::dependence`] and [`BinaryRule::dependence`], of the operation and
/// not of its value: a product with zero depends on both factors, so that a pattern stays valid when constants change.
#[derive(Clone, Copy, Debug)]
pub struct Tracer {
    /// The value; in global detection known of constants only.
    pub(super) value: f64,
    /// Which number, of which evaluation.
    pub(super) id: u64,
}

impl Tracer {
    #[inline]
    fn of_one(self, value: f64, dependence: Dependence) -> Self {
        if self.id == CONSTANT || dependence == Dependence::Affine {
            return Self { value, id: self.id };
        }
        Self { value, id: operate([self.id], |run, [a]| run.unary(a, dependence)) }
    }

    #[inline]
    fn of_two(self, other: Self, value: f64, dependence: BinaryDependence) -> Self {
        if other.id == CONSTANT {
            return self.of_one(value, dependence.x);
        }
        if self.id == CONSTANT {
            return other.of_one(value, dependence.y);
        }
        Self { value, id: operate([self.id, other.id], |run, [a, b]| run.binary(a, b, dependence)) }
    }

    /// The one of two that `wins` says; both where values are unknown or a tie.
    #[inline]
    fn either(self, other: Self, value: f64, wins: bool, loses: bool) -> Self {
        match (wins, loses) {
            (true, false) if has_value(self.id) && has_value(other.id) => self,
            (false, true) if has_value(self.id) && has_value(other.id) => other,
            _ => self.of_two(other, value, BinaryDependence::AFFINE),
        }
    }
}

impl Overload for Tracer {
    type Base = f64;

    #[inline]
    fn constant(value: f64) -> Self {
        Self { value, id: CONSTANT }
    }

    /// The value; in global detection NaN, or of no meaning, unless the number is constant.
    #[inline]
    fn primal(&self) -> f64 {
        self.value
    }

    #[inline]
    fn asked(&self, operation: &'static str) -> f64 {
        ask(self.value, self.id, operation)
    }

    #[inline]
    fn is_constant(&self) -> bool {
        self.id == CONSTANT
    }

    #[inline]
    fn unary<R: UnaryRule>(self, rule: R) -> Self {
        self.of_one(rule.value(self.value), rule.dependence())
    }

    #[inline]
    fn binary<R: BinaryRule>(self, other: Self, rule: R) -> Self {
        self.of_two(other, rule.value(self.value, other.value), rule.dependence())
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        self.of_two(other, self.value + other.value, BinaryDependence::AFFINE)
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        self.of_two(other, self.value - other.value, BinaryDependence::AFFINE)
    }

    #[inline]
    fn times(self, other: Self) -> Self {
        self.of_two(other, self.value * other.value, BinaryDependence::PRODUCT)
    }

    #[inline]
    fn over(self, other: Self) -> Self {
        self.of_two(other, self.value / other.value, BinaryDependence::QUOTIENT)
    }

    #[inline]
    fn negated(self) -> Self {
        Self { value: -self.value, ..self }
    }

    #[inline]
    fn shifted(self, c: f64) -> Self {
        Self { value: self.value + c, ..self }
    }

    #[inline]
    fn scaled(self, c: f64) -> Self {
        Self { value: self.value * c, ..self }
    }

    #[inline]
    fn larger(self, other: Self) -> Self {
        let (a, b) = (self.value, other.value);
        self.either(other, a.max(b), a > b, a < b)
    }

    #[inline]
    fn smaller(self, other: Self) -> Self {
        let (a, b) = (self.value, other.value);
        self.either(other, a.min(b), a < b, a > b)
    }

    #[inline]
    fn clamped(self, low: Self, high: Self) -> Self {
        let clamped = self.larger(low).smaller(high);
        if self.value.is_nan() { Self { value: self.value, ..clamped } } else { clamped }
    }

    #[inline]
    fn signed_as(self, sign: Self) -> Self {
        let dependence = BinaryDependence { x: Dependence::Affine, y: Dependence::Flat, cross: false };
        self.of_two(sign, self.value.copysign(sign.value), dependence)
    }

    fn dot(a: &[Self], b: &[Self]) -> Self {
        assert_eq!(a.len(), b.len(), "dot of slices of different lengths");
        let terms: Vec<Self> = a.iter().zip(b).map(|(&a, &b)| a.times(b)).collect();
        Self::sum_of(&terms)
    }

    fn sum_of(a: &[Self]) -> Self {
        let value = a.iter().fold(0.0, |sum, a| sum + a.value);
        Self { value, id: operate_on_all(a.iter().map(|a| a.id), Recording::sum) }
    }

    fn linear_combination(c: &[f64], x: &[Self]) -> Self {
        assert_eq!(c.len(), x.len(), "linear combination of slices of different lengths");
        let value = c.iter().zip(x).fold(0.0, |sum, (c, x)| sum + c * x.value);
        Self { value, id: operate_on_all(x.iter().map(|x| x.id), Recording::sum) }
    }
}

crate::overload_scalar!(impl[] Tracer);
