//! Sparse Jacobian: the first derivatives of a function `R^n → R^m` that can differ from zero.

use super::prepared::{Preparation, prepared_access};
use crate::{Backend, Coloring, Error, Pattern, Result, Scalar, SparseMatrix, Workspace};
use std::marker::PhantomData;

/// A backend that can prepare sparse Jacobians of `F`: [`Sparse`](crate::Sparse) around any other.
///
/// # For backend authors
///
/// Nothing to do: `Sparse` makes them of pushforwards and pullbacks.
#[diagnostic::on_unimplemented(
    message = "backend `{Self}` has no sparse Jacobian of `{F}` with scalar `{T}`",
    note = "wrap a backend by `Sparse::of(backend)`, or `Sparse::new(backend, detector, coloring)`",
    note = "the function must be callable with the numbers of the backend, by pushforwards and pullbacks, and of the detector: write it once for all, `impl<T: Real> VectorFn<T> for …`, or give its pattern by `with_pattern`"
)]
pub trait PrepareSparseJacobian<F, T: Scalar = f64>: Backend {
    /// What is kept between calls.
    type Workspace: Workspace;

    /// Finds the pattern and colours it.
    ///
    /// # Errors
    ///
    /// [`Error::Detection`] if the pattern cannot be found, [`Error::Coloring`] if it has no such colouring.
    fn color_jacobian(&self, f: &F, x: &[T]) -> Result<Coloring>;

    /// Sizes the buffers for points as long as `x`, without evaluating `f`; returns the number of outputs.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if the pattern has another shape than the Jacobian; [`Error::Unsupported`] or [`Error::Option`]
    /// if the backend cannot do this.
    fn init_sparse_jacobian(
        &self,
        f: &F,
        x: &[T],
        coloring: &Coloring,
        workspace: &mut Self::Workspace,
    ) -> Result<usize>;

    /// Writes the Jacobian into `jac`, which has the pattern of the colouring, and the value into `y`, if wanted, without
    /// allocating.
    ///
    /// # Errors
    ///
    /// [`Error::Backend`] if the engine fails; outputs are then unchanged.
    fn compute_sparse_jacobian(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        coloring: &Coloring,
        y: Option<&mut [T]>,
        jac: &mut SparseMatrix<T>,
    ) -> Result<()>;

    /// Evaluates `f` once with the engine's scalars, so that all buffers have their final size.
    ///
    /// # Errors
    ///
    /// As [`compute_sparse_jacobian`](Self::compute_sparse_jacobian).
    fn warm_sparse_jacobian(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], coloring: &Coloring) -> Result<()>;

    /// Prepares for points as long as `x`: finds the pattern, colours it, and sizes the buffers.
    ///
    /// A pattern that is found near `x` alone, by [`TracerDetector::local`](crate::TracerDetector::local), stops being
    /// valid where the function takes another branch: derivatives are then wrong without notice.
    ///
    /// # Cost
    ///
    /// Detection and colouring, and one evaluation of `f` with the engine's scalars (differences: two). Memory for `m`
    /// numbers for each colour of columns, `n` for each colour of rows.
    ///
    /// # Errors
    ///
    /// As [`color_jacobian`](Self::color_jacobian), [`init_sparse_jacobian`](Self::init_sparse_jacobian) and
    /// [`compute_sparse_jacobian`](Self::compute_sparse_jacobian).
    fn prepare_sparse_jacobian(&self, f: F, x: &[T]) -> Result<PreparedSparseJacobian<Self, F, T>> {
        let coloring = self.color_jacobian(&f, x)?;
        let core = Preparation::new(self.clone(), f, x.len(), |b, f, w| fit::<_, F, T>(b, f, w, x, &coloring))?;
        Ok(PreparedSparseJacobian { core, coloring, scalar: PhantomData })
    }
}

/// A prepared sparse Jacobian.
///
/// ```math
/// J(x)_{ij} = \frac{\partial f_i}{\partial x_j}(x) \quad\text{for all } (i, j) \text{ of the pattern}
/// ```
pub trait SparseJacobian<T = f64> {
    /// The number n of inputs.
    fn input_len(&self) -> usize;

