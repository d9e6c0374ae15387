//! Second-order dual numbers in two sets of directions.

use crate::dual2::{Surface, curve};
use crate::lanes::{all_zero, along, is_tame};
use di_core::rule::{BinaryRule, UnaryRule};
use di_core::{Overload, Scalar, overload_scalar};
use nalgebra::{ArrayStorage, Const, SMatrix};
use num_dual::{Derivative, HyperDualVec};

/// A value with its derivatives along `M` and along `N` directions and the M × N mixed second derivatives:
/// [`num_dual::HyperDualVec`] as a [`Scalar`] over any scalar.
///
/// ```math
/// f(x + \dot x_1 \varepsilon_1 + \dot x_2 \varepsilon_2)
///   = f + \nabla f^\top \dot x_1\, \varepsilon_1 + \nabla f^\top \dot x_2\, \varepsilon_2
///   + \dot x_1^\top \nabla^2 f\, \dot x_2\, \varepsilon_1 \varepsilon_2
/// ```
///
/// Each part may be absent, which stands for zero; arithmetic skips it.
///
/// # References
///
/// Fike and Alonso, "The development of hyper-dual numbers for exact second-derivative calculations" (2011).
#[derive(Clone, Copy, Debug)]
pub struct HyperDual<T: Scalar, const M: usize, const N: usize>(HyperDualVec<T, Const<M>, Const<N>>);

/// M rows of first, and N columns of M mixed derivatives.
type Block<T, const M: usize, const N: usize> = [[T; M]; N];

impl<T: Scalar, const M: usize, const N: usize> HyperDual<T, M, N> {
    /// A number with the given first derivatives, absent where there are none, and no second derivatives.
    #[inline]
    #[must_use]
    pub fn seeded(value: T, first: Option<[T; M]>, second: Option<[T; N]>) -> Self {
        Self::new(value, first, second, None)
    }

    /// The value.
    #[inline]
    #[must_use]
    pub fn value(&self) -> T {
        self.0.re
    }

    /// The derivatives along the first directions, unless they are all zero.
    #[inline(always)]
    #[must_use]
    pub fn first(&self) -> Option<&[T; M]> {
        self.0.eps1.0.as_ref().map(|eps| &eps.data.0[0])
    }

    /// The derivatives along the second directions, unless they are all zero.
    #[inline(always)]
    #[must_use]
    pub fn second(&self) -> Option<[T; N]> {
        self.0.eps2.0.as_ref().map(|eps| eps.data.0.map(|[lane]| lane))
    }

    /// The mixed derivatives, unless they are all zero: for each of the second directions, along the first ones.
    #[inline(always)]
    #[must_use]
    pub fn mixed(&self) -> Option<&[[T; M]; N]> {
        self.0.eps1eps2.0.as_ref().map(|eps| &eps.data.0)
    }

    #[inline(always)]
    fn new(re: T, first: Option<[T; M]>, second: Option<[T; N]>, mixed: Option<Block<T, M, N>>) -> Self {
        Self(HyperDualVec {
            re,
            eps1: Derivative(first.map(|a| SMatrix::from_array_storage(ArrayStorage([a])))),
            eps2: Derivative(second.map(|b| SMatrix::from_array_storage(ArrayStorage(b.map(|lane| [lane]))))),
            eps1eps2: Derivative(mixed.map(|ab| SMatrix::from_array_storage(ArrayStorage(ab)))),
        })
    }

    /// Takes a new value and keeps the derivatives.
    #[inline(always)]
    fn with_parts(re: T, mut like: Self) -> Self {
        like.0.re = re;
        like
    }

    /// Whether every part is absent, without looking for zeros.
    #[inline(always)]
    fn is_bare(&self) -> bool {
        self.0.eps1.0.is_none() && self.0.eps2.0.is_none() && self.0.eps1eps2.0.is_none()
    }

    /// The number of the given value whose parts are `p · self + q · other`, and `r` times the products of first
    /// derivatives of the two in the mixed part.
    #[inline(always)]
    fn combine(re: T, (f, p): (&Self, T), (g, q): (&Self, T), r: T) -> Self {
        let first = blend(f.first().copied(), p, g.first().copied(), q);
        let second = blend(f.second(), p, g.second(), q);
        let mut mixed = linear(f.mixed(), p, g.mixed(), q);
        accumulate(&mut mixed, f.first(), g.second(), r);
        accumulate(&mut mixed, g.first(), f.second(), r);
        Self::new(re, first, second, mixed)
    }
}

