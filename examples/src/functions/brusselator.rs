//! A reaction and diffusion system, as solvers of stiff equations see it.

use di_backends::{Real, Shadow, VectorFn, differentiable};

/// The right-hand side of the Brusselator on a periodic `side × side` grid of the unit square:
///
/// ```math
/// \dot u = 1 + u^2 v - 4.4 u + \alpha \nabla^2 u, \qquad \dot v = 3.4 u - u^2 v + \alpha \nabla^2 v
/// ```
///
/// The state holds all of `u`, row by row, then all of `v`.
///
/// # References
///
/// Hairer and Wanner, *Solving Ordinary Differential Equations II*, 2nd ed. (1996), section IV.10.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct Brusselator {
    /// The number of grid points in each direction.
    pub side: usize,
    /// The coefficient of diffusion.
    pub diffusion: f64,
}

impl Brusselator {
    /// The usual starting state, `u = 22 (y (1 - y))^{3/2}`, `v = 27 (x (1 - x))^{3/2}`.
    #[must_use]
    pub fn start(&self) -> Vec<f64> {
        let bump = |index: usize| {
            let z = fraction(index, self.side);
            (z * (1.0 - z)).powf(1.5)
        };
        let cells = || (0..self.side).flat_map(|row| (0..self.side).map(move |column| (row, column)));
        let u = cells().map(|(row, _)| 22.0 * bump(row));
        let v = cells().map(|(_, column)| 27.0 * bump(column));
        u.chain(v).collect()
    }

    /// Sum of the four neighbours less four times the middle.
    #[differentiable]
    fn laplacian<T: Real>(&self, field: &[T], row: usize, column: usize) -> T {
        let n = self.side;
        let at = |row: usize, column: usize| field[row % n * n + column % n];
        at(row + 1, column) + at(row + n - 1, column) + at(row, column + 1) + at(row, column + n - 1)
            - at(row, column) * 4.0
    }
}

/// `index / side`, of counts that are far below 2³².
fn fraction(index: usize, side: usize) -> f64 {
    let whole = |count: usize| u32::try_from(count).map_or(f64::INFINITY, f64::from);
    whole(index) / whole(side)
}

#[differentiable]
impl<T: Real> VectorFn<T> for Brusselator {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, state: &[T], rate: &mut [T]) {
        let cells = self.side * self.side;
        let (u, v) = state.split_at(cells);
        let (du, dv) = rate.split_at_mut(cells);
        let spread = self.diffusion / fraction(1, self.side).powi(2);
        for row in 0..self.side {
            for column in 0..self.side {
                let i = row * self.side + column;
                let reaction = u[i] * u[i] * v[i];
                du[i] = reaction - u[i] * 4.4 + 1.0 + self.laplacian(u, row, column) * spread;
                dv[i] = u[i] * 3.4 - reaction + self.laplacian(v, row, column) * spread;
            }
        }
    }
}
