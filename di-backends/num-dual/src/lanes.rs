//! Arithmetic on the derivative parts, one lane for each direction: plain loops that compile to vector code.

use di_core::Scalar;

/// `f` of each lane.
#[inline]
pub(crate) fn map<T: Copy, const N: usize>(mut a: [T; N], f: impl Fn(T) -> T) -> [T; N] {
    for a in &mut a {
        *a = f(*a);
    }
    a
}

/// `f` of each pair of lanes.
#[inline]
pub(crate) fn zip<T: Copy, const N: usize>(mut a: [T; N], b: &[T; N], f: impl Fn(T, T) -> T) -> [T; N] {
    for (a, &b) in a.iter_mut().zip(b) {
        *a = f(*a, b);
    }
    a
}

/// Whether a product of zero with `d` is zero for certain.
///
/// The derivatives of a nested scalar may be infinite where its value is not, so that each lane must be looked at there.
#[inline]
pub(crate) fn is_tame<T: Scalar>(d: T) -> bool {
    T::ORDER == 0 && d.is_finite()
}

/// `t · d`, where a tangent `t` of zero gives zero even if the factor `d` is infinite or NaN.
#[inline]
pub(crate) fn along<T: Scalar>(t: T, d: T) -> T {
    if t.is_identically_zero() { t } else { t * d }
}

/// `t · d` in each lane, where a tangent of zero gives zero, and so does a factor of zero, even if the other is infinite.
#[inline]
pub(crate) fn scale<T: Scalar, const N: usize>(t: [T; N], d: T) -> [T; N] {
    if d.is_identically_zero() {
        return [T::zero(); N];
    }
    if is_tame(d) { map(t, |t| t * d) } else { map(t, |t| along(t, d)) }
}

/// Whether no lane has a derivative.
#[inline]
pub(crate) fn all_zero<T: Scalar, const N: usize>(t: &[T; N]) -> bool {
    t.iter().all(T::is_identically_zero)
}
