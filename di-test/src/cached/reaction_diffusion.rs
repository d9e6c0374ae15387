//! Two species that react and diffuse, with six buffers and matrix products.

use super::ClosedForm;
use super::diffusion::{Diffusion, Grid};
use di_core::{AdjointFn, Enclosed, Scalar, Shadow, TangentFn, VectorFn};
use ndarray::Array2;

/// The constants `c_u`, `c_v` of diffusion.
const DIFFUSION: [f64; 2] = [0.125, 2.0];
/// The production `a` of both species.
const A: f64 = 1.5;
/// The source `ū` of the activator.
const SOURCE: f64 = 1.0;
/// The decay `α` of the activator.
const ALPHA: f64 = 0.75;
/// The decay `β` of the inhibitor.
const BETA: f64 = 3.0;

/// The right-hand side of the model of Gierer and Meinhardt on a grid of p rows and q columns, n = 2pq.
///
/// `u̇ = c_u (A u + u A) + a u²/v + ū − α u` and `v̇ = c_v (A v + v A) + a u² − β v`, with dense matrices `A` of second
/// differences and three buffers for each species. First comes all of `u`, row by row, then all of `v`.
///
/// # References
///
/// Gierer and Meinhardt, "A theory of biological pattern formation", *Kybernetik* 12 (1972).
#[derive(Clone, Debug, Shadow)]
pub struct ReactionDiffusion {
    grid: Grid,
    /// Of `u` and of `v`.
    species: Box<[Diffusion; 2]>,
}

impl ReactionDiffusion {
    /// On a grid of so many rows and columns.
    #[must_use]
    pub fn new(rows: usize, columns: usize) -> Self {
        Self { grid: Grid::new(rows, columns), species: Box::default() }
    }

    fn evaluate<T: Scalar>(&self, x: &[T], y: Option<&mut [T]>) {
        let (u, v) = x.split_at(self.cells());
        let diffusion_u = self.species[0].evaluate(&self.grid, DIFFUSION[0], u);
        let diffusion_v = self.species[1].evaluate(&self.grid, DIFFUSION[1], v);
        let Some(y) = y else { return };
        let (yu, yv) = y.split_at_mut(self.cells());
        for i in 0..u.len() {
            let production = T::lift(A) * u[i] * u[i];
            yu[i] = diffusion_u[i] + production / v[i] + T::lift(SOURCE) - T::lift(ALPHA) * u[i];
            yv[i] = diffusion_v[i] + production - T::lift(BETA) * v[i];
        }
    }

    fn cells(&self) -> usize {
        self.grid.rows * self.grid.columns
    }
}

/// Each cell couples to its four neighbours, mirrored at the boundary.
impl ClosedForm for ReactionDiffusion {
    fn jacobian(&self, x: &[f64]) -> Array2<f64> {
        let (p, q, cells) = (self.grid.rows, self.grid.columns, self.cells());
        let mut jacobian = Array2::zeros((2 * cells, 2 * cells));
        let mirrored = |i: usize, up: bool, n: usize| match (i, up) {
            (0, false) => usize::from(n > 1),
            (i, true) if i + 1 == n => i.saturating_sub(1),
            (i, true) => i + 1,
            (i, false) => i - 1,
        };
        for i in 0..p {
            for j in 0..q {
                let cell = i * q + j;
                let (u, v) = (x[cell], x[cells + cell]);
                for (species, c) in DIFFUSION.into_iter().enumerate() {
                    let row = species * cells + cell;
                    for up in [false, true] {
                        jacobian[[row, species * cells + mirrored(i, up, p) * q + j]] += c;
                        jacobian[[row, species * cells + i * q + mirrored(j, up, q)]] += c;
                        jacobian[[row, row]] -= 2.0 * c;
                    }
                }
                jacobian[[cell, cell]] += 2.0 * A * u / v - ALPHA;
                jacobian[[cell, cells + cell]] -= A * u * u / (v * v);
                jacobian[[cells + cell, cell]] += 2.0 * A * u;
                jacobian[[cells + cell, cells + cell]] -= BETA;
            }
        }
        jacobian
    }

    fn second(&self, _: &[f64]) -> Option<Array2<f64>> {
        None
    }
}

impl<T: Scalar> VectorFn<T> for ReactionDiffusion {
    fn output_len(&self, _: usize) -> usize {
        2 * self.cells()
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        self.evaluate(x, Some(y));
    }
}

impl<T: Scalar> TangentFn<T> for ReactionDiffusion {
    fn tangent_into<const K: usize>(
        &self,
        enclosed: Enclosed<'_, Self>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        let shadow = enclosed.shadow().map(|shadow| &*shadow);
        let (u, v) = x.split_at(self.cells());
        let (du, dv) = dx.split_at(self.cells());
        let (dyu, dyv) = dy.split_at_mut(self.cells());
        Diffusion::tangent(shadow.map(|shadow| &shadow.species[0]), &self.grid, DIFFUSION[0], du, |i, d| dyu[i] = d);
        Diffusion::tangent(shadow.map(|shadow| &shadow.species[1]), &self.grid, DIFFUSION[1], dv, |i, d| dyv[i] = d);
        for i in 0..u.len() {
            let slope = T::lift(2.0 * A) * u[i];
            let (by_u, by_v) = (slope / v[i] - T::lift(ALPHA), T::lift(A) * u[i] * u[i] / (v[i] * v[i]));
            for k in 0..K {
                dyu[i][k] += by_u * du[i][k] - by_v * dv[i][k];
                dyv[i][k] += slope * du[i][k] - T::lift(BETA) * dv[i][k];
            }
        }
        self.evaluate(x, y);
    }
}

impl<T: Scalar> AdjointFn<T> for ReactionDiffusion {
    fn adjoint_into(&self, enclosed: Enclosed<'_, Self>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        self.evaluate(x, y);
        let shadow = enclosed.shadow().map(|shadow| &*shadow);
        let (u, v) = x.split_at(self.cells());
        let (du, dv) = dx.split_at_mut(self.cells());
        let (dyu, dyv) = dy.split_at(self.cells());
        for i in (0..u.len()).rev() {
            let slope = T::lift(2.0 * A) * u[i];
            du[i] += (slope / v[i] - T::lift(ALPHA)) * dyu[i] + slope * dyv[i];
            dv[i] -= T::lift(A) * u[i] * u[i] / (v[i] * v[i]) * dyu[i] + T::lift(BETA) * dyv[i];
        }
        Diffusion::adjoint(shadow.map(|shadow| &shadow.species[1]), &self.grid, DIFFUSION[1], dyv, dv);
        Diffusion::adjoint(shadow.map(|shadow| &shadow.species[0]), &self.grid, DIFFUSION[0], dyu, du);
    }
}
