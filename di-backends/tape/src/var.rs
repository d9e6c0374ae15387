//! The tape's number.

use crate::active::{binary, nary};
use crate::recording::CONSTANT;
use di_core::rule::{BinaryRule, UnaryRule};
use di_core::{LocalFn, Overload, Partials, Scalar};

/// A number on a tape: a value, and its slope in one variable of a recording.
///
/// Functions of one variable only change the slope and record nothing, so `(x * x).sin() * 3.0 + 1.0` is one variable;
/// a node is recorded where two variables meet. A variable that is used outside of its recording is an error there,
/// never a wrong derivative.
#[derive(Clone, Copy, Debug)]
pub struct Var<T> {
    pub(crate) value: T,
    /// The derivative of the value in the variable; unused in a constant.
    pub(crate) slope: T,
    /// Which variable, of which recording.
    pub(crate) id: u64,
}

impl<T: Scalar> Var<T> {
    /// A number that depends on no input.
    #[inline]
    pub fn from_value(value: T) -> Self {
        Self { value, slope: T::zero(), id: CONSTANT }
    }

    /// The value without its derivatives.
    #[inline]
    pub fn value(self) -> T {
        self.value
    }

    /// The variable with the given identifier.
    #[inline]
    pub(crate) fn variable(value: T, id: u64) -> Self {
        Self { value, slope: T::one(), id }
    }

    /// The slope times a derivative; a slope of zero stays, even through an infinite derivative.
    #[inline]
    fn along(self, derivative: impl FnOnce() -> T) -> T {
        if self.slope.is_identically_zero() { self.slope } else { self.slope * derivative() }
    }

    /// A function of two numbers: its value, and its slopes in the variables of both.
    #[inline]
    fn join(self, other: Self, value: T, slope: impl Fn() -> T, other_slope: impl Fn() -> T) -> Self {
        if other.id == CONSTANT {
            let slope = if self.id == CONSTANT { self.slope } else { slope() };
            return Self { value, slope, id: self.id };
        }
        if self.id == CONSTANT {
            return Self { value, slope: other_slope(), id: other.id };
        }
        if self.id == other.id {
            return Self { value, slope: slope() + other_slope(), id: self.id };
        }
        Self::variable(value, binary([self.id, other.id], slope(), other_slope()))
    }
}

impl<T: Scalar> Overload for Var<T> {
    type Base = T;

    #[inline]
    fn constant(value: T) -> Self {
        Self::from_value(value)
    }

    #[inline]
    fn primal(&self) -> T {
        self.value
    }

    #[inline]
    fn is_constant(&self) -> bool {
        self.id == CONSTANT
    }

    #[inline]
    fn unary<R: UnaryRule>(self, rule: R) -> Self {
        let value = rule.value(self.value);
        if self.id == CONSTANT {
            return Self::from_value(value);
        }
        Self { value, slope: self.along(|| rule.derivative(self.value, value)), id: self.id }
    }

    #[inline]
    fn binary<R: BinaryRule>(self, other: Self, rule: R) -> Self {
        let (x, y) = (self.value, other.value);
        let value = rule.value(x, y);
        let slope = || self.along(|| rule.partial_x(x, y, value));
        let other_slope = || other.along(|| rule.partial_y(x, y, value));
        self.join(other, value, slope, other_slope)
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        self.join(other, self.value + other.value, || self.slope, || other.slope)
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        self.join(other, self.value - other.value, || self.slope, || -other.slope)
    }

    #[inline]
    fn times(self, other: Self) -> Self {
        let value = self.value * other.value;
        self.join(other, value, || self.slope * other.value, || other.slope * self.value)
    }

    #[inline]
    fn over(self, other: Self) -> Self {
        let value = self.value / other.value;
        let slope = || self.along(|| other.value.recip());
        self.join(other, value, slope, || other.along(|| -value / other.value))
    }

    #[inline]
    fn negated(self) -> Self {
        Self { value: -self.value, slope: -self.slope, id: self.id }
    }

    #[inline]
    fn shifted(self, c: T) -> Self {
        Self { value: self.value + c, ..self }
    }

    #[inline]
    fn scaled(self, c: T) -> Self {
        Self { value: self.value * c, slope: self.slope * c, id: self.id }
    }

    fn dot(a: &[Self], b: &[Self]) -> Self {
        assert_eq!(a.len(), b.len(), "dot of slices of different lengths");
        let mut value = T::zero();
        for (a, b) in a.iter().zip(b) {
            value += a.value * b.value;
        }
        let left = a.iter().zip(b).map(|(a, b)| (a.id, a.slope * b.value));
        let right = a.iter().zip(b).map(|(a, b)| (b.id, b.slope * a.value));
        Self::variable(value, nary(left.chain(right)))
    }

    fn sum_of(a: &[Self]) -> Self {
        let mut value = T::zero();
        for a in a {
            value += a.value;
        }
        Self::variable(value, nary(a.iter().map(|a| (a.id, a.slope))))
    }

    fn linear_combination(c: &[f64], x: &[Self]) -> Self {
        assert_eq!(c.len(), x.len(), "linear combination of slices of different lengths");
        let mut value = T::zero();
        for (&c, x) in c.iter().zip(x) {
            value += T::lift(c) * x.value;
        }
        Self::variable(value, nary(c.iter().zip(x).map(|(&c, x)| (x.id, T::lift(c) * x.slope))))
    }

    #[inline]
    fn local<const N: usize>(x: [Self; N], term: &impl LocalFn<N>) -> Self {
        if x.iter().all(|x| x.id == CONSTANT) {
            return Self::constant(term.call(x.map(|x| x.value)));
        }
        let mut inputs = x.map(|x| Partials::constant(x.value));
        for (i, input) in inputs.iter_mut().enumerate() {
            input.partials[i] = T::one();
        }
        let Partials { value, partials } = term.call::<Partials<T, N>>(inputs);
        match (x.as_slice(), partials.as_slice()) {
            ([x], &[d]) => Self { value, slope: x.along(|| d), id: x.id },
            ([x, y], &[dx, dy]) => x.join(*y, value, || x.along(|| dx), || y.along(|| dy)),
            _ => Self::variable(value, nary(x.iter().zip(partials).map(|(x, d)| (x.id, x.along(|| d))))),
        }
    }
}

di_core::overload_scalar!(impl[T: Scalar] Var<T>);
