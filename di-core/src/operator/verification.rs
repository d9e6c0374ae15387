//! Verification of sparse matrices: comparison with directional derivatives, which need no pattern.

use super::{PreparedSparseHessian, PreparedSparseJacobian, SparseHessian, SparseJacobian};
use crate::{Coloring, PrepareSparseHessian, PrepareSparseJacobian, Result, Scalar, SparseMatrix, Workspace};

/// How a matrix is verified.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Verification {
    /// Starts the random numbers of the direction.
    pub seed: u64,
    /// The error that is allowed, relative to the terms of a product and to the largest product; `None` for what suits the
    /// engine: for differences far more than for exact derivatives.
    pub tolerance: Option<f64>,
}

/// A backend whose sparse Jacobians of `F` can be verified.
///
/// # For backend authors
///
/// Nothing to do: `Sparse` has it for every backend.
pub trait VerifySparseJacobian<F, T: Scalar = f64>: PrepareSparseJacobian<F, T> {
    /// What is kept between calls.
    type Check: Workspace;

    /// Sizes the buffers for points as long as `x`, and warms them.
    ///
    /// # Errors
    ///
    /// As [`init_sparse_jacobian`](PrepareSparseJacobian::init_sparse_jacobian).
    fn init_jacobian_check(&self, f: &F, x: &[T], coloring: &Coloring, check: &mut Self::Check) -> Result<()>;

    /// Compares `jac`, the Jacobian at `x`, with products in a random direction: by a pushforward, of a matrix made by
    /// rows by a pullback, and by both where the backend has both.
    ///
    /// # Errors
    ///
    /// [`Error::WrongPattern`](crate::Error::WrongPattern) if they disagree.
    fn check_sparse_jacobian(
        &self,
        f: &F,
        check: &mut Self::Check,
        x: &[T],
        coloring: &Coloring,
        jac: &SparseMatrix<T>,
        how: Verification,
    ) -> Result<()>;
}

/// A backend whose sparse Hessians of `F` can be verified.
///
/// # For backend authors
///
/// As [`VerifySparseJacobian`].
pub trait VerifySparseHessian<F, T: Scalar = f64>: PrepareSparseHessian<F, T> {
    /// What is kept between calls.
    type Check: Workspace;

    /// Sizes the buffers for points as long as `x`, and warms them.
    ///
    /// # Errors
    ///
    /// As [`init_sparse_hessian`](PrepareSparseHessian::init_sparse_hessian).
    fn init_hessian_check(
        &self,
        f: &Self::Function,
        x: &[T],
        coloring: &Coloring,
        check: &mut Self::Check,
    ) -> Result<()>;

    /// Compares `hess`, the Hessian at `x`, with a Hessian-vector product in a random direction.
    ///
    /// # Errors
    ///
    /// [`Error::WrongPattern`](crate::Error::WrongPattern) if they disagree.
    fn check_sparse_hessian(
        &self,
        f: &Self::Function,
        check: &mut Self::Check,
        x: &[T],
        coloring: &Coloring,
        hess: &SparseMatrix<T>,
        how: Verification,
    ) -> Result<()>;
}

impl<B: VerifySparseJacobian<F, T>, F, T: Scalar> PreparedSparseJacobian<B, F, T> {
    /// Computes the Jacobian at `x` and compares its products in a random direction with a pushforward, a pullback, or
    /// both, which need no pattern.
    ///
    /// An error names the group of columns (or of rows) that is wrong most, and an entry that the pattern lacks. No error
    /// means that the pattern holds at `x`, except with probability zero; it may fail elsewhere. To verify every Jacobian,
    /// wrap the backend: [`Verified`](crate::Verified).
    ///
    /// # Cost
    ///
    /// A sparse Jacobian and one product or two. Allocates.
    ///
    /// # Errors
    ///
    /// [`Error::WrongPattern`](crate::Error::WrongPattern), and as
    /// [`evaluate_sparse_jacobian`](SparseJacobian::evaluate_sparse_jacobian).
    ///
    /// # Examples
    ///
    /// ```
    /// use di_core::{Pattern, PrepareSparseJacobian, Sparse, Verification, Zero, from_vector_fn};
    ///
    /// let f = from_vector_fn(3, |_: &[f64], y: &mut [f64]| y.fill(1.0));
    /// let backend = Sparse::of(Zero).with_pattern(Pattern::diagonal(3)?);
    /// let mut prepared = backend.prepare_sparse_jacobian(f, &[0.0; 3])?;
    /// prepared.verify(&[1.0, 2.0, 3.0], Verification::default())?;
    /// # Ok::<(), di_core::Error>(())
    /// ```
    pub fn verify(&mut self, x: &[T], how: Verification) -> Result<()> {
        let jac = self.sparse_jacobian(x)?;
        let (backend, coloring, mut check) = (self.backend(), self.coloring(), B::Check::default());
        backend.init_jacobian_check(self.function(), x, coloring, &mut check)?;
        backend.check_sparse_jacobian(self.function(), &mut check, x, coloring, &jac, how)
    }
}

impl<B: VerifySparseHessian<F, T>, F, T: Scalar> PreparedSparseHessian<B, F, T> {
    /// Computes the Hessian at `x` and compares its product in a random direction with a Hessian-vector product, which
    /// needs no pattern.
    ///
    /// What an error says, and what none does: see
    /// [`PreparedSparseJacobian::verify`](crate::PreparedSparseJacobian::verify).
    ///
    /// # Cost
    ///
    /// A sparse Hessian and one product. Allocates.
    ///
    /// # Errors
    ///
    /// [`Error::WrongPattern`](crate::Error::WrongPattern), and as
    /// [`evaluate_sparse_hessian`](SparseHessian::evaluate_sparse_hessian).
    pub fn verify(&mut self, x: &[T], how: Verification) -> Result<()> {
        let hess = self.sparse_hessian(x)?;
        let (backend, coloring, mut check) = (self.backend(), self.coloring(), B::Check::default());
        backend.init_hessian_check(self.enclosing(), x, coloring, &mut check)?;
        backend.check_sparse_hessian(self.enclosing(), &mut check, x, coloring, &hess, how)
    }
}
