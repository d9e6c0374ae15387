//! Sparse Hessian: the second derivatives of a function `R^n → R` that can differ from zero.

use super::prepared::{Encloses, Preparation, prepared_access};
use super::sparse_jacobian::check_matrix;
use crate::{Backend, Coloring, Error, Pattern, Result, Scalar, SparseMatrix, Workspace};
use std::marker::PhantomData;

/// A backend that can prepare sparse Hessians of `F`: [`Sparse`](crate::Sparse) around any other.
///
/// # For backend authors
///
/// Nothing to do: `Sparse` makes them of Hessian-vector products.
#[diagnostic::on_unimplemented(
    message = "backend `{Self}` has no sparse Hessian of `{F}` with scalar `{T}`",
    note = "wrap a backend by `Sparse::of(backend)`, or `Sparse::new(backend, detector, coloring)`",
    note = "the function must be callable with the numbers of the backend and of the detector: write it once for all, `impl<T: Real> ScalarFn<T> for …`, or give its pattern by `with_pattern`"
)]
pub trait PrepareSparseHessian<F, T: Scalar = f64>: Backend {
    /// What is held in the place of `F`: `F` itself, or a function made of it, such as its gradient.
    type Function: Encloses<F>;
    /// What is kept between calls.
    type Workspace: Workspace;

    /// Takes the function.
    fn enclose_sparse_hessian(&self, f: F) -> Self::Function;

    /// Finds the pattern and colours it.
    ///
    /// # Errors
    ///
    /// [`Error::Detection`] if the pattern cannot be found, [`Error::Coloring`] if it has no such colouring.
    fn color_hessian(&self, f: &F, x: &[T]) -> Result<Coloring>;

    /// Sizes the buffers for points as long as `x`, without evaluating `f`.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if the pattern has another shape than the Hessian; [`Error::Unsupported`] or [`Error::Option`]
    /// if the backend cannot do this.
    fn init_sparse_hessian(
        &self,
        f: &Self::Function,
        x: &[T],
        coloring: &Coloring,
        workspace: &mut Self::Workspace,
    ) -> Result<()>;

    /// Writes the Hessian into `hess`, which has the pattern of the colouring, and the gradient into `grad`, if wanted;
    /// returns the value. Nothing is allocated.
    ///
    /// # Errors
    ///
    /// [`Error::Backend`] if the engine fails; outputs are then unchanged.
    fn compute_sparse_hessian(
        &self,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: &[T],
        coloring: &Coloring,
        grad: Option<&mut [T]>,
        hess: &mut SparseMatrix<T>,
    ) -> Result<T>;

    /// Evaluates `f` once with the engine's scalars, so that all buffers have their final size.
    ///
    /// # Errors
    ///
    /// As [`compute_sparse_hessian`](Self::compute_sparse_hessian).
    fn warm_sparse_hessian(&self, f: &Self::Function, workspace: &mut Self::Workspace, x: &[T]) -> Result<()>;

    /// Prepares for points as long as `x`: finds the pattern, colours it, and sizes the buffers.
    ///
    /// A pattern that is found near `x` alone, by [`TracerDetector::local`](crate::TracerDetector::local), stops being
    /// valid where the function takes another branch: derivatives are then wrong without notice.
    ///
    /// # Cost
    ///
    /// Detection and colouring, and one Hessian-vector product. Memory for n numbers for each colour.
    ///
    /// # Errors
    ///
    /// As [`color_hessian`](Self::color_hessian), [`init_sparse_hessian`](Self::init_sparse_hessian) and
    /// [`compute_sparse_hessian`](Self::compute_sparse_hessian).
    fn prepare_sparse_hessian(&self, f: F, x: &[T]) -> Result<PreparedSparseHessian<Self, F, T>> {
        let coloring = self.color_hessian(&f, x)?;
        let f = self.enclose_sparse_hessian(f);
        let core = Preparation::new(self.clone(), f, x.len(), |b, f, w| fit::<Self, F, T>(b, f, w, x, &coloring))?;
        Ok(PreparedSparseHessian { core, coloring, scalar: PhantomData })
    }
}