    /// The number m of outputs.
    fn output_len(&self) -> usize;

    /// How the pattern is coloured.
    fn coloring(&self) -> &Coloring;

    /// Writes the Jacobian of `f` at `x` into `jac` and `f(x)` into `y`, if wanted.
    ///
    /// | argument | shape | role |
    /// | --- | --- | --- |
    /// | `x` | n | the point; need not be the point of preparation |
    /// | `y` | m | overwritten |
    /// | `jac` | m × n, with the pattern of preparation | values are overwritten; make it by [`matrix`](Self::matrix) |
    ///
    /// # Cost
    ///
    /// With c colours of columns and r of rows: `ceil(c/w)` evaluations of `f` in forward mode of width w; one recording and
    /// `ceil(r/w)` sweeps in reverse mode of width w; differences c + 1 (central: 2c, and one for the value). One reading an
    /// entry. Allocates nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] naming the argument whose length does not fit, [`Error::PatternMismatch`] if `jac` has another pattern;
    /// outputs are then unchanged.
    ///
    /// # References
    ///
    /// Gebremedhin, Manne and Pothen, "What color is your Jacobian?", *SIAM Review* 47 (2005).
    fn evaluate_sparse_jacobian(&mut self, x: &[T], y: Option<&mut [T]>, jac: &mut SparseMatrix<T>) -> Result<()>;

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

    /// Writes `f(x)` into `y` and the Jacobian of `f` at `x` into `jac`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_sparse_jacobian`](Self::evaluate_sparse_jacobian).
    fn value_and_sparse_jacobian_into(&mut self, x: &[T], y: &mut [T], jac: &mut SparseMatrix<T>) -> Result<()> {
        self.evaluate_sparse_jacobian(x, Some(y), jac)
    }

    /// Writes the Jacobian of `f` at `x` into `jac`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_sparse_jacobian`](Self::evaluate_sparse_jacobian).
    fn sparse_jacobian_into(&mut self, x: &[T], jac: &mut SparseMatrix<T>) -> Result<()> {
        self.evaluate_sparse_jacobian(x, None, jac)
    }

    /// `f(x)` and the Jacobian of `f` at `x`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_sparse_jacobian`](Self::evaluate_sparse_jacobian).
    fn value_and_sparse_jacobian(&mut self, x: &[T]) -> Result<(Vec<T>, SparseMatrix<T>)>
    where
        T: Scalar,
    {
        let mut y = vec![T::zero(); self.output_len()];
        let mut jac = self.matrix();
        self.evaluate_sparse_jacobian(x, Some(&mut y), &mut jac)?;
        Ok((y, jac))
    }

    /// The Jacobian of `f` at `x`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_sparse_jacobian`](Self::evaluate_sparse_jacobian).
    fn sparse_jacobian(&mut self, x: &[T]) -> Result<SparseMatrix<T>>
    where
        T: Scalar,
    {
        let mut jac = self.matrix();
        self.evaluate_sparse_jacobian(x, None, &mut jac)?;
        Ok(jac)
    }
}

/// What [`PrepareSparseJacobian::prepare_sparse_jacobian`] returns.
///
/// A change of the function's constants by `function_mut` must leave the pattern as it is: what
/// [`TracerDetector::global`](crate::TracerDetector::global) says about constants applies; else
/// [`resize`](Self::resize) prepares anew.
#[derive(Clone, Debug)]
pub struct PreparedSparseJacobian<B: PrepareSparseJacobian<F, T>, F, T: Scalar = f64> {
    core: Preparation<B, F, B::Workspace>,
    coloring: Coloring,
    scalar: PhantomData<fn() -> T>,
}

prepared_access!([B: PrepareSparseJacobian<F, T>, F, T: Scalar] PreparedSparseJacobian<B, F, T> where {} of F);

