//! A reaction and diffusion system, as solvers of stiff equations see it.

use crate::{Expression, Number};
use di_backends::ndarray::Array2;
use di_backends::{Real, VectorFn};

/// The right-hand side of the Brusselator on a periodic `side × side` grid:
///
/// ```math
/// \dot u = 1 + u^2 v - 4.4 u + \alpha \nabla^2 u, \qquad \dot v = 3.4 u - u^2 v + \alpha \nabla^2 v
/// ```
///
/// The state holds all of `u`, row by row, then all of `v`.
#[derive(Clone, Copy, Debug)]
pub struct Brusselator {
    /// Grid points in each direction, at least 2.
    pub side: usize,
}

/// The coefficient of diffusion divided by the square of the distance of grid points.
const SPREAD: f64 = 10.24;

/// Sum of the four neighbours less four times the middle.
#[inline]
fn laplacian<T: Number>([above, row, below]: [&[T]; 3], [left, middle, right]: [usize; 3]) -> T {
    above[middle] + below[middle] + row[left] + row[right] - row[middle] * 4.0
}

impl Brusselator {
    /// A state of positive numbers.
    #[must_use]
    pub fn point(self) -> Vec<f64> {
        let mut numbers = super::uniform(1);
        (0..2 * self.side * self.side).map(|_| 2.0 + numbers()).collect()
    }

    /// Cotangents.
    #[must_use]
    pub fn weights(self) -> Vec<f64> {
        let mut numbers = super::uniform(2);
        (0..2 * self.side * self.side).map(|_| numbers()).collect()
    }

    /// Calls `cell` for each row with the rows about it, and for each point with the columns about it.
    #[inline]
    fn for_each_row(self, mut row: impl FnMut(usize, [usize; 3])) {
        let n = self.side;
        for i in 0..n {
            row(i, [(i + n - 1) % n, i, (i + 1) % n]);
        }
    }

    /// The function, of any numbers.
    #[inline]
    pub fn evaluate<T: Number>(self, state: &[T], rate: &mut [T]) {
        let n = self.side;
        let (u, v) = state.split_at(n * n);
        let (du, dv) = rate.split_at_mut(n * n);
        self.for_each_row(|i, rows| {
            let u = rows.map(|row| &u[row * n..][..n]);
            let v = rows.map(|row| &v[row * n..][..n]);
            let (du, dv) = (&mut du[i * n..][..n], &mut dv[i * n..][..n]);
            let mut cell = |columns: [usize; 3]| {
                let j = columns[1];
                let reaction = u[1][j] * u[1][j] * v[1][j];
                du[j] = reaction - u[1][j] * 4.4 + laplacian(u, columns) * SPREAD + 1.0;
                dv[j] = u[1][j] * 3.4 - reaction + laplacian(v, columns) * SPREAD;
            };
            cell([n - 1, 0, 1]);
            for j in 1..n - 1 {
                cell([j - 1, j, j + 1]);
            }
            cell([n - 2, n - 1, 0]);
        });
    }

    /// Writes the value into `rate` and the pullback of `weights` into `pulled`.
    pub fn adjoint(self, state: &[f64], rate: &mut [f64], weights: &[f64], pulled: &mut [f64]) {
        self.evaluate(state, rate);
        let n = self.side;
        let (u, v) = state.split_at(n * n);
        let (wu, wv) = weights.split_at(n * n);
        let (pu, pv) = pulled.split_at_mut(n * n);
        self.for_each_row(|i, rows| {
            let (u, v) = (&u[i * n..][..n], &v[i * n..][..n]);
            let wu = rows.map(|row| &wu[row * n..][..n]);
            let wv = rows.map(|row| &wv[row * n..][..n]);
            let (pu, pv) = (&mut pu[i * n..][..n], &mut pv[i * n..][..n]);
            let mut cell = |columns: [usize; 3]| {
                let j = columns[1];
                let both = wu[1][j] - wv[1][j];
                pu[j] = both * 2.0 * u[j] * v[j] - wu[1][j] * 4.4 + wv[1][j] * 3.4 + laplacian(wu, columns) * SPREAD;
                pv[j] = both * u[j] * u[j] + laplacian(wv, columns) * SPREAD;
            };
            cell([n - 1, 0, 1]);
            for j in 1..n - 1 {
                cell([j - 1, j, j + 1]);
            }
            cell([n - 2, n - 1, 0]);
        });
    }

    /// The Jacobian, by one pullback for each row.
    #[must_use]
    pub fn jacobian(self, state: &[f64]) -> Array2<f64> {
        let n = state.len();
        let mut jac = Array2::zeros((n, n));
        let (mut rate, mut unit, mut pulled) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
        for (i, mut row) in jac.rows_mut().into_iter().enumerate() {
            unit[i] = 1.0;
            self.adjoint(state, &mut rate, &unit, &mut pulled);
            row.iter_mut().zip(&pulled).for_each(|(entry, &pulled)| *entry = pulled);
            unit[i] = 0.0;
        }
        jac
    }
}

impl<T: Real> VectorFn<T> for Brusselator {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    #[inline]
    fn call_into(&self, state: &[T], rate: &mut [T]) {
        self.evaluate(state, rate);
    }
}

/// `Σ w_i f_i` of the right-hand side, whose gradient is the pullback of `w`; for engines that have gradients alone.
#[derive(Clone, Debug)]
pub struct Weighted {
    /// The right-hand side.
    pub inner: Brusselator,
    /// The cotangents.
    pub weights: Vec<f64>,
}

impl Expression for Weighted {
    fn evaluate<T: Number>(&self, x: &[T], _tanh: impl Fn(T) -> T + Copy) -> T {
        let mut rate = x.to_vec();
        self.inner.evaluate(x, &mut rate);
        let mut sum = rate[0] * self.weights[0];
        for (&rate, &weight) in rate[1..].iter().zip(&self.weights[1..]) {
            sum = sum + rate * weight;
        }
        sum
    }
}
