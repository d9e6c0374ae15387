//! Hessian-vector product: the adjoint, run on dual numbers; forward over reverse without a tape.

use crate::{Enclosure, EnzymeStyle};
use di_core::ndarray::ArrayViewMut2;
use di_core::{AdjointFn, Partials, PrepareHvp, Result, Scalar, ScalarFn, Seeds};
use std::fmt::Debug;
use std::mem::discriminant;

/// A function whose adjoint runs on dual numbers of every width that the engine uses, and whose shadow can be kept.
#[diagnostic::on_unimplemented(
    message = "the adjoint of `{Self}` does not run on dual numbers over `{T}`",
    label = "no second derivatives",
    note = "write the adjoint once for all scalars: `impl<T: Real> AdjointFn<T> for …`"
)]
pub trait AnyAdjoint<T: Scalar>:
    AdjointFn<Partials<T, 1>, Shadow: Clone + Debug + Send + 'static>
    + AdjointFn<Partials<T, 2>>
    + AdjointFn<Partials<T, 4>>
    + AdjointFn<Partials<T, 8>>
{
}

#[diagnostic::do_not_recommend]
impl<F, T: Scalar> AnyAdjoint<T> for F where
    F: AdjointFn<Partials<T, 1>, Shadow: Clone + Debug + Send + 'static>
        + AdjointFn<Partials<T, 2>>
        + AdjointFn<Partials<T, 4>>
        + AdjointFn<Partials<T, 8>>
{
}

/// The point with its tangents, and the gradient with its.
#[derive(Clone, Debug)]
pub(crate) struct Chunk<T, const K: usize> {
    x: Vec<Partials<T, K>>,
    gradient: Vec<Partials<T, K>>,
}

impl<T, const K: usize> Default for Chunk<T, K> {
    fn default() -> Self {
        Self { x: Vec::new(), gradient: Vec::new() }
    }
}

impl<T: Scalar, const K: usize> Chunk<T, K> {
    fn fit(&mut self, n: usize) {
        self.x.resize(n, Partials::default());
        self.gradient.resize(n, Partials::default());
    }
}

/// Buffers of one width.
#[derive(Clone, Debug)]
pub(crate) enum Chunks<T> {
    W1(Chunk<T, 1>),
    W2(Chunk<T, 2>),
    W4(Chunk<T, 4>),
    W8(Chunk<T, 8>),
}

/// Buffers and the function's shadow.
#[derive(Clone, Debug)]
pub struct HvpWorkspace<T, S> {
    chunks: Chunks<T>,
    enclosure: Enclosure<S>,
}

impl<T, S> Default for HvpWorkspace<T, S> {
    fn default() -> Self {
        Self { chunks: Chunks::W1(Chunk::default()), enclosure: Enclosure::default() }
    }
}

impl<T: Scalar> Chunks<T> {
    /// Buffers of at least the given width for `n` inputs; those that are there are kept if it is theirs.
    fn fit(&mut self, width: usize, n: usize) {
        let empty = match width {
            0..=1 => Self::W1(Chunk::default()),
            2 => Self::W2(Chunk::default()),
            3..=4 => Self::W4(Chunk::default()),
            _ => Self::W8(Chunk::default()),
        };
        if discriminant(self) != discriminant(&empty) {
            *self = empty;
        }
        match self {
            Self::W1(chunk) => chunk.fit(n),
            Self::W2(chunk) => chunk.fit(n),
            Self::W4(chunk) => chunk.fit(n),
            Self::W8(chunk) => chunk.fit(n),
        }
    }
}

impl<F: AnyAdjoint<T> + ScalarFn<T>, T: Scalar> PrepareHvp<F, T> for EnzymeStyle {
    type Function = F;
    type Workspace = HvpWorkspace<T, <F as di_core::Shadow>::Shadow>;

    fn enclose_hvp(&self, f: F) -> F {
        f
    }

    fn init_hvp(&self, f: &F, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<()> {
        workspace.chunks.fit(self.width().pick(batch, size_of::<T>()), x.len());
        workspace.enclosure.make(f, self.function_activity());
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
        let HvpWorkspace { chunks, enclosure } = workspace;
        Ok(match chunks {
            Chunks::W1(chunk) => products(f, chunk, enclosure, x, &dx, grad, dg),
            Chunks::W2(chunk) => products(f, chunk, enclosure, x, &dx, grad, dg),
            Chunks::W4(chunk) => products(f, chunk, enclosure, x, &dx, grad, dg),
            Chunks::W8(chunk) => products(f, chunk, enclosure, x, &dx, grad, dg),
        })
    }

    fn hvp_width(&self, workspace: &Self::Workspace) -> usize {
        match workspace.chunks {
            Chunks::W1(_) => 1,
            Chunks::W2(_) => 2,
            Chunks::W4(_) => 4,
            Chunks::W8(_) => 8,
        }
    }
}

/// Runs the adjoint with `K` tangents at a time.
fn products<F: AdjointFn<Partials<T, K>>, T: Scalar, const K: usize>(
    f: &F,
    chunk: &mut Chunk<T, K>,
    enclosure: &mut Enclosure<F::Shadow>,
    x: &[T],
    dx: &Seeds<'_, T>,
    mut grad: Option<&mut [T]>,
    mut dg: ArrayViewMut2<'_, T>,
) -> T {
    let directions = dx.width();
    let mut value = T::nan();
    let mut start = 0;
    loop {
        let count = K.min(directions - start);
        for (i, (input, &x)) in chunk.x.iter_mut().zip(x).enumerate() {
            let mut partials = [T::zero(); K];
            for (j, partial) in partials.iter_mut().enumerate().take(count) {
                *partial = dx.get(i, start + j);
            }
            *input = Partials { value: x, partials };
        }
        chunk.gradient.fill(Partials::default());
        let mut y = [Partials { value: T::nan(), partials: [T::nan(); K] }];
        let mut dy = [Partials { value: T::one(), partials: [T::zero(); K] }];
        let wanted = (start == 0).then_some(&mut y[..]);
        f.adjoint_into(enclosure.start(f), &chunk.x, &mut chunk.gradient, wanted, &mut dy);
        if start == 0 {
            value = y[0].value;
        }
        if let Some(grad) = grad.take() {
            grad.iter_mut().zip(&chunk.gradient).for_each(|(to, from)| *to = from.value);
        }
        for (mut row, entry) in dg.rows_mut().into_iter().zip(&chunk.gradient) {
            for (j, &partial) in entry.partials.iter().enumerate().take(count) {
                row[start + j] = partial;
            }
        }
        start += K;
        if start >= directions {
            return value;
        }
    }
}
