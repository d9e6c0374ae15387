//! Hessian-vector product by differentiating the gradient.

use super::{GradientFn, Nested, Scratch, ViaPullback, ViaPushforward};
use crate::{
    Backend, Encloses, MAX_CHUNK_WIDTH, PrepareHvp, PreparePullback, PreparePushforward, Result, Scalar, SecondOrder,
    Seeds, Workspace,
};
use ndarray::{ArrayViewMut2, Axis, Slice};

/// A backend whose Hessian-vector product is derived.
pub trait DerivedHvp: Backend {
    /// [`Nested`].
    type Route;
}

/// A way to make a Hessian-vector product; the methods are those of [`PrepareHvp`].
#[expect(clippy::missing_errors_doc, reason = "said where each method is linked")]
pub trait HvpRoute<B, F, T: Scalar> {
    /// What is held in the place of the function.
    type Function: Encloses<F>;
    /// What the route keeps between calls.
    type Workspace: Workspace;

    /// [`PrepareHvp::enclose_hvp`].
    fn enclose(backend: &B, f: F) -> Self::Function;

    /// [`PrepareHvp::init_hvp`].
    fn init(backend: &B, f: &Self::Function, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<()>;

    /// [`PrepareHvp::compute_hvp`].
    fn compute(
        backend: &B,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        grad: Option<&mut [T]>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<T>;

    /// [`PrepareHvp::linearize_hvp`].
    fn linearize(backend: &B, f: &Self::Function, workspace: &mut Self::Workspace, x: &[T]) -> Result<bool>;

    /// [`PrepareHvp::compute_hvp_here`].
    fn compute_here(
        backend: &B,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        dx: Seeds<'_, T>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<()>;

    /// [`PrepareHvp::hvp_width`].
    fn width(_backend: &B, _workspace: &Self::Workspace) -> usize {
        usize::MAX
    }
}

impl<B, F, T: Scalar> PrepareHvp<F, T> for B
where
    B: DerivedHvp<Route: HvpRoute<B, F, T>>,
{
    type Function = <B::Route as HvpRoute<B, F, T>>::Function;
    type Workspace = <B::Route as HvpRoute<B, F, T>>::Workspace;

    fn enclose_hvp(&self, f: F) -> Self::Function {
        B::Route::enclose(self, f)
    }

    fn init_hvp(&self, f: &Self::Function, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<()> {
        B::Route::init(self, f, x, batch, workspace)
    }

    fn compute_hvp(
        &self,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        grad: Option<&mut [T]>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<T> {
        B::Route::compute(self, f, workspace, x, dx, grad, dg)
    }

    fn linearize_hvp(&self, f: &Self::Function, workspace: &mut Self::Workspace, x: &[T]) -> Result<bool> {
        B::Route::linearize(self, f, workspace, x)
    }

    fn compute_hvp_here(
        &self,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        dx: Seeds<'_, T>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        B::Route::compute_here(self, f, workspace, dx, dg)
    }

    fn hvp_width(&self, workspace: &Self::Workspace) -> usize {
        B::Route::width(self, workspace)
    }
}

/// How an outer backend differentiates a gradient: its primitive decides. Methods as in [`HvpRoute`].
#[expect(missing_docs, reason = "the methods are those of `HvpRoute`")]
#[expect(clippy::missing_errors_doc, reason = "the methods are those of `HvpRoute`")]
pub trait NestedHvp<O, I, F, T: Scalar> {
    type Workspace: Workspace;

    fn init(outer: &O, f: &GradientFn<I, F>, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<()>;

    fn compute(
        outer: &O,
        f: &GradientFn<I, F>,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        grad: Option<&mut [T]>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<T>;

    fn linearize(outer: &O, f: &GradientFn<I, F>, workspace: &mut Self::Workspace, x: &[T]) -> Result<bool>;

    fn compute_here(
        outer: &O,
        f: &GradientFn<I, F>,
        workspace: &mut Self::Workspace,
        dx: Seeds<'_, T>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<()>;

    fn width(outer: &O, workspace: &Self::Workspace) -> usize;
}

impl<B: Backend, F, T: Scalar> HvpRoute<B, F, T> for Nested
where
    B::Primitive: NestedHvp<B, B, F, T>,
{
    type Function = GradientFn<B, F>;
    type Workspace = <B::Primitive as NestedHvp<B, B, F, T>>::Workspace;

    fn enclose(backend: &B, f: F) -> Self::Function {
        GradientFn::new(backend.clone(), f)
    }

    fn init(backend: &B, f: &Self::Function, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<()> {
        B::Primitive::init(backend, f, x, batch, workspace)
    }

    fn compute(
        backend: &B,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        grad: Option<&mut [T]>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<T> {
        B::Primitive::compute(backend, f, workspace, x, dx, grad, dg)
    }

    fn linearize(backend: &B, f: &Self::Function, workspace: &mut Self::Workspace, x: &[T]) -> Result<bool> {
        B::Primitive::linearize(backend, f, workspace, x)
    }

    fn compute_here(
        backend: &B,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        dx: Seeds<'_, T>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        B::Primitive::compute_here(backend, f, workspace, dx, dg)
    }

    fn width(backend: &B, workspace: &Self::Workspace) -> usize {
        B::Primitive::width(backend, workspace)
    }
}

impl<O, I, F, T: Scalar> PrepareHvp<F, T> for SecondOrder<O, I>
where
    O: Backend<Primitive: NestedHvp<O, I, F, T>>,
    I: Backend,
{
    type Function = GradientFn<I, F>;
    type Workspace = <O::Primitive as NestedHvp<O, I, F, T>>::Workspace;

    fn enclose_hvp(&self, f: F) -> Self::Function {
        GradientFn::new(self.inner.clone(), f)
    }

    fn init_hvp(&self, f: &Self::Function, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<()> {
        O::Primitive::init(&self.outer, f, x, batch, workspace)
    }

    fn compute_hvp(
        &self,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        grad: Option<&mut [T]>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<T> {
        O::Primitive::compute(&self.outer, f, workspace, x, dx, grad, dg)
    }

    fn linearize_hvp(&self, f: &Self::Function, workspace: &mut Self::Workspace, x: &[T]) -> Result<bool> {
        O::Primitive::linearize(&self.outer, f, workspace, x)
    }

    fn compute_hvp_here(
        &self,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        dx: Seeds<'_, T>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        O::Primitive::compute_here(&self.outer, f, workspace, dx, dg)
    }

    fn hvp_width(&self, workspace: &Self::Workspace) -> usize {
        O::Primitive::width(&self.outer, workspace)
    }
}

/// Columns that lie together until they are given out: so few that a group stays in the cache while it is filled, and
/// three times the widest chunk, so that every width divides it.
const GROUP: usize = 3 * MAX_CHUNK_WIDTH;

/// The outer backend's buffers, gradient and value, and matrices of n + 1 rows.
#[derive(Clone, Debug)]
pub struct NestedWorkspace<W, T> {
    outer: W,
    y: Vec<T>,
    /// Products that are not given out yet (by pushforwards), or tangents with a cotangent of the value (by pullbacks).
    columns: Scratch<T>,
    batch: usize,
}

impl<W: Default, T> Default for NestedWorkspace<W, T> {
    fn default() -> Self {
        Self { outer: W::default(), y: Vec::new(), columns: Scratch::default(), batch: 0 }
    }
}

impl<W, T: Scalar> NestedWorkspace<W, T> {
    /// Sizes the buffers but for the columns.
    fn fit(&mut self, n: usize, batch: usize) {
        self.y.resize(n + 1, T::zero());
        self.batch = batch;
    }

    /// Gives out gradient and value.
    fn value_and_gradient(&self, grad: Option<&mut [T]>) -> T {
        let n = self.y.len() - 1;
        if let Some(grad) = grad {
            grad.copy_from_slice(&self.y[..n]);
        }
        self.y[n]
    }
}

impl<O, I, F, T: Scalar> NestedHvp<O, I, F, T> for ViaPushforward
where
    O: PreparePushforward<GradientFn<I, F>, T>,
{
    type Workspace = NestedWorkspace<O::Workspace, T>;

    fn init(outer: &O, f: &GradientFn<I, F>, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<()> {
        workspace.fit(x.len(), batch);
        workspace.columns.reserve(x.len() + 1, batch);
        outer.init_pushforward(f, x, batch.min(GROUP), &mut workspace.outer).map(drop)
    }

    fn compute(
        outer: &O,
        f: &GradientFn<I, F>,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        grad: Option<&mut [T]>,
        mut dg: ArrayViewMut2<'_, T>,
    ) -> Result<T> {
        let (n, k) = dg.dim();
        let NestedWorkspace { outer: buffers, y, columns, .. } = workspace;
        columns.reserve(n + 1, k);
        let groups = (0..k.max(1)).step_by(GROUP).map(|start| start..(start + GROUP).min(k));
        let rows = n + 1;
        for group in groups.clone() {
            let mut products = columns.part(rows * group.start, (rows, group.len()));
            let y = (group.start == 0).then_some(&mut y[..]);
            f.guard(|| outer.compute_pushforward(f, buffers, x, dx.columns(group), y, products.view_mut()))?;
        }
        for group in groups {
            let products = columns.part(rows * group.start, (rows, group.len()));
            dg.slice_axis_mut(Axis(1), Slice::from(group)).assign(&products.slice_axis(Axis(0), Slice::from(..n)));
        }
        Ok(workspace.value_and_gradient(grad))
    }

    fn linearize(_: &O, _: &GradientFn<I, F>, _: &mut Self::Workspace, _: &[T]) -> Result<bool> {
        Ok(false)
    }

    fn compute_here(
        _: &O,
        _: &GradientFn<I, F>,
        _: &mut Self::Workspace,
        _: Seeds<'_, T>,
        _: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        unreachable!("`linearize` returns false")
    }

    /// Groups are cut at multiples of every width.
    fn width(outer: &O, workspace: &Self::Workspace) -> usize {
        match outer.pushforward_width(&workspace.outer) {
            width if GROUP.is_multiple_of(width) => width,
            _ => usize::MAX,
        }
    }
}

impl<O, I, F, T: Scalar> NestedHvp<O, I, F, T> for ViaPullback
where
    O: PreparePullback<GradientFn<I, F>, T>,
{
    type Workspace = NestedWorkspace<O::Workspace, T>;

    fn init(outer: &O, f: &GradientFn<I, F>, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<()> {
        workspace.fit(x.len(), batch);
        outer.init_pullback(f, x, batch, &mut workspace.outer).map(drop)
    }

    fn compute(
        outer: &O,
        f: &GradientFn<I, F>,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        grad: Option<&mut [T]>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<T> {
        Self::linearize(outer, f, workspace, x)?;
        Self::compute_here(outer, f, workspace, dx, dg)?;
        Ok(workspace.value_and_gradient(grad))
    }

    fn linearize(outer: &O, f: &GradientFn<I, F>, workspace: &mut Self::Workspace, x: &[T]) -> Result<bool> {
        let NestedWorkspace { outer: inner, y, .. } = workspace;
        f.guard(|| outer.linearize(f, inner, x, Some(y)))?;
        Ok(true)
    }

    /// The Hessian is symmetric, so the pullback of a tangent is the product with it; the value has cotangent zero.
    fn compute_here(
        outer: &O,
        f: &GradientFn<I, F>,
        workspace: &mut Self::Workspace,
        dx: Seeds<'_, T>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        let NestedWorkspace { outer: buffers, columns, batch, .. } = workspace;
        let (n, k) = dg.dim();
        let mut tangents;
        let seeds = match dx {
            Seeds::Basis { dim, start, width } => Seeds::Basis { dim: dim + 1, start, width },
            Seeds::Groups { dim, colors, start, width } => Seeds::Groups { dim: dim + 1, colors, start, width },
            Seeds::Dense(view) => {
                columns.reserve(n + 1, *batch);
                tangents = columns.matrix(n + 1, k);
                tangents.slice_axis_mut(Axis(0), Slice::from(..n)).assign(&view);
                tangents.row_mut(n).fill(T::zero());
                Seeds::Dense(tangents.view())
            }
        };
        f.guard(|| outer.compute_pullback(f, buffers, seeds, dg))
    }

    fn width(outer: &O, workspace: &Self::Workspace) -> usize {
        outer.pullback_width(&workspace.outer)
    }
}
