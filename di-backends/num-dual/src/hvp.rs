//! Hessian-vector product by hyper-dual numbers: the tangent as first direction, inputs as second ones.

use crate::width::{AnyProduct, Chunk, ProductBuffers, at_width};
use crate::{HyperDual, NumDual};
use di_core::ndarray::ArrayViewMut2;
use di_core::{Map, PrepareHvp, Result, Scalar, ScalarShape, Seeds};
use std::ops::Range;

impl<F: AnyProduct<T>, T: Scalar> PrepareHvp<F, T> for NumDual {
    type Function = F;
    type Workspace = ProductBuffers<T>;

    fn enclose_hvp(&self, f: F) -> F {
        f
    }

    fn init_hvp(&self, f: &F, x: &[T], _batch: usize, workspace: &mut Self::Workspace) -> Result<()> {
        workspace.set_width(self.width().pick(x.len(), size_of::<T>()));
        at_width!(ProductBuffers [W1 W2 W4 W8 W12 W16] workspace,
            chunk => { chunk.fit::<F, ScalarShape>(f, x.len()); }, else ());
        Ok(())
    }

    fn compute_hvp(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        grad: Option<&mut [T]>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<T> {
        if matches!(workspace, ProductBuffers::Empty) {
            self.init_hvp(f, x, dx.width(), workspace)?;
        }
        Ok(at_width!(ProductBuffers [W1 W2 W4 W8 W12 W16] workspace,
            chunk => products(f, chunk, x, &dx, grad, dg), else T::nan()))
    }

    /// The widest pass that there is: one evaluation, with the first tangent.
    fn warm_hvp(&self, f: &F, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        at_width!(ProductBuffers [W1 W2 W4 W8 W12 W16] workspace, chunk => {
            for (input, &x) in chunk.x.iter_mut().zip(x) {
                *input = HyperDual::seeded(x, Some([T::one()]), None);
            }
            f.map_into(&chunk.x, &mut chunk.y);
        }, else ());
        Ok(())
    }
}

/// Evaluates `f` for each tangent and each chunk of `N` inputs.
fn products<F: Map<ScalarShape, HyperDual<T, 1, N>>, T: Scalar, const N: usize>(
    f: &F,
    chunk: &mut Chunk<HyperDual<T, 1, N>>,
    x: &[T],
    dx: &Seeds<'_, T>,
    mut grad: Option<&mut [T]>,
    mut dg: ArrayViewMut2<'_, T>,
) -> T {
    let n = x.len();
    let mut value = T::nan();
    for direction in 0..dx.width().max(1) {
        let tangent = |i| {
            let seed = if dx.width() == 0 { T::zero() } else { dx.get(i, direction) };
            (!seed.is_identically_zero()).then_some([seed])
        };
        for (i, (input, &x)) in chunk.x.iter_mut().zip(x).enumerate() {
            *input = HyperDual::seeded(x, tangent(i), None);
        }
        let mut start = 0;
        loop {
            let end = (start + N).min(n);
            for i in start..end {
                let mut lanes = [T::zero(); N];
                lanes[i - start] = T::one();
                chunk.x[i] = HyperDual::seeded(x[i], tangent(i), Some(lanes));
            }
            f.map_into(&chunk.x, &mut chunk.y);
            let output = &chunk.y[0];
            value = output.value();
            if let Some(grad) = &mut grad {
                write(&mut grad[start..end], output.second());
            }
            if dx.width() > 0 {
                let column = output.mixed().map(|mixed| mixed.map(|[entry]| entry)).unwrap_or([T::zero(); N]);
                for (i, entry) in (start..end).zip(column) {
                    dg[(i, direction)] = entry;
                }
            }
            for i in start..end {
                chunk.x[i] = HyperDual::seeded(x[i], tangent(i), None);
            }
            if end == n {
                break;
            }
            start = end;
        }
        grad = None;
    }
    value
}

/// Writes the derivatives that fit, zeros if there are none.
pub(crate) fn write<T: Scalar, const N: usize>(target: &mut [T], lanes: Option<[T; N]>) {
    match lanes {
        Some(lanes) => target.copy_from_slice(&lanes[..target.len()]),
        None => target.fill(T::zero()),
    }
}

/// The inputs of a chunk.
pub(crate) fn chunk_of(index: usize, width: usize, inputs: usize) -> Range<usize> {
    (index * width).min(inputs)..((index + 1) * width).min(inputs)
}
