//! Functions whose derivatives are known, with tangents and adjoints.

use di_backends::{AdjointFn, Enclosed, Pattern, Real, ScalarFn, Shadow, SparseMatrix, TangentFn, VectorFn};

/// `y_i = x_i² x_{i+1} - 3 x_{i-1}` on a ring of at least three.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ring;

/// `y_0 = Σ x_j²/2`, `y_i = x_0 x_i`: an arrow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrow;

/// `Σ x_i² x_{i+1} + Σ (x_{i+2} - x_i)⁴` on a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Energy;

macro_rules! no_shadow {
    ($($type:ty)*) => {$(
        impl Shadow for $type {
            type Shadow = ();
            fn make_zero(&self) {}
            fn remake_zero(&self, (): &mut ()) {}
        }
    )*};
}

no_shadow!(Ring Arrow Energy);

/// A point without symmetries.
pub(crate) fn point(n: usize) -> Vec<f64> {
    (0_u32..).take(n).map(|i| 1.0 + 0.5 * (f64::from(i) * 1.7).sin()).collect()
}

/// The matrix of these entries, repetitions added.
fn matrix(rows: usize, columns: usize, entries: &[(usize, usize, f64)]) -> SparseMatrix {
    let pattern = Pattern::from_entries(rows, columns, entries.iter().map(|&(i, j, _)| (i, j))).unwrap();
    let mut matrix = SparseMatrix::zeros(pattern.clone());
    for &(i, j, value) in entries {
        matrix.values_mut()[pattern.position(i, j).unwrap()] += value;
    }
    matrix
}

fn around(i: usize, n: usize) -> [usize; 2] {
    [(i + n - 1) % n, (i + 1) % n]
}

impl Ring {
    pub(crate) fn jacobian(x: &[f64]) -> SparseMatrix {
        let n = x.len();
        let row = |i| {
            let [before, after] = around(i, n);
            [(i, i, 2.0 * x[i] * x[after]), (i, after, x[i] * x[i]), (i, before, -3.0)]
        };
        matrix(n, n, &(0..n).flat_map(row).collect::<Vec<_>>())
    }
}

impl<T: Real> VectorFn<T> for Ring {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        for i in 0..x.len() {
            let [before, after] = around(i, x.len());
            y[i] = x[i] * x[i] * x[after] - x[before] * 3.0;
        }
    }
}

impl<T: Real> TangentFn<T> for Ring {
    fn tangent_into<const K: usize>(
        &self,
        _: Enclosed<'_, ()>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        for i in 0..x.len() {
            let [before, after] = around(i, x.len());
            for k in 0..K {
                dy[i][k] = x[i] * x[after] * dx[i][k] * 2.0 + x[i] * x[i] * dx[after][k] - dx[before][k] * 3.0;
            }
        }
        if let Some(y) = y {
            self.call_into(x, y);
        }
    }
}

impl<T: Real> AdjointFn<T> for Ring {
    fn adjoint_into(&self, _: Enclosed<'_, ()>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        for i in 0..x.len() {
            let [before, after] = around(i, x.len());
            dx[i] += x[i] * x[after] * dy[i] * 2.0;
            dx[after] += x[i] * x[i] * dy[i];
            dx[before] -= dy[i] * 3.0;
        }
        if let Some(y) = y {
            self.call_into(x, y);
        }
    }
}

impl Arrow {
    pub(crate) fn jacobian(x: &[f64]) -> SparseMatrix {
        let head = x.iter().enumerate().map(|(j, &x)| (0, j, x));
        let rest = (1..x.len()).flat_map(|i| [(i, 0, x[i]), (i, i, x[0])]);
        matrix(x.len(), x.len(), &head.chain(rest).collect::<Vec<_>>())
    }
}

impl<T: Real> VectorFn<T> for Arrow {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        y[0] = x.iter().map(|&x| x * x * 0.5).sum();
        for i in 1..x.len() {
            y[i] = x[0] * x[i];
        }
    }
}

impl<T: Real> TangentFn<T> for Arrow {
    fn tangent_into<const K: usize>(
        &self,
        _: Enclosed<'_, ()>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        for k in 0..K {
            dy[0][k] = x.iter().zip(dx).map(|(&x, dx)| x * dx[k]).sum();
            for i in 1..x.len() {
                dy[i][k] = dx[0][k] * x[i] + x[0] * dx[i][k];
            }
        }
        if let Some(y) = y {
            self.call_into(x, y);
        }
    }
}

impl<T: Real> AdjointFn<T> for Arrow {
    fn adjoint_into(&self, _: Enclosed<'_, ()>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        for i in 0..x.len() {
            dx[i] += x[i] * dy[0];
        }
        for i in 1..x.len() {
            dx[0] += x[i] * dy[i];
            dx[i] += x[0] * dy[i];
        }
        if let Some(y) = y {
            self.call_into(x, y);
        }
    }
}

impl Energy {
    pub(crate) fn gradient<T: Real>(x: &[T], grad: &mut [T], weight: T) {
        for (i, w) in x.windows(2).enumerate() {
            grad[i] += w[0] * w[1] * weight * 2.0;
            grad[i + 1] += w[0] * w[0] * weight;
        }
        for (i, w) in x.windows(3).enumerate() {
            let slope = (w[2] - w[0]).powi(3) * weight * 4.0;
            grad[i + 2] += slope;
            grad[i] -= slope;
        }
    }

    pub(crate) fn hessian(x: &[f64]) -> SparseMatrix {
        let pairs = x.windows(2).enumerate().flat_map(|(i, w)| {
            let cross = 2.0 * w[0];
            [(i, i, 2.0 * w[1]), (i, i + 1, cross), (i + 1, i, cross)]
        });
        let springs = x.windows(3).enumerate().flat_map(|(i, w)| {
            let curve = 12.0 * (w[2] - w[0]).powi(2);
            [(i, i, curve), (i + 2, i + 2, curve), (i, i + 2, -curve), (i + 2, i, -curve)]
        });
        matrix(x.len(), x.len(), &pairs.chain(springs).collect::<Vec<_>>())
    }
}

impl<T: Real> ScalarFn<T> for Energy {
    fn call(&self, x: &[T]) -> T {
        let pairs: T = x.windows(2).map(|w| w[0] * w[0] * w[1]).sum();
        let springs: T = x.windows(3).map(|w| (w[2] - w[0]).powi(4)).sum();
        pairs + springs
    }
}

impl<T: Real> AdjointFn<T> for Energy {
    fn adjoint_into(&self, _: Enclosed<'_, ()>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        Self::gradient(x, dx, dy[0]);
        if let Some(y) = y {
            y[0] = self.call(x);
        }
    }
}
