//! The Brusselator on a square, as a loop over the cells.

use super::memory::{Cotangents, Tangents};
use super::{ClosedForm, number};
use di_core::{AdjointFn, Cache, Enclosed, Scalar, Shadow, TangentFn, VectorFn};
use ndarray::Array2;

/// The constant of diffusion, on a unit square.
const DIFFUSION: f64 = 0.5;

/// The right-hand side of the Brusselator on a periodic grid of N × N cells, n = 2N².
///
/// `u̇ = 1 + u²v − 4.4 u + α Δu + f` and `v̇ = 3.4 u − u²v + α Δv`, with a source `f` of 5 near (0.3, 0.6). One buffer
/// holds the Laplacian, first that of `u`, then that of `v`. First comes all of `u`, row by row, then all of `v`.
///
/// # References
///
/// Hairer and Wanner, *Solving Ordinary Differential Equations II*, 2nd ed. (1996), section IV.10.
#[derive(Clone, Debug, Shadow)]
pub struct Brusselator {
    #[shadow(constant)]
    side: usize,
    laplacian: Cache,
}

impl Brusselator {
    /// On a grid of so many cells a side.
    #[must_use]
    pub fn new(side: usize) -> Self {
        Self { side, laplacian: Cache::new() }
    }

    fn evaluate<T: Scalar>(&self, x: &[T], y: Option<&mut [T]>) {
        let (u, v) = x.split_at(self.cells());
        let (yu, yv) = y.map(|y| y.split_at_mut(self.cells())).unzip();
        let coupling = T::lift(self.coupling());
        let mut laplacian = self.laplacian.buffer::<T>(self.cells());
        self.differences(u, &mut laplacian);
        for (i, y) in yu.into_iter().flatten().enumerate() {
            *y = T::lift(1.0 + self.source(i)) + u[i] * u[i] * v[i] - T::lift(4.4) * u[i] + coupling * laplacian[i];
        }
        self.differences(v, &mut laplacian);
        for (i, y) in yv.into_iter().flatten().enumerate() {
            *y = T::lift(3.4) * u[i] - u[i] * u[i] * v[i] + coupling * laplacian[i];
        }
    }

    fn cells(&self) -> usize {
        self.side * self.side
    }

    /// `α` over the square of the cells' width.
    fn coupling(&self) -> f64 {
        DIFFUSION * number(self.cells())
    }

    /// The cells that share a side with the given one, round the edges.
    fn neighbours(&self, cell: usize) -> [usize; 4] {
        let n = self.side;
        let (i, j) = (cell / n, cell % n);
        let (up, down) = (if i > 0 { i - 1 } else { n - 1 }, if i + 1 < n { i + 1 } else { 0 });
        let (left, right) = (if j > 0 { j - 1 } else { n - 1 }, if j + 1 < n { j + 1 } else { 0 });
        [up * n + j, down * n + j, i * n + left, i * n + right]
    }

    /// The source at the cell.
    fn source(&self, cell: usize) -> f64 {
        let place = |i: usize| number(i) / number(self.side.saturating_sub(1).max(1));
        let (x, y) = (place(cell % self.side), place(cell / self.side));
        if (x - 0.3).powi(2) + (y - 0.6).powi(2) <= 0.01 { 5.0 } else { 0.0 }
    }

    fn differences<T: Scalar>(&self, u: &[T], laplacian: &mut [T]) {
        for (cell, laplacian) in laplacian.iter_mut().enumerate() {
            let [a, b, c, d] = self.neighbours(cell);
            *laplacian = u[a] + u[b] + u[c] + u[d] - T::lift(4.0) * u[cell];
        }
    }

    fn tangents<T: Scalar, const K: usize>(&self, du: &[[T; K]], laplacian: &mut Tangents<'_, T, K>) {
        for (cell, own) in du.iter().enumerate() {
            laplacian.set(cell, own.map(|own| T::lift(-4.0) * own));
            self.neighbours(cell).into_iter().for_each(|other| laplacian.add(cell, du[other]));
        }
    }

    fn cotangents<T: Scalar>(&self, laplacian: &mut Cotangents<'_, T>, du: &mut [T]) {
        for cell in (0..du.len()).rev() {
            let through = laplacian.take(cell);
            self.neighbours(cell).into_iter().for_each(|other| du[other] += through);
            du[cell] -= T::lift(4.0) * through;
        }
    }
}

