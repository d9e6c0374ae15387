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
pub(super) const SPREAD: f64 = 10.24;

/// Computes `α ∇²` of a periodic field and gives it to `put` with the entry of `to` that it belongs to.
///
/// The slices of the inner loop have one length, so that it needs no bounds checks and can be vectorised.
#[inline]
pub(super) fn diffuse<T: Number>(side: usize, field: &[T], to: &mut [T], put: impl Fn(&mut T, T) + Copy) {
    let row = |i: usize| &field[i * side..][..side];
    let stencil = |[above, left, middle, right, below]: [T; 5]| (above + below + left + right - middle * 4.0) * SPREAD;
    let (inside, last) = (side - 2, side - 1);
    for (i, to) in to.chunks_exact_mut(side).enumerate() {
        let (above, middle, below) = (row((i + last) % side), row(i), row((i + 1) % side));
        put(&mut to[0], stencil([above[0], middle[last], middle[0], middle[1], below[0]]));
        put(&mut to[last], stencil([above[last], middle[last - 1], middle[last], middle[0], below[last]]));
        let (above, below, to) = (&above[1..][..inside], &below[1..][..inside], &mut to[1..][..inside]);
        let (left, right, middle) = (&middle[..inside], &middle[2..][..inside], &middle[1..][..inside]);
        for j in 0..inside {
            put(&mut to[j], stencil([above[j], left[j], middle[j], right[j], below[j]]));
        }
    }
}

/// Adds `1 + u² v - 4.4 u` to `du` and `3.4 u - u² v` to `dv`.
#[inline]
fn react<T: Number>([u, v]: [&[T]; 2], du: &mut [T], dv: &mut [T]) {
    for (((&u, &v), du), dv) in u.iter().zip(v).zip(du).zip(dv) {
        let reaction = u * u * v;
        *du = *du + (reaction - u * 4.4 + 1.0);
        *dv = *dv + (u * 3.4 - reaction);
    }
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

    /// The function, of any numbers.
    #[inline]
    pub fn evaluate<T: Number>(self, state: &[T], rate: &mut [T]) {
        let cells = self.side * self.side;
        let (u, v) = state.split_at(cells);
        let (du, dv) = rate.split_at_mut(cells);
        diffuse(self.side, u, du, |to, spread| *to = spread);
        diffuse(self.side, v, dv, |to, spread| *to = spread);
        react([u, v], du, dv);
    }

    /// Writes the value into `rate` and the pullback of `weights` into `pulled`.
    pub fn adjoint(self, state: &[f64], rate: &mut [f64], weights: &[f64], pulled: &mut [f64]) {
        self.evaluate(state, rate);
        let cells = self.side * self.side;
        let (u, v) = state.split_at(cells);
        let (wu, wv) = weights.split_at(cells);
        let (pu, pv) = pulled.split_at_mut(cells);
        diffuse(self.side, wu, pu, |to, spread| *to = spread);
        diffuse(self.side, wv, pv, |to, spread| *to = spread);
        for (((((pu, pv), u), v), wu), wv) in pu.iter_mut().zip(pv).zip(u).zip(v).zip(wu).zip(wv) {
            let both = wu - wv;
            *pu += both * 2.0 * u * v - wu * 4.4 + wv * 3.4;
            *pv += both * u * u;
        }
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
