//! Verification of a sparse Hessian by one Hessian-vector product.

use super::sparse_hessian::batch;
use super::verification::{Products, Side, default_tolerance};
use crate::{
    Coloring, ColoringKind, HessianDetector, PrepareHvp, Result, Scalar, Sparse, SparseMatrix, Verification,
    VerifySparseHessian,
};
use std::fmt::Debug;

/// The buffers of one product.
#[derive(Clone, Debug, Default)]
pub struct HessianCheck<W, T> {
    hvp: W,
    products: Products<T>,
}

impl<B, D, F, T: Scalar> VerifySparseHessian<F, T> for Sparse<B, D>
where
    B: PrepareHvp<F, T>,
    D: HessianDetector<F, T> + Clone + Debug + Send + Sync + 'static,
{
    type Check = HessianCheck<B::Workspace, T>;

    fn init_hessian_check(&self, f: &B::Function, x: &[T], coloring: &Coloring, check: &mut Self::Check) -> Result<()> {
        check.products.reserve(x.len());
        // A function that keeps an engine's buffers keeps those of one width: that of the matrix.
        self.dense.init_hvp(f, x, batch(coloring), &mut check.hvp)?;
        self.dense.warm_hvp(f, &mut check.hvp, x)
    }

    fn check_sparse_hessian(
        &self,
        f: &B::Function,
        check: &mut Self::Check,
        x: &[T],
        coloring: &Coloring,
        hess: &SparseMatrix<T>,
        how: Verification,
    ) -> Result<()> {
        let default = || default_tolerance::<T>(self.dense.mode(), true);
        let tolerance = how.tolerance.map_or_else(default, |tolerance| [tolerance; 2]);
        let by_rows = coloring.kind() == ColoringKind::Rows;
        let side = Side { name: "Hessian", matrix: hess, coloring, by_rows, tolerance, seed: how.seed };
        let HessianCheck { hvp, products } = check;
        side.check(products, |dx, dg| self.dense.compute_hvp(f, hvp, x, dx, None, dg).map(drop))
    }
}
