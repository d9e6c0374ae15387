//! The smallest function that a missing shadow makes wrong.

use super::ClosedForm;
use super::memory::{Cotangents, Tangents};
use di_core::{AdjointFn, Cache, Enclosed, Scalar, Shadow, TangentFn, VectorFn};
use ndarray::Array2;
use std::array::from_fn;

/// `a_0 = 1; a_0 += x; y = a_0²`, with `a` enclosed: `(1 + x)²`.
#[derive(Clone, Debug, Default, Shadow)]
pub struct Smallest {
    a: Cache,
}

impl ClosedForm for Smallest {
    fn jacobian(&self, x: &[f64]) -> Array2<f64> {
        Array2::from_elem((1, 1), 2.0 * (1.0 + x[0]))
    }

    fn second(&self, _: &[f64]) -> Option<Array2<f64>> {
        Some(Array2::from_elem((1, 1), 2.0))
    }
}

impl<T: Scalar> VectorFn<T> for Smallest {
    fn output_len(&self, _: usize) -> usize {
        1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let mut a = self.a.buffer::<T>(1);
        a[0] = T::one();
        a[0] += x[0];
        y[0] = a[0] * a[0];
    }
}

impl<T: Scalar> TangentFn<T> for Smallest {
    fn tangent_into<const K: usize>(
        &self,
        enclosed: Enclosed<'_, Self>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        let shadow = enclosed.shadow();
        let mut a = self.a.buffer::<T>(1);
        let mut da = Tangents::<T, K>::beside(shadow.map(|shadow| &shadow.a), 1);
        a[0] = T::one();
        da.set(0, [T::zero(); K]);
        a[0] += x[0];
        da.add(0, dx[0]);
        if let Some(y) = y {
            y[0] = a[0] * a[0];
        }
        let da = da.get(0);
        dy[0] = from_fn(|k| T::lift(2.0) * a[0] * da[k]);
    }
}

impl<T: Scalar> AdjointFn<T> for Smallest {
    fn adjoint_into(&self, enclosed: Enclosed<'_, Self>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        let shadow = enclosed.shadow();
        let mut a = self.a.buffer::<T>(1);
        a[0] = T::one();
        a[0] += x[0];
        if let Some(y) = y {
            y[0] = a[0] * a[0];
        }
        let mut da = Cotangents::beside(shadow.map(|shadow| &shadow.a), 1);
        da.add(0, T::lift(2.0) * a[0] * dy[0]);
        dx[0] += da.get(0);
        da.take(0);
    }
}
