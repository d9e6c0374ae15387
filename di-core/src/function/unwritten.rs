//! What outputs hold before a function writes them.

use crate::Scalar;

/// What an engine fills outputs with before it calls a function at `x`: not a number, in value and in derivatives.
///
/// An output that the function leaves unwritten is then NaN, rather than the number of an earlier call. Of plain numbers it is
/// `T::nan()`; where the scalar itself carries derivatives, as in nested engines, that would be a constant, with
/// derivatives of zero, so it depends on every entry of `x`.
///
/// ```
/// use di_core::{Partials, unwritten};
///
/// let x = Partials { value: 1.0_f64, partials: [1.0] };
/// assert!(unwritten(&[x]).partials[0].is_nan());
/// assert!(unwritten(&[1.0_f64]).is_nan());
/// ```
#[must_use]
pub fn unwritten<T: Scalar>(x: &[T]) -> T {
    if T::ORDER == 0 { T::nan() } else { T::sum_of(x) * T::nan() }
}
