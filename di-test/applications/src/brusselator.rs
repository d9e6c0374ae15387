//! A reaction with diffusion on a grid, as solvers of stiff equations see it.

mod indexed;

pub use indexed::IndexedBrusselator;

use crate::data::{Result, check_least};
use crate::random::Random;
use di_core::{Real, Shadow, VectorFn, differentiable};

/// The coefficient of diffusion divided by the square of the distance of grid points.
const SPREAD: f64 = 10.24;

/// The right-hand side of the Brusselator on a periodic `side × side` grid:
///
/// ```math
/// \dot u = 1 + u^2 v - 4.4 u + \alpha \nabla^2 u, \qquad \dot v = 3.4 u - u^2 v + \alpha \nabla^2 v
/// ```
///
/// The state holds all of `u`, row by row, then all of `v`: `2 side²` inputs and outputs.
///
/// # References
///
/// Hairer and Wanner, *Solving Ordinary Differential Equations II* (1996), section IV.10.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct Brusselator {
    side: usize,
}

impl Brusselator {
    /// On a grid of so many rows and columns.
    ///
    /// # Errors
    ///
    /// [`DataError::TooFew`](crate::DataError::TooFew) if there are not two.
    pub fn new(side: usize) -> Result<Self> {
        check_least("grid points in each direction", 2, side)?;
        Ok(Self { side })
    }

    /// A random state of positive numbers.
    #[must_use]
    pub fn point(self, seed: u64) -> Vec<f64> {
        Random::new(seed).vector(2 * self.side * self.side, 1.0, 3.0)
    }

    /// Writes the value at `state` and the pullback of the cotangents `weights`, by code written for them.
    pub fn value_and_pullback_into(self, state: &[f64], rate: &mut [f64], weights: &[f64], pulled: &mut [f64]) {
        self.call_into(state, rate);
        self.pullback_into(state, weights, pulled);
    }

    /// Writes the pullback of the cotangents `weights` at `state`, by code written for it.
    pub fn pullback_into(self, state: &[f64], weights: &[f64], pulled: &mut [f64]) {
        let cells = self.side * self.side;
        let (u, v) = state.split_at(cells);
        let (wu, wv) = weights.split_at(cells);
        let (pu, pv) = pulled.split_at_mut(cells);
        // The Laplacian is its own transpose.
        diffuse(self.side, wu, pu);
        diffuse(self.side, wv, pv);
        for (((((pu, pv), u), v), wu), wv) in pu.iter_mut().zip(pv).zip(u).zip(v).zip(wu).zip(wv) {
            let both = wu - wv;
            *pu += both * 2.0 * u * v - wu * 4.4 + wv * 3.4;
            *pv += both * u * u;
        }
    }
}

#[differentiable]
impl<T: Real> VectorFn<T> for Brusselator {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, state: &[T], rate: &mut [T]) {
        let cells = self.side * self.side;
        let (u, v) = (&state[..cells], &state[cells..2 * cells]);
        diffuse(self.side, u, &mut rate[..cells]);
        diffuse(self.side, v, &mut rate[cells..2 * cells]);
        for i in 0..cells {
            let reaction = u[i] * u[i] * v[i];
            rate[i] += reaction - u[i] * 4.4 + 1.0;
            rate[cells + i] += u[i] * 3.4 - reaction;
        }
    }
}

/// `α ∇²` of a periodic field. The slices of the inner loop have one length, so that it needs no bounds checks.
#[differentiable]
fn diffuse<T: Real>(side: usize, field: &[T], rate: &mut [T]) {
    let last = side - 1;
    let inside = side - 2;
    for i in 0..side {
        let before = if i == 0 { last } else { i - 1 };
        let after = if i == last { 0 } else { i + 1 };
        let above = &field[before * side..(before + 1) * side];
        let middle = &field[i * side..(i + 1) * side];
        let below = &field[after * side..(after + 1) * side];
        let to = &mut rate[i * side..(i + 1) * side];
        to[0] = stencil(above[0], middle[last], middle[0], middle[1], below[0]);
        to[last] = stencil(above[last], middle[last - 1], middle[last], middle[0], below[last]);
        let to = &mut to[1..last];
        let (above, below) = (&above[1..last], &below[1..last]);
        let (left, right, middle) = (&middle[..inside], &middle[2..], &middle[1..last]);
        for j in 0..inside {
            to[j] = stencil(above[j], left[j], middle[j], right[j], below[j]);
        }
    }
}

#[differentiable]
fn stencil<T: Real>(above: T, left: T, middle: T, right: T, below: T) -> T {
    (above + below + left + right - middle * 4.0) * SPREAD
}