/// A prepared sparse Hessian.
///
/// ```math
/// H(x)_{ij} = \frac{\partial^2 f}{\partial x_i \partial x_j}(x) \quad\text{for all } (i, j) \text{ of the pattern}
/// ```
pub trait SparseHessian<T = f64> {
    /// The number n of inputs.
    fn input_len(&self) -> usize;

    /// How the pattern is coloured.
    fn coloring(&self) -> &Coloring;

    /// Writes the Hessian of `f` at `x` into `hess`, the gradient into `grad`, if wanted, and returns `f(x)`; all from the
    /// same passes.
    ///
    /// | argument | shape | role |
    /// | --- | --- | --- |
    /// | `x` | n | the point; need not be the point of preparation |
    /// | `grad` | n | overwritten |
    /// | `hess` | n × n, with the pattern of preparation | values are overwritten, both triangles; make it by [`matrix`](Self::matrix) |
    ///
    /// # Cost
    ///
    /// A Hessian-vector product for each colour, all in one call: see [`evaluate_hvp`](crate::Hvp::evaluate_hvp). One
    /// reading an entry; for an acyclic colouring at most one subtraction an entry. Allocates nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] naming the argument whose length does not fit, [`Error::PatternMismatch`] if `hess` has another
    /// pattern; outputs are then unchanged.
    ///
    /// # References
    ///
    /// Gebremedhin, Tarafdar, Pothen and Walther, "Efficient computation of sparse Hessians using coloring and automatic
    /// differentiation", *INFORMS Journal on Computing* 21 (2009).
    fn evaluate_sparse_hessian(&mut self, x: &[T], grad: Option<&mut [T]>, hess: &mut SparseMatrix<T>) -> Result<T>;

    /// Where entries can be.
    fn pattern(&self) -> &Pattern {
        self.coloring().pattern()
    }

    /// A matrix of zeros with the pattern, to be written into.
    fn matrix(&self) -> SparseMatrix<T>
    where
        T: Scalar,
    {
        SparseMatrix::zeros(self.pattern().clone())
    }

    /// Writes the gradient into `grad` and the Hessian into `hess`; returns `f(x)`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_sparse_hessian`](Self::evaluate_sparse_hessian).
    fn value_gradient_and_sparse_hessian_into(
        &mut self,
        x: &[T],
        grad: &mut [T],
        hess: &mut SparseMatrix<T>,
    ) -> Result<T> {
        self.evaluate_sparse_hessian(x, Some(grad), hess)
    }

    /// Writes the Hessian of `f` at `x` into `hess`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_sparse_hessian`](Self::evaluate_sparse_hessian).
    fn sparse_hessian_into(&mut self, x: &[T], hess: &mut SparseMatrix<T>) -> Result<()> {
        self.evaluate_sparse_hessian(x, None, hess).map(drop)
    }

    /// `f(x)`, the gradient and the Hessian of `f` at `x`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_sparse_hessian`](Self::evaluate_sparse_hessian).
    fn value_gradient_and_sparse_hessian(&mut self, x: &[T]) -> Result<(T, Vec<T>, SparseMatrix<T>)>
    where
        T: Scalar,
    {
        let mut grad = vec![T::zero(); self.input_len()];
        let mut hess = self.matrix();
        let value = self.evaluate_sparse_hessian(x, Some(&mut grad), &mut hess)?;
        Ok((value, grad, hess))
    }

    /// The Hessian of `f` at `x`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_sparse_hessian`](Self::evaluate_sparse_hessian).
    fn sparse_hessian(&mut self, x: &[T]) -> Result<SparseMatrix<T>>
    where
        T: Scalar,
    {
        let mut hess = self.matrix();
        self.evaluate_sparse_hessian(x, None, &mut hess)?;
        Ok(hess)
    }
}

/// What [`PrepareSparseHessian::prepare_sparse_hessian`] returns.
///
/// Constants of the function can change as those of a
/// [`PreparedSparseJacobian`](crate::PreparedSparseJacobian).
#[derive(Clone, Debug)]
pub struct PreparedSparseHessian<B: PrepareSparseHessian<F, T>, F, T: Scalar = f64> {
    core: Preparation<B, B::Function, B::Workspace>,
    coloring: Coloring,
    scalar: PhantomData<fn() -> (F, T)>,
}