impl<B: PrepareSparseJacobian<F, T>, F, T: Scalar> PreparedSparseJacobian<B, F, T> {
    /// Prepares for points as long as `x`, pattern and colours included, keeping the buffers.
    ///
    /// # Errors
    ///
    /// As [`PrepareSparseJacobian::prepare_sparse_jacobian`].
    pub fn resize(&mut self, x: &[T]) -> Result<()> {
        let coloring = self.core.backend.color_jacobian(&self.core.function, x)?;
        self.core.resize(x.len(), |b, f, w| fit::<_, F, T>(b, f, w, x, &coloring))?;
        self.coloring = coloring;
        Ok(())
    }
}

/// Sizes and warms the buffers.
fn fit<B, F, T: Scalar>(backend: &B, f: &F, workspace: &mut B::Workspace, x: &[T], coloring: &Coloring) -> Result<usize>
where
    B: PrepareSparseJacobian<F, T>,
{
    let outputs = backend.init_sparse_jacobian(f, x, coloring, workspace)?;
    backend.warm_sparse_jacobian(f, workspace, x, coloring)?;
    Ok(outputs)
}

impl<B: PrepareSparseJacobian<F, T>, F, T: Scalar> SparseJacobian<T> for PreparedSparseJacobian<B, F, T> {
    fn input_len(&self) -> usize {
        self.core.inputs
    }

    fn output_len(&self) -> usize {
        self.core.outputs
    }

    fn coloring(&self) -> &Coloring {
        &self.coloring
    }

    fn evaluate_sparse_jacobian(&mut self, x: &[T], y: Option<&mut [T]>, jac: &mut SparseMatrix<T>) -> Result<()> {
        let Self { core, coloring, .. } = self;
        core.check_point(x)?;
        if let Some(y) = &y {
            Error::check_length("y", core.outputs, y.len())?;
        }
        check_matrix("jac", coloring.pattern(), jac)?;
        core.refresh(|b, f, w| b.init_sparse_jacobian(f, x, coloring, w))?;
        core.backend.compute_sparse_jacobian(&core.function, &mut core.workspace, x, coloring, y, jac)
    }
}

/// `Ok` if the matrix has the pattern.
pub(super) fn check_matrix<T: Scalar>(
    argument: &'static str,
    expected: &Pattern,
    matrix: &SparseMatrix<T>,
) -> Result<()> {
    let found = matrix.pattern();
    if found == expected {
        return Ok(());
    }
    let text = |pattern: &Pattern| format!("{} × {} with {} entries", pattern.rows(), pattern.columns(), pattern.nnz());
    Err(Error::PatternMismatch { argument, expected: text(expected), found: text(found) })
}

/// The Jacobian of `f` at `x`, prepared and used once.
///
/// # Errors
///
/// As [`PrepareSparseJacobian::prepare_sparse_jacobian`].
pub fn sparse_jacobian<B, F, T: Scalar>(backend: &B, f: F, x: &[T]) -> Result<SparseMatrix<T>>
where
    B: PrepareSparseJacobian<F, T>,
{
    value_and_sparse_jacobian(backend, f, x).map(|(_, jac)| jac)
}

/// `f(x)` and the Jacobian of `f` at `x`, prepared and used once.
///
/// # Errors
///
/// As [`sparse_jacobian`].
pub fn value_and_sparse_jacobian<B, F, T: Scalar>(backend: &B, f: F, x: &[T]) -> Result<(Vec<T>, SparseMatrix<T>)>
where
    B: PrepareSparseJacobian<F, T>,
{
    let coloring = backend.color_jacobian(&f, x)?;
    let mut workspace = B::Workspace::default();
    let outputs = backend.init_sparse_jacobian(&f, x, &coloring, &mut workspace)?;
    let mut y = vec![T::zero(); outputs];
    let mut jac = SparseMatrix::zeros(coloring.pattern().clone());
    backend.compute_sparse_jacobian(&f, &mut workspace, x, &coloring, Some(&mut y), &mut jac)?;
    Ok((y, jac))
}
