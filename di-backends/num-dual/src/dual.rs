//! First-order dual numbers.

use crate::Part;
use crate::lanes::{all_zero, along, is_tame, map, scale, zip};
use di_core::rule::{BinaryRule, UnaryRule};
use di_core::{Overload, Scalar, overload_scalar};
use nalgebra::{Const, U1};
use num_dual::{Derivative, DualSVec};
use std::marker::PhantomData;
use std::sync::atomic::{Ordering, compiler_fence};

/// A value with its derivatives along `N` directions, as a [`Scalar`] over any scalar.
///
/// ```math
/// f(x + \dot x\, \varepsilon) = f(x) + f'(x)\, \dot x\, \varepsilon, \qquad \varepsilon^2 = 0
/// ```
///
/// Users' code meets it as [`Dual`] or [`FullDual`], which hold their derivatives in different ways.
#[derive(Clone, Copy, Debug)]
pub struct DualNumber<T: Scalar, const N: usize, P: Part<T, N>> {
    value: T,
    part: P,
    scalars: PhantomData<[T; N]>,
}

/// [`num_dual::DualSVec`] as a [`Scalar`] over any scalar: a number without a derivative part is a constant, and arithmetic
/// skips what constants do not contribute to. Best where most inputs of a pass are constants.
///
/// ```
/// use di_core::num_traits::Float;
/// use di_num_dual::Dual;
///
/// let x = Dual::<f64, 2>::seeded(0.42, [1.0, -2.0]);
/// assert_eq!(x.sin().derivatives(), [0.42_f64.cos(), -2.0 * 0.42_f64.cos()]);
/// ```
pub type Dual<T, const N: usize> = DualNumber<T, N, Derivative<T, Const<N>, U1>>;

/// A number whose derivative part is always there, zeros for a constant. Best where every input has a direction: without
/// a question at each operation a sparse Jacobian took a quarter less time. The product of an infinite constant has NaN for
/// derivatives, where [`Dual`] has none.
pub type FullDual<T, const N: usize> = DualNumber<T, N, [T; N]>;

impl<T: Scalar, const N: usize, P: Part<T, N>> DualNumber<T, N, P> {
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
        self.value
    }

    /// Changes the value and keeps the derivatives.
    #[inline]
    pub(crate) fn set_value(&mut self, value: T) {
        self.value = value;
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
        self.part.lanes()
    }

    #[inline]
    pub(crate) fn new(value: T, lanes: Option<[T; N]>) -> Self {
        // Vector code is to hold the lanes of one number. A compiler that makes it of several iterations of a loop in the
        // function instead gathers lanes one by one, which took a quarter longer on a stencil. It does not reorder over
        // this, which is no instruction.
        if N > 1 {
            compiler_fence(Ordering::SeqCst);
        }
        Self { value, part: P::new(lanes), scalars: PhantomData }
    }

    /// Takes a new value and keeps the derivatives.
    #[inline]
    fn with_lanes(value: T, like: Self) -> Self {
        Self { value, ..like }
    }
}

impl<T: Scalar, const N: usize> From<DualSVec<T, N>> for Dual<T, N> {
    fn from(dual: DualSVec<T, N>) -> Self {
        Self { value: dual.re, part: dual.eps, scalars: PhantomData }
    }
}

impl<T: Scalar, const N: usize> From<Dual<T, N>> for DualSVec<T, N> {
    fn from(dual: Dual<T, N>) -> Self {
        Self { re: dual.value, eps: dual.part }
    }
}

impl<T: Scalar, const N: usize, P: Part<T, N>> Overload for DualNumber<T, N, P> {
    type Base = T;

    #[inline]
    fn constant(value: T) -> Self {
        Self::new(value, None)
    }

    #[inline]
    fn primal(&self) -> T {
        self.value
    }

    #[inline]
    fn is_constant(&self) -> bool {
        self.lanes().is_none_or(all_zero)
    }

    #[inline]
    fn unary<R: UnaryRule>(self, rule: R) -> Self {
        let value = rule.value(self.value);
        let lanes = self.lanes().map(|a| scale(*a, rule.derivative(self.value, value)));
        Self::new(value, lanes)
    }

    #[inline]
    fn binary<R: BinaryRule>(self, other: Self, rule: R) -> Self {
        let (x, y) = (self.value, other.value);
        let value = rule.value(x, y);
        let in_x = self.lanes().filter(|a| !all_zero(a)).map(|a| scale(*a, rule.partial_x(x, y, value)));
        let in_y = other.lanes().filter(|b| !all_zero(b)).map(|b| scale(*b, rule.partial_y(x, y, value)));
        Self::new(value, sum(in_x, in_y))
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        let value = self.value + other.value;
        match (self.lanes(), other.lanes()) {
            (Some(a), Some(b)) => Self::seeded(value, zip(*a, b, |a, b| a + b)),
            (_, None) => Self::with_lanes(value, self),
            (None, _) => Self::with_lanes(value, other),
        }
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        let value = self.value - other.value;
        match (self.lanes(), other.lanes()) {
            (Some(a), Some(b)) => Self::seeded(value, zip(*a, b, |a, b| a - b)),
            (_, None) => Self::with_lanes(value, self),
            (None, Some(b)) => Self::seeded(value, map(*b, |b| -b)),
        }
    }

    /// The textbook rule in every lane: where a factor is infinite, lanes without a tangent become NaN. Asking for that
    /// first took half as long again on a Jacobian of products, and a tenth in code that is never reached.
    #[inline]
    fn times(self, other: Self) -> Self {
        let (x, y) = (self.value, other.value);
        match (self.lanes(), other.lanes()) {
            (Some(a), Some(b)) => Self::seeded(x * y, zip(*a, b, |a, b| a * y + b * x)),
            (Some(a), None) => Self::seeded(x * y, map(*a, |a| a * y)),
            (None, Some(b)) => Self::seeded(x * y, map(*b, |b| b * x)),
            (None, None) => Self::constant(x * y),
        }
    }

    #[inline]
    fn over(self, other: Self) -> Self {
        let (x, y) = (self.value, other.value);
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
        Self::new(-self.value, self.lanes().map(|a| map(*a, |a| -a)))
    }

    #[inline]
    fn shifted(self, c: T) -> Self {
        Self::with_lanes(self.value + c, self)
    }

    #[inline]
    fn scaled(self, c: T) -> Self {
        Self::new(self.value * c, self.lanes().map(|a| map(*a, |a| a * c)))
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

overload_scalar!(impl[T: Scalar, const N: usize, P: Part<T, N>] DualNumber<T, N, P>);
