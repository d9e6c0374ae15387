//! The tape's number.

use crate::active::{binary, nary, unary};
use crate::recording::CONSTANT;
use di_core::rule::{BinaryRule, UnaryRule};
use di_core::{LocalFn, Overload, Partials, Scalar};

/// A number on a tape: a value, and an identifier that says where in which recording it was made.
///
/// A variable that is used outside of its recording is an error there, never a wrong derivative.
#[derive(Clone, Copy, Debug)]
pub struct Var<T> {
    pub(crate) value: T,
    pub(crate) id: u64,
}

impl<T: Copy> Var<T> {
    /// A number that depends on no input.
    #[inline]
    pub fn from_value(value: T) -> Self {
        Self { value, id: CONSTANT }
    }

    /// The value without its derivatives.
    #[inline]
    pub fn value(self) -> T {
        self.value
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
        Self { value, id: unary(self.id, || rule.derivative(self.value, value)) }
    }

    #[inline]
    fn binary<R: BinaryRule>(self, other: Self, rule: R) -> Self {
        let (x, y) = (self.value, other.value);
        let value = rule.value(x, y);
        let id = binary(
            [self.id, other.id],
            || rule.partial_x(x, y, value),
            || rule.partial_y(x, y, value),
        );
        Self { value, id }
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        let value = self.value + other.value;
        if other.id == CONSTANT {
            return Self { value, id: self.id };
        }
        if self.id == CONSTANT {
            return Self { value, id: other.id };
        }
        Self { value, id: binary([self.id, other.id], T::one, T::one) }
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        let value = self.value - other.value;
        if other.id == CONSTANT {
            return Self { value, id: self.id };
        }
        Self { value, id: binary([self.id, other.id], T::one, || -T::one()) }
    }

    #[inline]
    fn times(self, other: Self) -> Self {
        let value = self.value * other.value;
        Self { value, id: binary([self.id, other.id], || other.value, || self.value) }
    }

    #[inline]
    fn over(self, other: Self) -> Self {
        let value = self.value / other.value;
        let recip = || other.value.recip();
        Self { value, id: binary([self.id, other.id], recip, || -value / other.value) }
    }

    #[inline]
    fn negated(self) -> Self {
        Self { value: -self.value, id: unary(self.id, || -T::one()) }
    }

    #[inline]
    fn shifted(self, c: T) -> Self {
        Self { value: self.value + c, id: self.id }
    }

    #[inline]
    fn scaled(self, c: T) -> Self {
        Self { value: self.value * c, id: unary(self.id, || c) }
    }

    fn dot(a: &[Self], b: &[Self]) -> Self {
        assert_eq!(a.len(), b.len(), "dot of slices of different lengths");
        let mut value = T::zero();
        for (a, b) in a.iter().zip(b) {
            value += a.value * b.value;
        }
        let left = a.iter().zip(b).map(|(a, b)| (a.id, b.value));
        let right = a.iter().zip(b).map(|(a, b)| (b.id, a.value));
        Self { value, id: nary(left.chain(right)) }
    }

    fn sum_of(a: &[Self]) -> Self {
        let mut value = T::zero();
        for a in a {
            value += a.value;
        }
        Self { value, id: nary(a.iter().map(|a| (a.id, T::one()))) }
    }

    fn linear_combination(c: &[f64], x: &[Self]) -> Self {
        assert_eq!(c.len(), x.len(), "linear combination of slices of different lengths");
        let mut value = T::zero();
        for (&c, x) in c.iter().zip(x) {
            value += T::lift(c) * x.value;
        }
        Self { value, id: nary(c.iter().zip(x).map(|(&c, x)| (x.id, T::lift(c)))) }
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
        let id = match (&x[..], &partials[..]) {
            ([x], [d]) => unary(x.id, || *d),
            ([x, y], [dx, dy]) => binary([x.id, y.id], || *dx, || *dy),
            _ => nary(x.iter().map(|x| x.id).zip(partials)),
        };
        Self { value, id }
    }
}

di_core::overload_scalar!(impl[T: Scalar] Var<T>);