/// `p · a + q · b` in each lane; an absent part stays out of it, and a tangent of zero gives zero.
#[inline(always)]
fn blend<T: Scalar, const N: usize>(a: Option<[T; N]>, p: T, b: Option<[T; N]>, q: T) -> Option<[T; N]> {
    use crate::lanes::{scale, zip};
    match (a, b) {
        (Some(a), Some(b)) if is_tame(p) && is_tame(q) => Some(zip(a, &b, |a, b| a * p + b * q)),
        (Some(a), Some(b)) => Some(zip(a, &b, |a, b| along(a, p) + along(b, q))),
        (Some(a), None) => Some(scale(a, p)),
        (None, Some(b)) => Some(scale(b, q)),
        (None, None) => None,
    }
}

/// [`blend`] of the mixed parts.
#[inline(always)]
fn linear<T: Scalar, const M: usize, const N: usize>(
    a: Option<&Block<T, M, N>>,
    p: T,
    b: Option<&Block<T, M, N>>,
    q: T,
) -> Option<Block<T, M, N>> {
    let mut block = *a.or(b)?;
    let (p, b) = if a.is_some() { (p, b) } else { (q, None) };
    if is_tame(p) && is_tame(q) {
        match b {
            Some(b) => each(&mut block, b, |a, b| *a = *a * p + b * q),
            None => block.as_flattened_mut().iter_mut().for_each(|a| *a *= p),
        }
    } else {
        block.as_flattened_mut().iter_mut().for_each(|a| *a = along(*a, p));
        if let Some(b) = b {
            each(&mut block, b, |a, b| *a += along(b, q));
        }
    }
    Some(block)
}

#[inline(always)]
fn each<T: Scalar, const M: usize, const N: usize>(a: &mut Block<T, M, N>, b: &Block<T, M, N>, f: impl Fn(&mut T, T)) {
    for (a, b) in a.iter_mut().zip(b) {
        for (a, &b) in a.iter_mut().zip(b) {
            f(a, b);
        }
    }
}

/// `block += r · a bᵀ`; a product of zero gives zero.
#[inline(always)]
fn accumulate<T: Scalar, const M: usize, const N: usize>(
    block: &mut Option<Block<T, M, N>>,
    a: Option<&[T; M]>,
    b: Option<[T; N]>,
    r: T,
) {
    let (Some(a), Some(b)) = (a, b) else { return };
    if is_tame(r) {
        let b = b.map(|b| b * r);
        match block {
            Some(block) => {
                for (column, b) in block.iter_mut().zip(b) {
                    for (entry, &a) in column.iter_mut().zip(a) {
                        *entry += a * b;
                    }
                }
            }
            None => *block = Some(b.map(|b| a.map(|a| a * b))),
        }
    } else {
        let product = b.map(|b| a.map(|a| along(a * b, r)));
        match block {
            Some(block) => each(block, &product, |entry, product| *entry += product),
            None => *block = Some(product),
        }
    }
}

impl<T: Scalar, const M: usize, const N: usize> From<HyperDualVec<T, Const<M>, Const<N>>> for HyperDual<T, M, N> {
    fn from(dual: HyperDualVec<T, Const<M>, Const<N>>) -> Self {
        Self(dual)
    }
}

impl<T: Scalar, const M: usize, const N: usize> From<HyperDual<T, M, N>> for HyperDualVec<T, Const<M>, Const<N>> {
    fn from(dual: HyperDual<T, M, N>) -> Self {
        dual.0
    }
}

impl<T: Scalar, const M: usize, const N: usize> Overload for HyperDual<T, M, N> {
    type Base = T;

    #[inline]
    fn constant(value: T) -> Self {
        Self::new(value, None, None, None)
    }

    #[inline]
    fn primal(&self) -> T {
        self.0.re
    }

    #[inline]
    fn is_constant(&self) -> bool {
        self.first().is_none_or(all_zero)
            && self.second().is_none_or(|b| all_zero(&b))
            && self.mixed().is_none_or(|ab| ab.iter().all(all_zero))
    }

    #[inline]
    fn unary<R: UnaryRule>(self, rule: R) -> Self {
        let value = rule.value(self.0.re);
        if self.is_bare() {
            return Self::constant(value);
        }
        let (slope, bend) = if self.first().is_some() && self.second().is_some() {
            curve(rule, self.0.re, value)
        } else {
            (rule.derivative(self.0.re, value), T::zero())
        };
        let first = blend(self.first().copied(), slope, None, slope);
        let second = blend(self.second(), slope, None, slope);
        let mut mixed = linear(self.mixed(), slope, None, slope);
        accumulate(&mut mixed, self.first(), self.second(), bend);
        Self::new(value, first, second, mixed)
    }

