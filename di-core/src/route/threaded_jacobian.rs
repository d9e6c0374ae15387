//! Sparse Jacobian with its products spread over threads.

use super::Scratch;
use super::sparse_jacobian::directions;
use super::threads::{Parts, run, split};
use crate::{
    Coloring, Error, JacobianDetector, PreparePullback, PreparePushforward, PrepareSparseJacobian, Result, Scalar,
    Sparse, SparseMatrix, Threaded, Verification, VerifySparseJacobian,
};
use std::fmt::{self, Debug};

/// Functions and buffers by thread, the products, and the value until nothing can fail.
#[derive(Clone)]
pub struct ThreadedJacobian<F, P, Q, T> {
    pushforwards: Parts<F, P>,
    pullbacks: Parts<F, Q>,
    by_columns: Scratch<T>,
    by_rows: Scratch<T>,
    value: Vec<T>,
}

impl<F, P, Q, T> Debug for ThreadedJacobian<F, P, Q, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ThreadedJacobian")
            .field("parts", &(self.pushforwards.len() + self.pullbacks.len()))
            .finish_non_exhaustive()
    }
}

impl<F, P, Q, T> Default for ThreadedJacobian<F, P, Q, T> {
    fn default() -> Self {
        let (by_columns, by_rows) = (Scratch::default(), Scratch::default());
        Self { pushforwards: Vec::new(), pullbacks: Vec::new(), by_columns, by_rows, value: Vec::new() }
    }
}

impl<B, D, F, T: Scalar> PrepareSparseJacobian<F, T> for Threaded<Sparse<B, D>>
where
    B: PreparePushforward<F, T> + PreparePullback<F, T>,
    D: JacobianDetector<F, T> + Clone + Debug + Send + Sync + 'static,
    F: Clone + Send + 'static,
{
    type Workspace =
        ThreadedJacobian<F, <B as PreparePushforward<F, T>>::Workspace, <B as PreparePullback<F, T>>::Workspace, T>;

    fn color_jacobian(&self, f: &F, x: &[T]) -> Result<Coloring> {
        self.sparse.color_jacobian(f, x)
    }

    fn init_sparse_jacobian(
        &self,
        f: &F,
        x: &[T],
        coloring: &Coloring,
        workspace: &mut Self::Workspace,
    ) -> Result<usize> {
        let (pattern, [forward, reverse]) = (coloring.pattern(), directions(coloring));
        let (columns, rows) = (coloring.column_color_count(), coloring.row_color_count());
        Error::check_length("pattern.columns", x.len(), pattern.columns())?;
        let dense = &self.sparse.dense;
        let mut outputs = pattern.rows();
        if forward {
            split(&mut workspace.pushforwards, f, columns, self.threads(), |f, buffers| {
                outputs = dense.init_pushforward(f, x, columns, buffers)?;
                Ok(dense.pushforward_width(buffers))
            })?;
            workspace.by_columns.reserve(outputs, columns);
        }
        if reverse {
            split(&mut workspace.pullbacks, f, rows, self.threads(), |f, buffers| {
                outputs = dense.init_pullback(f, x, rows, buffers)?;
                Ok(dense.pullback_width(buffers))
            })?;
            workspace.by_rows.reserve(x.len(), rows);
        }
        workspace.value.resize(outputs, T::zero());
        Error::check_length("pattern.rows", outputs, pattern.rows())?;
        Ok(outputs)
    }

    fn compute_sparse_jacobian(
        &self,
        _f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        coloring: &Coloring,
        y: Option<&mut [T]>,
        jac: &mut SparseMatrix<T>,
    ) -> Result<()> {
        let (pattern, [forward, reverse]) = (coloring.pattern(), directions(coloring));
        let dense = &self.sparse.dense;
        let ThreadedJacobian { pushforwards, pullbacks, by_columns, by_rows, value } = workspace;
        let mut by_columns = by_columns.matrix(pattern.rows(), coloring.column_color_count());
        let mut by_rows = by_rows.matrix(pattern.columns(), coloring.row_color_count());
        let mut held = y.is_some().then_some(&mut value[..]);
        self.install(|| {
            if reverse {
                run(pullbacks, held.take(), by_rows.view_mut(), &|part, y, products| {
                    let seeds = coloring.row_groups_seeds();
                    let seeds = seeds.columns(part.directions.clone());
                    dense.compute_value_and_pullback(&part.function, &mut part.workspace, x, seeds, y, products)
                })?;
            }
            if forward {
                run(pushforwards, held.take(), by_columns.view_mut(), &|part, y, products| {
                    let seeds = coloring.column_groups_seeds();
                    let seeds = seeds.columns(part.directions.clone());
                    dense.compute_pushforward(&part.function, &mut part.workspace, x, seeds, y, products)
                })?;
            }
            Ok::<(), Error>(())
        })?;
        coloring.decompress_both_into(by_columns.view(), by_rows.view(), jac)?;
        if let Some(y) = y {
            y.copy_from_slice(value);
        }
        Ok(())
    }

    fn warm_sparse_jacobian(
        &self,
        _f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        coloring: &Coloring,
    ) -> Result<()> {
        let outputs = coloring.pattern().rows();
        for part in &mut workspace.pushforwards {
            self.sparse.dense.warm_pushforward(&part.function, &mut part.workspace, x, outputs)?;
        }
        for part in &mut workspace.pullbacks {
            self.sparse.dense.warm_pullback(&part.function, &mut part.workspace, x, outputs)?;
        }
        Ok(())
    }
}

impl<B, D, F, T: Scalar> VerifySparseJacobian<F, T> for Threaded<Sparse<B, D>>
where
    Self: PrepareSparseJacobian<F, T>,
    Sparse<B, D>: VerifySparseJacobian<F, T>,
{
    type Check = <Sparse<B, D> as VerifySparseJacobian<F, T>>::Check;

    fn init_jacobian_check(&self, f: &F, x: &[T], coloring: &Coloring, check: &mut Self::Check) -> Result<()> {
        self.sparse.init_jacobian_check(f, x, coloring, check)
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
        self.sparse.check_sparse_jacobian(f, check, x, coloring, jac, how)
    }
}
