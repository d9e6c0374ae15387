//! Hessian by hyper-dual numbers: square blocks of the upper triangle, mirrored.

use crate::hvp::{chunk_of, write};
use crate::width::{AnyBlock, BlockBuffers, Chunk, at_width};
use crate::{HyperDual, NumDual};
use di_core::ndarray::ArrayViewMut2;
use di_core::{Map, Overload, PrepareHessian, Result, Scalar, ScalarShape};
use std::ops::Range;

impl<F: AnyBlock<T>, T: Scalar> PrepareHessian<F, T> for NumDual {
    type Function = F;
    type Workspace = BlockBuffers<T>;

    fn enclose_hessian(&self, f: F) -> F {
        f
    }

    fn init_hessian(&self, f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<()> {
        workspace.set_width(self.width().pick(x.len(), size_of::<T>()));
        at_width!(BlockBuffers [W1 W2 W4 W8] workspace,
            chunk => { chunk.fit::<F, ScalarShape>(f, x.len()); }, else ());
        Ok(())
    }

    fn compute_hessian(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        grad: Option<&mut [T]>,
        hess: ArrayViewMut2<'_, T>,
    ) -> Result<T> {
        if matches!(workspace, BlockBuffers::Empty) {
            self.init_hessian(f, x, workspace)?;
        }
        Ok(at_width!(BlockBuffers [W1 W2 W4 W8] workspace, chunk => blocks(f, chunk, x, grad, hess), else T::nan()))
    }

    /// One evaluation, of the first block.
    fn warm_hessian(&self, f: &F, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        at_width!(BlockBuffers [W1 W2 W4 W8] workspace, chunk => {
            for (input, &x) in chunk.x.iter_mut().zip(x) {
                *input = HyperDual::constant(x);
            }
            let block = chunk_of(0, usize::MAX, 0);
            evaluate(f, chunk, x, &block, &block);
        }, else ());
        Ok(())
    }
}

/// Evaluates `f` for each pair of chunks of `N` inputs.
fn blocks<F: Map<ScalarShape, HyperDual<T, N, N>>, T: Scalar, const N: usize>(
    f: &F,
    chunk: &mut Chunk<HyperDual<T, N, N>>,
    x: &[T],
    mut grad: Option<&mut [T]>,
    mut hess: ArrayViewMut2<'_, T>,
) -> T {
    let n = x.len();
    let count = n.div_ceil(N).max(1);
    for (input, &x) in chunk.x.iter_mut().zip(x) {
        *input = HyperDual::constant(x);
    }
    let mut value = T::nan();
    for r in 0..count {
        let rows = chunk_of(r, N, n);
        for c in r..count {
            let columns = chunk_of(c, N, n);
            let output = evaluate(f, chunk, x, &rows, &columns);
            value = output.value();
            if let (true, Some(grad)) = (r == c, &mut grad) {
                write(&mut grad[rows.clone()], output.first().copied());
            }
            let block = output.mixed().copied().unwrap_or([[T::zero(); N]; N]);
            for (j, column) in columns.zip(&block) {
                for (i, &entry) in rows.clone().zip(column) {
                    hess[(i, j)] = entry;
                    hess[(j, i)] = entry;
                }
            }
        }
    }
    value
}

/// Evaluates `f` with `rows` as first and `columns` as second directions; leaves the inputs constant.
fn evaluate<'c, F: Map<ScalarShape, HyperDual<T, N, N>>, T: Scalar, const N: usize>(
    f: &F,
    chunk: &'c mut Chunk<HyperDual<T, N, N>>,
    x: &[T],
    rows: &Range<usize>,
    columns: &Range<usize>,
) -> &'c HyperDual<T, N, N> {
    let unit = |range: &Range<usize>, i: usize| {
        range.contains(&i).then(|| {
            let mut lanes = [T::zero(); N];
            lanes[i - range.start] = T::one();
            lanes
        })
    };
    for i in rows.clone().chain(columns.clone()) {
        chunk.x[i] = HyperDual::seeded(x[i], unit(rows, i), unit(columns, i));
    }
    f.map_into(&chunk.x, &mut chunk.y);
    for i in rows.clone().chain(columns.clone()) {
        chunk.x[i] = HyperDual::constant(x[i]);
    }
    &chunk.y[0]
}