impl ClosedForm for Brusselator {
    fn jacobian(&self, x: &[f64]) -> Array2<f64> {
        let (side, cells) = (self.side, self.cells());
        let coupling = DIFFUSION * number(side * side);
        let mut jacobian = Array2::zeros((2 * cells, 2 * cells));
        for row in 0..2 * cells {
            let (species, i, j) = (row / cells, row % cells / side, row % side);
            for shift in [1, side - 1] {
                jacobian[[row, species * cells + (i + shift) % side * side + j]] += coupling;
                jacobian[[row, species * cells + i * side + (j + shift) % side]] += coupling;
                jacobian[[row, row]] -= 2.0 * coupling;
            }
        }
        for cell in 0..cells {
            let (u, v) = (x[cell], x[cells + cell]);
            jacobian[[cell, cell]] += 2.0 * u * v - 4.4;
            jacobian[[cell, cells + cell]] += u * u;
            jacobian[[cells + cell, cell]] += 3.4 - 2.0 * u * v;
            jacobian[[cells + cell, cells + cell]] -= u * u;
        }
        jacobian
    }

    fn second(&self, _: &[f64]) -> Option<Array2<f64>> {
        None
    }
}

impl<T: Scalar> VectorFn<T> for Brusselator {
    fn output_len(&self, _: usize) -> usize {
        2 * self.cells()
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        self.evaluate(x, Some(y));
    }
}

impl<T: Scalar> TangentFn<T> for Brusselator {
    fn tangent_into<const K: usize>(
        &self,
        enclosed: Enclosed<'_, Self>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        let (u, v) = x.split_at(self.cells());
        let (du, dv) = dx.split_at(self.cells());
        let (dyu, dyv) = dy.split_at_mut(self.cells());
        let coupling = T::lift(self.coupling());
        let shadow = enclosed.shadow();
        let mut laplacian = Tangents::<T, K>::beside(shadow.map(|shadow| &shadow.laplacian), self.cells());
        self.tangents(du, &mut laplacian);
        for i in 0..u.len() {
            let (by_u, by_v, diffusion) = (T::lift(2.0) * u[i] * v[i], u[i] * u[i], laplacian.get(i));
            for k in 0..K {
                dyu[i][k] = (by_u - T::lift(4.4)) * du[i][k] + by_v * dv[i][k] + coupling * diffusion[k];
            }
        }
        self.tangents(dv, &mut laplacian);
        for i in 0..u.len() {
            let (by_u, by_v, diffusion) = (T::lift(2.0) * u[i] * v[i], u[i] * u[i], laplacian.get(i));
            for k in 0..K {
                dyv[i][k] = (T::lift(3.4) - by_u) * du[i][k] - by_v * dv[i][k] + coupling * diffusion[k];
            }
        }
        self.evaluate(x, y);
    }
}

impl<T: Scalar> AdjointFn<T> for Brusselator {
    fn adjoint_into(&self, enclosed: Enclosed<'_, Self>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        self.evaluate(x, y);
        let (u, v) = x.split_at(self.cells());
        let (du, dv) = dx.split_at_mut(self.cells());
        let (dyu, dyv) = dy.split_at(self.cells());
        let coupling = T::lift(self.coupling());
        let shadow = enclosed.shadow();
        let mut laplacian = Cotangents::beside(shadow.map(|shadow| &shadow.laplacian), self.cells());
        for i in (0..u.len()).rev() {
            du[i] += (T::lift(3.4) - T::lift(2.0) * u[i] * v[i]) * dyv[i];
            dv[i] -= u[i] * u[i] * dyv[i];
            laplacian.add(i, coupling * dyv[i]);
        }
        self.cotangents(&mut laplacian, dv);
        for i in (0..u.len()).rev() {
            du[i] += (T::lift(2.0) * u[i] * v[i] - T::lift(4.4)) * dyu[i];
            dv[i] += u[i] * u[i] * dyu[i];
            laplacian.add(i, coupling * dyu[i]);
        }
        self.cotangents(&mut laplacian, du);
    }
}
