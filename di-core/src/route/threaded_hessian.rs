//! Sparse Hessian with its products spread over threads.

use super::Scratch;
use super::sparse_hessian::batch;
use super::threads::{Parts, run, split};
use crate::{
    Coloring, Error, HessianDetector, PrepareHvp, PrepareSparseHessian, Result, Scalar, Sparse, SparseMatrix, Threaded,
    Verification, VerifySparseHessian,
};
use std::fmt::{self, Debug};

/// Functions and buffers by thread and by side, the products, and value and gradient until nothing can fail.
#[derive(Clone)]
pub struct ThreadedHessian<F, W, T> {
    sides: [Parts<F, W>; 2],
    by_columns: Scratch<T>,
    by_rows: Scratch<T>,
    gradient: Vec<T>,
}

impl<F, W, T> Debug for ThreadedHessian<F, W, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ThreadedHessian")
            .field("parts", &self.sides.iter().map(Vec::len).sum::<usize>())
            .finish_non_exhaustive()
    }
}

impl<F, W, T> Default for ThreadedHessian<F, W, T> {
    fn default() -> Self {
        let (by_columns, by_rows) = (Scratch::default(), Scratch::default());
        Self { sides: [Vec::new(), Vec::new()], by_columns, by_rows, gradient: Vec::new() }
    }
}

impl<B, D, F, T: Scalar> PrepareSparseHessian<F, T> for Threaded<Sparse<B, D>>
where
    B: PrepareHvp<F, T, Function: Clone + Send + 'static>,
    D: HessianDetector<F, T> + Clone + Debug + Send + Sync + 'static,
{
    type Function = B::Function;
    type Workspace = ThreadedHessian<B::Function, B::Workspace, T>;

    fn enclose_sparse_hessian(&self, f: F) -> B::Function {
        self.sparse.enclose_sparse_hessian(f)
    }

    fn color_hessian(&self, f: &F, x: &[T]) -> Result<Coloring> {
        self.sparse.color_hessian(f, x)
    }

    fn init_sparse_hessian(
        &self,
        f: &B::Function,
        x: &[T],
        coloring: &Coloring,
        workspace: &mut Self::Workspace,
    ) -> Result<()> {
        Error::check_length("pattern.rows", x.len(), coloring.pattern().rows())?;
        Error::check_length("pattern.columns", x.len(), coloring.pattern().columns())?;
        let (columns, rows) = (coloring.column_color_count(), coloring.row_color_count());
        let most = batch(coloring);
        for (parts, directions) in workspace.sides.iter_mut().zip([columns, rows]) {
            split(parts, f, directions, self.threads(), |f, buffers| {
                self.sparse.dense.init_hvp(f, x, most, buffers)?;
                Ok(self.sparse.dense.hvp_width(buffers))
            })?;
        }
        workspace.by_columns.reserve(x.len(), columns);
        workspace.by_rows.reserve(x.len(), rows);
        workspace.gradient.resize(x.len(), T::zero());
        Ok(())
    }

    fn compute_sparse_hessian(
        &self,
        _f: &B::Function,
        workspace: &mut Self::Workspace,
        x: &[T],
        coloring: &Coloring,
        grad: Option<&mut [T]>,
        hess: &mut SparseMatrix<T>,
    ) -> Result<T> {
        let ThreadedHessian { sides: [first, second], by_columns, by_rows, gradient } = workspace;
        let (columns, rows) = (coloring.column_color_count(), coloring.row_color_count());
        let mut by_columns = by_columns.matrix(x.len(), columns);
        let mut by_rows = by_rows.matrix(x.len(), rows);
        let mut value = T::nan();
        let wanted = grad.is_some();
        let mut asked = Some((&mut value, &mut gradient[..]));
        // The Hessian is its own transposed, so that products with either seeds are Hessian-vector products.
        let sides = [
            (first, coloring.column_groups_seeds(), by_columns.view_mut(), rows == 0 || columns > 0),
            (second, coloring.row_groups_seeds(), by_rows.view_mut(), rows > 0),
        ];
        self.install(|| {
            for (parts, seeds, products, needed) in sides {
                if needed {
                    run(parts, asked.take(), products, &|part, asked, products| {
                        let seeds = seeds.columns(part.directions.clone());
                        let (f, buffers) = (&part.function, &mut part.workspace);
                        let Some((value, gradient)) = asked else {
                            return self.sparse.dense.compute_hvp(f, buffers, x, seeds, None, products).map(drop);
                        };
                        let gradient = wanted.then_some(gradient);
                        *value = self.sparse.dense.compute_hvp(f, buffers, x, seeds, gradient, products)?;
                        Ok(())
                    })?;
                }
            }
            Ok::<(), Error>(())
        })?;
        coloring.decompress_both_into(by_columns.view(), by_rows.view(), hess)?;
        if let Some(grad) = grad {
            grad.copy_from_slice(gradient);
        }
        Ok(value)
    }

    fn warm_sparse_hessian(&self, _f: &B::Function, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        for part in workspace.sides.iter_mut().flatten() {
            self.sparse.dense.warm_hvp(&part.function, &mut part.workspace, x)?;
        }
        Ok(())
    }
}

impl<B, D, F, T: Scalar> VerifySparseHessian<F, T> for Threaded<Sparse<B, D>>
where
    Sparse<B, D>: VerifySparseHessian<F, T>,
    Self: PrepareSparseHessian<F, T, Function = <Sparse<B, D> as PrepareSparseHessian<F, T>>::Function>,
{
    type Check = <Sparse<B, D> as VerifySparseHessian<F, T>>::Check;

    fn init_hessian_check(
        &self,
        f: &Self::Function,
        x: &[T],
        coloring: &Coloring,
        check: &mut Self::Check,
    ) -> Result<()> {
        self.sparse.init_hessian_check(f, x, coloring, check)
    }

    fn check_sparse_hessian(
        &self,
        f: &Self::Function,
        check: &mut Self::Check,
        x: &[T],
        coloring: &Coloring,
        hess: &SparseMatrix<T>,
        how: Verification,
    ) -> Result<()> {
        self.sparse.check_sparse_hessian(f, check, x, coloring, hess, how)
    }
}
