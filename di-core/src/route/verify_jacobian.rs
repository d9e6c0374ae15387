//! Verification of a sparse Jacobian by one pushforward, one pullback, or both.

use super::verification::{Products, Side, default_tolerance};
use crate::{
    Coloring, ColoringKind, JacobianDetector, Mode, PreparePullback, PreparePushforward, Result, Scalar, Sparse,
    SparseMatrix, Verification, VerifySparseJacobian,
};
use std::fmt::Debug;

/// The buffers of one product in each direction.
#[derive(Clone, Debug, Default)]
pub struct JacobianCheck<P, Q, T> {
    pushforward: P,
    pullback: Q,
    products: Products<T>,
}

/// Which products a matrix is compared with: those that the backend has cheaply, and those that it was made of.
fn directions(mode: Mode, coloring: &Coloring) -> [bool; 2] {
    match mode {
        Mode::Mixed | Mode::Code => [true, true],
        _ => [
            coloring.kind() != ColoringKind::Rows,
            matches!(coloring.kind(), ColoringKind::Rows | ColoringKind::Bidirectional),
        ],
    }
}

impl<B, D, F, T: Scalar> VerifySparseJacobian<F, T> for Sparse<B, D>
where
    B: PreparePushforward<F, T> + PreparePullback<F, T>,
    D: JacobianDetector<F, T> + Clone + Debug + Send + Sync + 'static,
{
    type Check = JacobianCheck<<B as PreparePushforward<F, T>>::Workspace, <B as PreparePullback<F, T>>::Workspace, T>;

    fn init_jacobian_check(&self, f: &F, x: &[T], coloring: &Coloring, check: &mut Self::Check) -> Result<()> {
        let pattern = coloring.pattern();
        let [forward, reverse] = directions(self.dense.mode(), coloring);
        check.products.reserve(pattern.rows().max(pattern.columns()));
        if forward {
            self.dense.init_pushforward(f, x, 1, &mut check.pushforward)?;
            self.dense.warm_pushforward(f, &mut check.pushforward, x, pattern.rows())?;
        }
        if reverse {
            self.dense.init_pullback(f, x, 1, &mut check.pullback)?;
            self.dense.warm_pullback(f, &mut check.pullback, x, pattern.rows())?;
        }
        Ok(())
    }

    fn check_sparse_jacobian(
        &self,
        f: &F,
        check: &mut Self::Check,
        x: &[T],
        coloring: &Coloring,
        jac: &SparseMatrix<T>,
        how: Verification,
    ) -> Result<()> {
        let mode = self.dense.mode();
        let [forward, reverse] = directions(mode, coloring);
        let tolerance = how.tolerance.map_or_else(|| default_tolerance::<T>(mode, false), |tolerance| [tolerance; 2]);
        let side = |by_rows| Side { name: "Jacobian", matrix: jac, coloring, by_rows, tolerance, seed: how.seed };
        let JacobianCheck { pushforward, pullback, products } = check;
        // First by that which the matrix was made of, whose groups can be blamed.
        let rows_first = coloring.kind() == ColoringKind::Rows;
        for by_rows in [rows_first, !rows_first] {
            if by_rows && reverse {
                side(true)
                    .check(products, |dy, dx| self.dense.compute_value_and_pullback(f, pullback, x, dy, None, dx))?;
            } else if !by_rows && forward {
                side(false)
                    .check(products, |dx, dy| self.dense.compute_pushforward(f, pushforward, x, dx, None, dy))?;
            }
        }
        Ok(())
    }
}
