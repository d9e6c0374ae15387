//! A buffer that is cleared and then accumulated into.

use super::ClosedForm;
use super::memory::{Cotangents, Tangents};
use di_core::{AdjointFn, Cache, Enclosed, Scalar, Shadow, TangentFn, VectorFn};
use ndarray::Array2;
use std::array::from_fn;

/// `a_j = 0`, then `a_j += sin(x_i x_j)` over all i and j; `y = Σ a_j²`.
#[derive(Clone, Debug, Default, Shadow)]
pub struct Accumulate {
    a: Cache,
}

impl Accumulate {
    fn accumulate<T: Scalar>(x: &[T], a: &mut [T]) {
        a.fill(T::zero());
        for &xi in x {
            for (a, &xj) in a.iter_mut().zip(x) {
                *a += (xi * xj).sin();
            }
        }
    }
}

impl ClosedForm for Accumulate {
    fn jacobian(&self, x: &[f64]) -> Array2<f64> {
        let (a, da) = (sums(x), sum_gradients(x));
        Array2::from_shape_fn((1, x.len()), |(_, p)| (0..x.len()).map(|j| 2.0 * a[j] * da[[j, p]]).sum())
    }

    fn second(&self, x: &[f64]) -> Option<Array2<f64>> {
        let n = x.len();
        let (a, da) = (sums(x), sum_gradients(x));
        // sin''(x_i x_j) x_i x_j + sin'(x_i x_j)
        let mixed = |i: usize, j: usize| (x[i] * x[j]).cos() - x[i] * x[j] * (x[i] * x[j]).sin();
        let curvature = |j: usize, p: usize, q: usize| {
            let mut sum = 0.0;
            if p == q {
                sum -= x[j] * x[j] * (x[p] * x[j]).sin();
            }
            if j == q {
                sum += mixed(p, j);
            }
            if j == p {
                sum += mixed(q, j);
            }
            if j == p && j == q {
                sum -= x.iter().map(|xi| xi * xi * (xi * x[j]).sin()).sum::<f64>();
            }
            sum
        };
        Some(Array2::from_shape_fn((n, n), |(p, q)| {
            (0..n).map(|j| 2.0 * (da[[j, p]] * da[[j, q]] + a[j] * curvature(j, p, q))).sum()
        }))
    }
}

/// `a_j = Σ_i sin(x_i x_j)`.
fn sums(x: &[f64]) -> Vec<f64> {
    x.iter().map(|xj| x.iter().map(|xi| (xi * xj).sin()).sum()).collect()
}

/// `∂a_j/∂x_p`, row j, column p.
fn sum_gradients(x: &[f64]) -> Array2<f64> {
    let own = |j: usize| x.iter().map(|xi| xi * (xi * x[j]).cos()).sum::<f64>();
    Array2::from_shape_fn((x.len(), x.len()), |(j, p)| x[j] * (x[p] * x[j]).cos() + if j == p { own(j) } else { 0.0 })
}

impl<T: Scalar> VectorFn<T> for Accumulate {
    fn output_len(&self, _: usize) -> usize {
        1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let mut a = self.a.buffer::<T>(x.len());
        Self::accumulate(x, &mut a);
        y[0] = T::dot(&a, &a);
    }
}

impl<T: Scalar> TangentFn<T> for Accumulate {
    fn tangent_into<const K: usize>(
        &self,
        enclosed: Enclosed<'_, Self>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        let n = x.len();
        let shadow = enclosed.shadow();
        let mut a = self.a.buffer::<T>(n);
        let mut da = Tangents::<T, K>::beside(shadow.map(|shadow| &shadow.a), n);
        a.fill(T::zero());
        (0..n).for_each(|j| da.set(j, [T::zero(); K]));
        for i in 0..n {
            for j in 0..n {
                let (s, c) = (x[i] * x[j]).sin_cos();
                a[j] += s;
                da.add(j, from_fn(|k| c * (dx[i][k] * x[j] + x[i] * dx[j][k])));
            }
        }
        dy[0] = [T::zero(); K];
        for j in 0..n {
            let da = da.get(j);
            dy[0].iter_mut().zip(da).for_each(|(dy, da)| *dy += T::lift(2.0) * a[j] * da);
        }
        if let Some(y) = y {
            y[0] = T::dot(&a, &a);
        }
    }
}

impl<T: Scalar> AdjointFn<T> for Accumulate {
    fn adjoint_into(&self, enclosed: Enclosed<'_, Self>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        let n = x.len();
        let mut a = self.a.buffer::<T>(n);
        Self::accumulate(x, &mut a);
        if let Some(y) = y {
            y[0] = T::dot(&a, &a);
        }
        let shadow = enclosed.shadow();
        let mut da = Cotangents::beside(shadow.map(|shadow| &shadow.a), n);
        (0..n).for_each(|j| da.add(j, T::lift(2.0) * a[j] * dy[0]));
        for i in (0..n).rev() {
            for j in (0..n).rev() {
                let through = (x[i] * x[j]).cos() * da.get(j);
                dx[i] += x[j] * through;
                dx[j] += x[i] * through;
            }
        }
        for j in 0..n {
            da.take(j);
        }
    }
}
