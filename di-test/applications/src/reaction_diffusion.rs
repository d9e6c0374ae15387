//! Two species that react and diffuse, with six buffers and matrix products.

mod pullback;

use crate::data::{Result, check_least};
use crate::random::Random;
use di_core::{Cache, Real, Shadow, VectorFn, differentiable};

pub use pullback::ReactionDiffusionPullback;

/// The constants of diffusion of the two species.
const DIFFUSION: [f64; 2] = [0.125, 2.0];
/// The production `a` of both species.
const PRODUCTION: f64 = 1.5;
/// The source `ū` of the activator.
const SOURCE: f64 = 1.0;
/// The decay of the activator and of the inhibitor.
const DECAY: [f64; 2] = [0.75, 3.0];

/// The right-hand side of the model of Gierer and Meinhardt on a grid of `side × side` cells:
///
/// ```math
/// \dot u = c_u (A u + u A^T) + a\,u^2/v + \bar u - \alpha u, \qquad
/// \dot v = c_v (A v + v A^T) + a\,u^2 - \beta v
/// ```
///
/// with the dense matrix `A` of second differences, mirrored at the boundary, and three buffers for each species: of the
/// two products and of their sum. The state holds all of `u`, row by row, then all of `v`: `2 side²` inputs and outputs.
///
/// # References
///
/// Gierer and Meinhardt, "A theory of biological pattern formation", *Kybernetik* 12 (1972).
#[derive(Clone, Debug, Shadow)]
pub struct ReactionDiffusion {
    #[shadow(constant)]
    side: usize,
    #[shadow(constant)]
    matrix: Vec<f64>,
    across_u: Cache,
    along_u: Cache,
    spread_u: Cache,
    across_v: Cache,
    along_v: Cache,
    spread_v: Cache,
}

impl ReactionDiffusion {
    /// On a grid of so many rows and columns.
    ///
    /// # Errors
    ///
    /// [`DataError::TooFew`](crate::DataError::TooFew) if there are not two.
    pub fn new(side: usize) -> Result<Self> {
        check_least("grid points in each direction", 2, side)?;
        let mut matrix = vec![0.0; side * side];
        for i in 0..side {
            matrix[i * side + i] = -2.0;
            matrix[i * side + if i > 0 { i - 1 } else { 1 }] += 1.0;
            matrix[i * side + if i + 1 < side { i + 1 } else { side - 2 }] += 1.0;
        }
        let [across_u, along_u, spread_u, across_v, along_v, spread_v] = [(); 6].map(|()| Cache::new());
        Ok(Self { side, matrix, across_u, along_u, spread_u, across_v, along_v, spread_v })
    }

    /// A random state of positive numbers.
    #[must_use]
    pub fn point(&self, seed: u64) -> Vec<f64> {
        Random::new(seed).vector(2 * self.side * self.side, 0.5, 1.5)
    }
}

#[differentiable]
impl<T: Real> VectorFn<T> for ReactionDiffusion {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let cells = self.side * self.side;
        let (u, v) = (&x[..cells], &x[cells..2 * cells]);
        let mut across_u = self.across_u.buffer::<T>(cells);
        let mut along_u = self.along_u.buffer::<T>(cells);
        let mut spread_u = self.spread_u.buffer::<T>(cells);
        let mut across_v = self.across_v.buffer::<T>(cells);
        let mut along_v = self.along_v.buffer::<T>(cells);
        let mut spread_v = self.spread_v.buffer::<T>(cells);
        multiply_left(self.side, &self.matrix, u, &mut across_u);
        multiply_right(self.side, &self.matrix, u, &mut along_u);
        multiply_left(self.side, &self.matrix, v, &mut across_v);
        multiply_right(self.side, &self.matrix, v, &mut along_v);
        for i in 0..cells {
            spread_u[i] = (across_u[i] + along_u[i]) * DIFFUSION[0];
            spread_v[i] = (across_v[i] + along_v[i]) * DIFFUSION[1];
        }
        for i in 0..cells {
            let production = u[i] * u[i] * PRODUCTION;
            y[i] = spread_u[i] + production / v[i] + SOURCE - u[i] * DECAY[0];
            y[cells + i] = spread_v[i] + production - v[i] * DECAY[1];
        }
    }
}

/// `product = A field`.
#[differentiable]
fn multiply_left<T: Real>(side: usize, matrix: &[f64], field: &[T], product: &mut [T]) {
    product.fill(T::zero());
    for i in 0..side {
        let row = &mut product[i * side..(i + 1) * side];
        for k in 0..side {
            let factor = matrix[i * side + k];
            let from = &field[k * side..(k + 1) * side];
            for j in 0..side {
                row[j] += from[j] * factor;
            }
        }
    }
}

/// `product = field Aᵀ`.
#[differentiable]
fn multiply_right<T: Real>(side: usize, matrix: &[f64], field: &[T], product: &mut [T]) {
    for i in 0..side {
        let from = &field[i * side..(i + 1) * side];
        for j in 0..side {
            let factors = &matrix[j * side..(j + 1) * side];
            let mut sum = T::zero();
            for k in 0..side {
                sum += from[k] * factors[k];
            }
            product[i * side + j] = sum;
        }
    }
}
