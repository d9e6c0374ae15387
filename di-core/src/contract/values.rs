//! Tangents with values of outputs and without.

use crate::{Scalar, Shadow};

/// Tells a written tangent whether it writes values of outputs: as a parameter, because constants are told by types.
#[derive(Clone, Copy, Debug)]
pub struct Values<const WANTED: bool>;

/// A tangent that is written by `#[differentiable]`. Without `VALUES` it leaves values of outputs alone that it does not look at
/// itself.
pub trait TangentCode<T: Scalar>: Shadow {
    /// The arguments are those of [`TangentFn::tangent_into`](crate::TangentFn::tangent_into).
    fn tangent_code<const K: usize, const VALUES: bool>(
        &self,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    );
}

/// Runs the code that writes what is wanted.
#[inline]
pub fn tangent<F: TangentCode<T> + ?Sized, T: Scalar, const K: usize>(
    f: &F,
    x: &[T],
    dx: &[[T; K]],
    y: Option<&mut [T]>,
    dy: &mut [[T; K]],
) {
    if y.is_some() {
        f.tangent_code::<K, true>(x, dx, y, dy);
    } else {
        f.tangent_code::<K, false>(x, dx, None, dy);
    }
}