    #[inline]
    fn binary<R: BinaryRule>(self, other: Self, rule: R) -> Self {
        let value = rule.value(self.0.re, other.0.re);
        let varies = [!self.is_constant(), !other.is_constant()];
        if varies == [false, false] {
            return Self::constant(value);
        }
        let d = Surface::new(rule, self.0.re, other.0.re, value, varies);
        let mut result = Self::combine(value, (&self, d.x), (&other, d.y), d.xy);
        let mut mixed = result.0.eps1eps2.0.map(|ab| ab.data.0);
        if varies[0] {
            accumulate(&mut mixed, self.first(), self.second(), d.xx);
        }
        if varies[1] {
            accumulate(&mut mixed, other.first(), other.second(), d.yy);
        }
        result.0.eps1eps2 = Derivative(mixed.map(|ab| SMatrix::from_array_storage(ArrayStorage(ab))));
        result
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        let value = self.0.re + other.0.re;
        if other.is_bare() {
            return Self::with_parts(value, self);
        }
        if self.is_bare() {
            return Self::with_parts(value, other);
        }
        let first = add(self.first().copied(), other.first());
        let second = add(self.second(), other.second().as_ref());
        let mixed = match (self.mixed(), other.mixed()) {
            (Some(a), Some(b)) => {
                let mut block = *a;
                each(&mut block, b, |a, b| *a += b);
                Some(block)
            }
            (a, b) => a.or(b).copied(),
        };
        Self::new(value, first, second, mixed)
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        if other.is_bare() {
            return self.shifted(-other.0.re);
        }
        let value = self.0.re - other.0.re;
        Self::with_parts(value, self.plus(other.negated()))
    }

    #[inline]
    fn times(self, other: Self) -> Self {
        let (x, y) = (self.0.re, other.0.re);
        if other.is_bare() {
            return self.scaled(y);
        }
        if self.is_bare() {
            return other.scaled(x);
        }
        Self::combine(x * y, (&self, y), (&other, x), T::one())
    }

    /// With the quotient `q = f/g`: `q' = (f' - q g')/g` and `q'' = (f'' - q' g' - g' q' - q g'')/g`.
    #[inline]
    fn over(self, other: Self) -> Self {
        let value = self.0.re / other.0.re;
        if self.is_bare() && other.is_bare() {
            return Self::constant(value);
        }
        let inverse = other.0.re.recip();
        let slope = -(value * inverse);
        let first = blend(self.first().copied(), inverse, other.first().copied(), slope);
        let second = blend(self.second(), inverse, other.second(), slope);
        let mut mixed = linear(self.mixed(), inverse, other.mixed(), slope);
        accumulate(&mut mixed, first.as_ref(), other.second(), -inverse);
        accumulate(&mut mixed, other.first(), second, -inverse);
        Self::new(value, first, second, mixed)
    }

    #[inline]
    fn negated(self) -> Self {
        let mixed = self.mixed().map(|ab| ab.map(|column| column.map(|entry| -entry)));
        let (first, second) = (self.first().map(|a| a.map(|a| -a)), self.second().map(|b| b.map(|b| -b)));
        Self::new(-self.0.re, first, second, mixed)
    }

    #[inline]
    fn shifted(self, c: T) -> Self {
        Self::with_parts(self.0.re + c, self)
    }

    #[inline]
    fn scaled(self, c: T) -> Self {
        let mixed = self.mixed().map(|ab| ab.map(|column| column.map(|entry| entry * c)));
        let (first, second) = (self.first().map(|a| a.map(|a| a * c)), self.second().map(|b| b.map(|b| b * c)));
        Self::new(self.0.re * c, first, second, mixed)
    }
}

/// The sum of two parts.
#[inline(always)]
fn add<T: Scalar, const N: usize>(a: Option<[T; N]>, b: Option<&[T; N]>) -> Option<[T; N]> {
    match (a, b) {
        (Some(a), Some(b)) => Some(crate::lanes::zip(a, b, |a, b| a + b)),
        (a, b) => a.or(b.copied()),
    }
}

overload_scalar!(impl[T: Scalar, const M: usize, const N: usize] HyperDual<T, M, N>);
