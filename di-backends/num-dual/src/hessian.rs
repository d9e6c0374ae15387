//! Hessian by nested dual numbers: square blocks of the upper triangle, mirrored.
//!
//! Rosenbrock's function of 10 and 100 inputs: 2.9 µs and 1.1 ms by blocks of four (1.0 ms by eight); by num-dual's
//! hyper-dual numbers, the best of two ways to write them and of all widths, 5.6 µs and 1.0 ms; by the engine nested in
//! itself, which computes both triangles, 4.7 µs and 2.9 ms.

use crate::width::{AnyBlock, BlockBuffers, Chunk, at_width};
use crate::{Dual, NumDual};
use di_core::ndarray::ArrayViewMut2;
use di_core::num_traits::{One, Zero};
use di_core::{Map, Overload, PrepareHessian, Result, Scalar, ScalarShape};
use std::ops::Range;

impl<F: AnyBlock<T>, T: Scalar> PrepareHessian<F, T> for NumDual {
    type Function = F;
    type Workspace = BlockBuffers<T>;

    fn enclose_hessian(&self, f: F) -> F {
        f
    }

    fn init_hessian(&self, f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<()> {
        workspace.set_width(self.width().pick(x.len(), size_of::<Dual<T, 1>>()), false);
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

    /// One evaluation, of no block.
    fn warm_hessian(&self, f: &F, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        at_width!(BlockBuffers [W1 W2 W4 W8] workspace, chunk => {
            for (input, &x) in chunk.x.iter_mut().zip(x) {
                *input = Dual::constant(Dual::constant(x));
            }
            evaluate(f, chunk, x, &(0..0), &(0..0));
        }, else ());
        Ok(())
    }
}

/// Evaluates `f` for each pair of chunks of `N` inputs.
fn blocks<F: Map<ScalarShape, Dual<Dual<T, N>, N>>, T: Scalar, const N: usize>(
    f: &F,
    chunk: &mut Chunk<Dual<Dual<T, N>, N>>,
    x: &[T],
    mut grad: Option<&mut [T]>,
    mut hess: ArrayViewMut2<'_, T>,
) -> T {
    let n = x.len();
    let count = n.div_ceil(N).max(1);
    for (input, &x) in chunk.x.iter_mut().zip(x) {
        *input = Dual::constant(Dual::constant(x));
    }
    let mut value = T::nan();
    for r in 0..count {
        let rows = chunk_of(r, N, n);
        for c in r..count {
            let columns = chunk_of(c, N, n);
            let output = evaluate(f, chunk, x, &rows, &columns);
            value = output.value().value();
            if let (true, Some(grad)) = (r == c, &mut grad) {
                write(&mut grad[rows.clone()], output.value().lanes().copied());
            }
            let block = output.lanes().copied().unwrap_or([Dual::zero(); N]);
            for (j, column) in columns.zip(&block) {
                let column = column.derivatives();
                for (i, entry) in rows.clone().zip(column) {
                    hess[(i, j)] = entry;
                    hess[(j, i)] = entry;
                }
            }
        }
    }
    value
}

/// Evaluates `f` with `rows` as first and `columns` as second directions; leaves the inputs constant.
fn evaluate<'c, F: Map<ScalarShape, Dual<Dual<T, N>, N>>, T: Scalar, const N: usize>(
    f: &F,
    chunk: &'c mut Chunk<Dual<Dual<T, N>, N>>,
    x: &[T],
    rows: &Range<usize>,
    columns: &Range<usize>,
) -> &'c Dual<Dual<T, N>, N> {
    for i in rows.clone() {
        let mut lanes = [T::zero(); N];
        lanes[i - rows.start] = T::one();
        chunk.x[i] = Dual::constant(Dual::seeded(x[i], lanes));
    }
    for j in columns.clone() {
        let mut lanes = [Dual::zero(); N];
        lanes[j - columns.start] = Dual::one();
        chunk.x[j] = Dual::seeded(chunk.x[j].value(), lanes);
    }
    f.map_into(&chunk.x, &mut chunk.y);
    for i in rows.clone().chain(columns.clone()) {
        chunk.x[i] = Dual::constant(Dual::constant(x[i]));
    }
    &chunk.y[0]
}

/// Writes the derivatives that fit, zeros if there are none.
fn write<T: Scalar, const N: usize>(target: &mut [T], lanes: Option<[T; N]>) {
    match lanes {
        Some(lanes) => target.copy_from_slice(&lanes[..target.len()]),
        None => target.fill(T::zero()),
    }
}

/// The inputs of a chunk.
fn chunk_of(index: usize, width: usize, inputs: usize) -> Range<usize> {
    (index * width).min(inputs)..((index + 1) * width).min(inputs)
}
