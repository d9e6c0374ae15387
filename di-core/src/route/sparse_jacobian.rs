//! Sparse Jacobian by products with the seeds of a colouring.

use super::{Scratch, ValueWorkspace};
use crate::{
    Coloring, ColoringKind, Error, JacobianDetector, PreparePullback, PreparePushforward, PrepareSparseJacobian,
    Result, Scalar, Seeds, Sparse, SparseMatrix,
};
use std::fmt::Debug;

/// The buffers of both primitives, of which those not in use stay empty, and the products.
#[derive(Clone, Debug, Default)]
pub struct CompressedWorkspace<P, Q, T> {
    pushforward: P,
    pullback: ValueWorkspace<Q, T>,
    by_columns: Scratch<T>,
    by_rows: Scratch<T>,
}

/// Which products there are: pushforwards, pullbacks or both; without any entry that of the kind's own direction, for the
/// value.
pub(super) fn directions(coloring: &Coloring) -> [bool; 2] {
    let by_rows = coloring.kind() == ColoringKind::Rows || coloring.row_color_count() > 0;
    [coloring.column_color_count() > 0 || !by_rows, by_rows]
}

impl<B, D, F, T: Scalar> PrepareSparseJacobian<F, T> for Sparse<B, D>
where
    B: PreparePushforward<F, T> + PreparePullback<F, T>,
    D: JacobianDetector<F, T> + Clone + Debug + Send + Sync + 'static,
{
    type Workspace =
        CompressedWorkspace<<B as PreparePushforward<F, T>>::Workspace, <B as PreparePullback<F, T>>::Workspace, T>;

    fn color_jacobian(&self, f: &F, x: &[T]) -> Result<Coloring> {
        self.color_jacobian_pattern(self.detector.jacobian_pattern(f, x)?)
    }

    fn init_sparse_jacobian(
        &self,
        f: &F,
        x: &[T],
        coloring: &Coloring,
        workspace: &mut Self::Workspace,
    ) -> Result<usize> {
        let (pattern, [forward, reverse]) = (coloring.pattern(), directions(coloring));
        Error::check_length("pattern.columns", x.len(), pattern.columns())?;
        let CompressedWorkspace { pushforward, pullback, by_columns, by_rows } = workspace;
        let mut outputs = pattern.rows();
        if forward {
            let columns = coloring.column_color_count();
            outputs = self.dense.init_pushforward(f, x, columns, pushforward)?;
            by_columns.reserve(outputs, columns);
        }
        if reverse {
            let rows = coloring.row_color_count();
            outputs = self.dense.init_pullback(f, x, rows, &mut pullback.pullback)?;
            pullback.fit(outputs);
            by_rows.reserve(x.len(), rows);
        }
        Error::check_length("pattern.rows", outputs, pattern.rows())?;
        Ok(outputs)
    }

    fn compute_sparse_jacobian(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        coloring: &Coloring,
        y: Option<&mut [T]>,
        jac: &mut SparseMatrix<T>,
    ) -> Result<()> {
        let (pattern, [forward, reverse]) = (coloring.pattern(), directions(coloring));
        let (columns, rows) = (coloring.column_color_count(), coloring.row_color_count());
        let CompressedWorkspace { pushforward, pullback, by_columns, by_rows } = workspace;
        let mut by_columns = by_columns.matrix(pattern.rows(), columns);
        let mut by_rows = by_rows.matrix(pattern.columns(), rows);
        if reverse {
            // The value waits in the workspace until nothing can fail any more.
            pullback.hold(y, |buffers, y| {
                self.dense.compute_value_and_pullback(
                    f,
                    buffers,
                    x,
                    coloring.row_groups_seeds(),
                    y,
                    by_rows.view_mut(),
                )?;
                if !forward {
                    return Ok(());
                }
                self.dense.compute_pushforward(
                    f,
                    pushforward,
                    x,
                    coloring.column_groups_seeds(),
                    None,
                    by_columns.view_mut(),
                )
            })?;
        } else {
            let seeds = coloring.column_groups_seeds();
            self.dense.compute_pushforward(f, pushforward, x, seeds, y, by_columns.view_mut())?;
        }
        coloring.decompress_both_into(by_columns.view(), by_rows.view(), jac)
    }

    fn warm_sparse_jacobian(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], coloring: &Coloring) -> Result<()> {
        let [forward, reverse] = directions(coloring);
        if forward {
            self.dense.warm_pushforward(f, &mut workspace.pushforward, x, coloring.pattern().rows())?;
        }
        if reverse {
            self.dense.warm_pullback(f, &mut workspace.pullback.pullback, x, coloring.pattern().rows())?;
        }
        Ok(())
    }
}

impl Coloring {
    /// The tangents of the products `J·S`, not stored.
    pub(super) fn column_groups_seeds<T>(&self) -> Seeds<'_, T> {
        let (dim, width) = (self.pattern().columns(), self.column_color_count());
        Seeds::Groups { dim, colors: self.column_colors(), start: 0, width }
    }

    /// The cotangents of the products `Jᵀ·S`, not stored.
    pub(super) fn row_groups_seeds<T>(&self) -> Seeds<'_, T> {
        let (dim, width) = (self.pattern().rows(), self.row_color_count());
        Seeds::Groups { dim, colors: self.row_colors(), start: 0, width }
    }
}