prepared_access!([B: PrepareSparseHessian<F, T>, F, T: Scalar] PreparedSparseHessian<B, F, T> where {} of B::Function);

impl<B: PrepareSparseHessian<F, T>, F, T: Scalar> PreparedSparseHessian<B, F, T> {
    /// Prepares for points as long as `x`, pattern and colours included, keeping the buffers.
    ///
    /// # Errors
    ///
    /// As [`PrepareSparseHessian::prepare_sparse_hessian`].
    pub fn resize(&mut self, x: &[T]) -> Result<()> {
        let coloring = self.core.backend.color_hessian(self.core.function.enclosed(), x)?;
        self.core.resize(x.len(), |b, f, w| fit::<B, F, T>(b, f, w, x, &coloring))?;
        self.coloring = coloring;
        Ok(())
    }
}

impl<B: PrepareSparseHessian<F, T>, F, T: Scalar> PreparedSparseHessian<B, F, T> {
    /// What is held in the place of the function.
    pub(super) fn enclosing(&self) -> &B::Function {
        &self.core.function
    }
}

/// Sizes and warms the buffers.
fn fit<B, F, T: Scalar>(
    backend: &B,
    f: &B::Function,
    workspace: &mut B::Workspace,
    x: &[T],
    coloring: &Coloring,
) -> Result<usize>
where
    B: PrepareSparseHessian<F, T>,
{
    backend.init_sparse_hessian(f, x, coloring, workspace)?;
    backend.warm_sparse_hessian(f, workspace, x)?;
    Ok(1)
}

impl<B: PrepareSparseHessian<F, T>, F, T: Scalar> SparseHessian<T> for PreparedSparseHessian<B, F, T> {
    fn input_len(&self) -> usize {
        self.core.inputs
    }

    fn coloring(&self) -> &Coloring {
        &self.coloring
    }

    fn evaluate_sparse_hessian(&mut self, x: &[T], grad: Option<&mut [T]>, hess: &mut SparseMatrix<T>) -> Result<T> {
        let Self { core, coloring, .. } = self;
        core.check_point(x)?;
        if let Some(grad) = &grad {
            Error::check_length("grad", core.inputs, grad.len())?;
        }
        check_matrix("hess", coloring.pattern(), hess)?;
        core.refresh(|b, f, w| b.init_sparse_hessian(f, x, coloring, w).map(|()| 1))?;
        core.backend.compute_sparse_hessian(&core.function, &mut core.workspace, x, coloring, grad, hess)
    }
}

/// The Hessian of `f` at `x`, prepared and used once.
///
/// # Errors
///
/// As [`PrepareSparseHessian::prepare_sparse_hessian`].
pub fn sparse_hessian<B, F, T: Scalar>(backend: &B, f: F, x: &[T]) -> Result<SparseMatrix<T>>
where
    B: PrepareSparseHessian<F, T>,
{
    value_gradient_and_sparse_hessian(backend, f, x).map(|(_, _, hess)| hess)
}

/// `f(x)`, the gradient and the Hessian of `f` at `x`, prepared and used once.
///
/// # Errors
///
/// As [`sparse_hessian`].
pub fn value_gradient_and_sparse_hessian<B, F, T: Scalar>(
    backend: &B,
    f: F,
    x: &[T],
) -> Result<(T, Vec<T>, SparseMatrix<T>)>
where
    B: PrepareSparseHessian<F, T>,
{
    let coloring = backend.color_hessian(&f, x)?;
    let f = backend.enclose_sparse_hessian(f);
    let mut workspace = B::Workspace::default();
    backend.init_sparse_hessian(&f, x, &coloring, &mut workspace)?;
    let mut grad = vec![T::zero(); x.len()];
    let mut hess = SparseMatrix::zeros(coloring.pattern().clone());
    let value = backend.compute_sparse_hessian(&f, &mut workspace, x, &coloring, Some(&mut grad), &mut hess)?;
    Ok((value, grad, hess))
}
