//! A buffer that is written in one place and read in another.

use super::ClosedForm;
use super::memory::{Cotangents, Tangents};
use di_core::{AdjointFn, Cache, Enclosed, Scalar, Shadow, TangentFn, VectorFn};
use ndarray::Array2;
use std::array::from_fn;

/// `w_i = x_i sin x_{i+1}` into the buffer, then `y_i = w_i (x_i + w_i)` from it, or the sum of them; periodic.
///
/// Between writing and reading the buffer is given back, and reading goes backwards.
#[derive(Clone, Debug, Shadow)]
pub struct WriteThenRead {
    #[shadow(constant)]
    summed: bool,
    w: Cache,
}

impl WriteThenRead {
    /// With n outputs, or with their sum as the only one.
    #[must_use]
    pub fn new(summed: bool) -> Self {
        Self { summed, w: Cache::new() }
    }

    fn write<T: Scalar>(&self, x: &[T]) {
        let n = x.len();
        let mut w = self.w.buffer::<T>(n);
        for i in 0..n {
            w[i] = x[i] * x[(i + 1) % n].sin();
        }
    }

    fn read<T: Scalar>(&self, x: &[T], y: &mut [T]) {
        let w = self.w.buffer::<T>(x.len());
        y.fill(T::zero());
        for i in (0..x.len()).rev() {
            y[self.row(i)] += w[i] * (x[i] + w[i]);
        }
    }

    /// The output that term `i` goes to.
    fn row(&self, i: usize) -> usize {
        if self.summed { 0 } else { i }
    }
}

impl ClosedForm for WriteThenRead {
    /// Term `i` is `a² (sin b + sin² b)` with `a = x_i`, `b = x_{i+1}`.
    fn jacobian(&self, x: &[f64]) -> Array2<f64> {
        let n = x.len();
        let mut jacobian = Array2::zeros((if self.summed { 1 } else { n }, n));
        for i in 0..n {
            let next = (i + 1) % n;
            let (a, (s, c)) = (x[i], x[next].sin_cos());
            jacobian[[self.row(i), i]] += 2.0 * a * (s + s * s);
            jacobian[[self.row(i), next]] += a * a * c * (1.0 + 2.0 * s);
        }
        jacobian
    }

    fn second(&self, x: &[f64]) -> Option<Array2<f64>> {
        let n = x.len();
        if !self.summed && n != 1 {
            return None;
        }
        let mut hessian = Array2::zeros((n, n));
        for i in 0..n {
            let next = (i + 1) % n;
            let (a, (s, c)) = (x[i], x[next].sin_cos());
            let mixed = 2.0 * a * c * (1.0 + 2.0 * s);
            hessian[[i, i]] += 2.0 * (s + s * s);
            hessian[[i, next]] += mixed;
            hessian[[next, i]] += mixed;
            hessian[[next, next]] += a * a * (2.0 * c * c - s * (1.0 + 2.0 * s));
        }
        Some(hessian)
    }
}

impl<T: Scalar> VectorFn<T> for WriteThenRead {
    fn output_len(&self, input_len: usize) -> usize {
        if self.summed { 1 } else { input_len }
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        self.write(x);
        self.read(x, y);
    }
}

impl<T: Scalar> TangentFn<T> for WriteThenRead {
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
        let mut dw = Tangents::<T, K>::beside(shadow.map(|shadow| &shadow.w), n);
        self.write(x);
        for i in 0..n {
            let next = (i + 1) % n;
            let (s, c) = x[next].sin_cos();
            dw.set(i, from_fn(|k| dx[i][k] * s + x[i] * c * dx[next][k]));
        }
        let w = self.w.buffer::<T>(n);
        dy.fill([T::zero(); K]);
        for i in (0..n).rev() {
            let dw = dw.get(i);
            for (k, sum) in dy[self.row(i)].iter_mut().enumerate() {
                *sum += dw[k] * (x[i] + w[i]) + w[i] * (dx[i][k] + dw[k]);
            }
        }
        drop(w);
        if let Some(y) = y {
            self.read(x, y);
        }
    }
}

impl<T: Scalar> AdjointFn<T> for WriteThenRead {
    fn adjoint_into(&self, enclosed: Enclosed<'_, Self>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        let n = x.len();
        self.write(x);
        if let Some(y) = y {
            self.read(x, y);
        }
        let shadow = enclosed.shadow();
        let mut dw = Cotangents::beside(shadow.map(|shadow| &shadow.w), n);
        let w = self.w.buffer::<T>(n);
        for i in 0..n {
            let dy = dy[self.row(i)];
            dw.add(i, (x[i] + w[i] + w[i]) * dy);
            dx[i] += w[i] * dy;
        }
        for i in (0..n).rev() {
            let (next, dw) = ((i + 1) % n, dw.take(i));
            let (s, c) = x[next].sin_cos();
            dx[i] += s * dw;
            dx[next] += x[i] * c * dw;
        }
    }
}
