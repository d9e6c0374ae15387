//! What derivative code leaves unwritten is not a number: never that of an earlier call.

use di_core::{
    AdjointFn, Enclosed, PreparePullback, PreparePushforward, Pullback, Pushforward, Real, Result, Shadow, TangentFn,
    VectorFn,
};
use di_enzyme::EnzymeStyle;

/// `y = x`, whose derivative code writes into the outputs only where `x` is positive.
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Forgetful;

impl<T: Real> VectorFn<T> for Forgetful {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        y.copy_from_slice(x);
    }
}

impl<T: Real> TangentFn<T> for Forgetful {
    fn tangent_into<const K: usize>(
        &self,
        _: Enclosed<'_, ()>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        if x[0] > T::zero() {
            if let Some(y) = y {
                y.copy_from_slice(x);
            }
            dy.copy_from_slice(dx);
        }
    }
}

impl<T: Real> AdjointFn<T> for Forgetful {
    fn adjoint_into(&self, _: Enclosed<'_, ()>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        if let Some(y) = y.filter(|_| x[0] > T::zero()) {
            y.copy_from_slice(x);
        }
        dx.iter_mut().zip(dy).for_each(|(dx, dy)| *dx += *dy);
    }
}

#[test]
fn values_and_tangents() -> Result<()> {
    let mut prepared = EnzymeStyle::default().prepare_pushforward(Forgetful, &[1.0])?;
    assert_eq!(prepared.value_and_pushforward(&[2.0], &[3.0])?, (vec![2.0], vec![3.0]));
    let (y, dy) = prepared.value_and_pushforward(&[-2.0], &[3.0])?;
    assert!(y[0].is_nan() && dy[0].is_nan(), "{y:?} {dy:?}");
    Ok(())
}

#[test]
fn values_beside_cotangents() -> Result<()> {
    let mut prepared = EnzymeStyle::default().prepare_pullback(Forgetful, &[1.0])?;
    assert_eq!(prepared.value_and_pullback(&[2.0], &[3.0])?, (vec![2.0], vec![3.0]));
    let (y, dx) = prepared.value_and_pullback(&[-2.0], &[3.0])?;
    assert!(y[0].is_nan(), "{y:?}");
    assert_eq!(dx, [3.0]);
    Ok(())
}
