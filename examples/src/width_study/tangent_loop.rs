//! The Jacobian without an engine.

use crate::Upwind;
use di_backends::{Enclosed, Error, Jacobian, Result, TangentFn, VectorFn};
use ndarray::{ArrayViewMut2, Axis, Slice};

/// Tangent code in a plain loop, `W` columns at a time: what an engine over the same code can hope for.
#[derive(Clone, Debug)]
pub struct TangentLoop<F, const W: usize> {
    f: F,
    seeds: Vec<[f64; W]>,
    tangents: Vec<[f64; W]>,
}

impl<F, const W: usize> TangentLoop<F, W> {
    /// For a function with `n` inputs and `n` outputs that owns no buffers.
    pub fn new(f: F, n: usize) -> Self {
        Self { f, seeds: vec![[0.0; W]; n], tangents: vec![[0.0; W]; n] }
    }
}

impl<F: TangentFn<f64>, const W: usize> Jacobian for TangentLoop<F, W> {
    fn input_len(&self) -> usize {
        self.seeds.len()
    }

    fn output_len(&self) -> usize {
        self.tangents.len()
    }

    fn evaluate_jacobian(
        &mut self,
        x: &[f64],
        mut y: Option<&mut [f64]>,
        mut jac: ArrayViewMut2<'_, f64>,
    ) -> Result<()> {
        let n = self.seeds.len();
        check(n, x, y.as_deref(), &jac)?;
        for first in (0..n).step_by(W) {
            let columns = W.min(n - first);
            (0..columns).for_each(|lane| self.seeds[first + lane][lane] = 1.0);
            self.f.tangent_into(Enclosed::Constant, x, &self.seeds, y.take(), &mut self.tangents);
            (0..columns).for_each(|lane| self.seeds[first + lane][lane] = 0.0);
            let mut block = jac.slice_axis_mut(Axis(1), Slice::from(first..first + columns));
            for (mut row, tangents) in block.rows_mut().into_iter().zip(&self.tangents) {
                row.iter_mut().zip(tangents).for_each(|(entry, &tangent)| *entry = tangent);
            }
        }
        Ok(())
    }
}

/// The formula of the Jacobian: no method that writes all of its entries takes less.
#[derive(Clone, Debug)]
pub struct ClosedForm {
    /// The function.
    pub f: Upwind,
    /// The number of its inputs.
    pub n: usize,
}

impl Jacobian for ClosedForm {
    fn input_len(&self) -> usize {
        self.n
    }

    fn output_len(&self) -> usize {
        self.n
    }

    fn evaluate_jacobian(&mut self, x: &[f64], y: Option<&mut [f64]>, jac: ArrayViewMut2<'_, f64>) -> Result<()> {
        check(self.n, x, y.as_deref(), &jac)?;
        self.f.jacobian_into(x, jac);
        if let Some(y) = y {
            self.f.call_into(x, y);
        }
        Ok(())
    }
}

fn check(n: usize, x: &[f64], y: Option<&[f64]>, jac: &ArrayViewMut2<'_, f64>) -> Result<()> {
    Error::check_length("x", n, x.len())?;
    Error::check_length("y", n, y.map_or(n, <[f64]>::len))?;
    Error::check_length("jac.rows", n, jac.nrows())?;
    Error::check_length("jac.columns", n, jac.ncols())
}
