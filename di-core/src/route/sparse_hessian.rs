//! Sparse Hessian by products with the seeds of a colouring.

use super::Scratch;
use crate::{
    Coloring, Error, HessianDetector, PrepareHvp, PrepareSparseHessian, Result, Scalar, Seeds, Sparse, SparseMatrix,
};
use std::fmt::Debug;

/// The engine's buffers, the products, and the gradient for as long as a product can fail.
#[derive(Clone, Debug, Default)]
pub struct HessianProducts<W, T> {
    hvp: W,
    by_columns: Scratch<T>,
    by_rows: Scratch<T>,
    gradient: Scratch<T>,
}

/// The greater number of products of one call.
pub(super) fn batch(coloring: &Coloring) -> usize {
    coloring.column_color_count().max(coloring.row_color_count())
}

impl<B, D, F, T: Scalar> PrepareSparseHessian<F, T> for Sparse<B, D>
where
    B: PrepareHvp<F, T>,
    D: HessianDetector<F, T> + Clone + Debug + Send + Sync + 'static,
{
    type Function = B::Function;
    type Workspace = HessianProducts<B::Workspace, T>;

    fn enclose_sparse_hessian(&self, f: F) -> Self::Function {
        self.dense.enclose_hvp(f)
    }

    fn color_hessian(&self, f: &F, x: &[T]) -> Result<Coloring> {
        self.color_hessian_pattern(self.detector.hessian_pattern(f, x)?)
    }

    fn init_sparse_hessian(
        &self,
        f: &Self::Function,
        x: &[T],
        coloring: &Coloring,
        workspace: &mut Self::Workspace,
    ) -> Result<()> {
        Error::check_length("pattern.rows", x.len(), coloring.pattern().rows())?;
        Error::check_length("pattern.columns", x.len(), coloring.pattern().columns())?;
        workspace.by_columns.reserve(x.len(), coloring.column_color_count());
        workspace.by_rows.reserve(x.len(), coloring.row_color_count());
        workspace.gradient.reserve(x.len(), 1);
        self.dense.init_hvp(f, x, batch(coloring), &mut workspace.hvp)
    }

    fn compute_sparse_hessian(
        &self,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: &[T],
        coloring: &Coloring,
        grad: Option<&mut [T]>,
        hess: &mut SparseMatrix<T>,
    ) -> Result<T> {
        let HessianProducts { hvp, by_columns, by_rows, gradient } = workspace;
        let (columns, rows) = (coloring.column_color_count(), coloring.row_color_count());
        let mut by_columns = by_columns.matrix(x.len(), columns);
        let mut by_rows = by_rows.matrix(x.len(), rows);
        // The Hessian is its own transposed, so that products with either seeds are Hessian-vector products.
        let [first, second] = [coloring.column_groups_seeds(), coloring.row_groups_seeds()];
        let value = if rows == 0 {
            self.dense.compute_hvp(f, hvp, x, first, grad, by_columns.view_mut())?
        } else if columns == 0 {
            self.dense.compute_hvp(f, hvp, x, second, grad, by_rows.view_mut())?
        } else {
            let held = gradient.slice(x.len());
            let wanted = grad.is_some().then_some(&mut *held);
            let value = self.dense.compute_hvp(f, hvp, x, first, wanted, by_columns.view_mut())?;
            self.dense.compute_hvp(f, hvp, x, second, None, by_rows.view_mut())?;
            if let Some(grad) = grad {
                grad.copy_from_slice(held);
            }
            value
        };
        coloring.decompress_both_into(by_columns.view(), by_rows.view(), hess)?;
        Ok(value)
    }

    fn warm_sparse_hessian(&self, f: &Self::Function, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        let colors = [0];
        let seeds = Seeds::Groups { dim: x.len(), colors: &colors[..x.len().min(1)], start: 0, width: x.len().min(1) };
        let mut column = workspace.by_columns.matrix(x.len(), x.len().min(1));
        self.dense.compute_hvp(f, &mut workspace.hvp, x, seeds, None, column.view_mut()).map(drop)
    }
}
