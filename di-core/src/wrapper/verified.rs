//! A sparse backend whose every matrix is verified.

use crate::{
    Backend, Coloring, Mode, PrepareDerivative, PrepareGradient, PrepareJacobian, PreparePullback, PreparePushforward,
    PrepareSparseHessian, PrepareSparseJacobian, Result, Scalar, Seeds, SparseMatrix, Verification,
    VerifySparseHessian, VerifySparseJacobian,
};
use ndarray::ArrayViewMut2;

/// Sparse Jacobians and Hessians that are compared, each time, with a product in a random direction, which needs no
/// pattern; a new direction each time.
///
/// A pattern that lacks an entry, such as one that was known to hold elsewhere, or that
/// [`TracerDetector::local`](crate::TracerDetector::local) found at another point, makes wrong matrices without notice; here
/// it is [`Error::WrongPattern`](crate::Error::WrongPattern), which names the group of columns that is wrong.
///
/// # Cost
///
/// Beside that of the sparse matrix, of a Jacobian one pushforward (of one made by rows a pullback; of a backend with both,
/// both), of a Hessian one Hessian-vector product. Memory for the matrix once more. Allocates nothing unless it finds
/// something wrong.
///
/// # Examples
///
/// ```
/// use di_core::{Sparse, Verification, Verified, Zero};
///
/// let backend = Verified::new(Sparse::of(Zero));
/// assert_eq!(backend.how, Verification::default());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Verified<B> {
    /// The backend: [`Sparse`](crate::Sparse) around any other.
    pub sparse: B,
    /// The seed of the first direction, and the error that is allowed.
    pub how: Verification,
}

impl<B> Verified<B> {
    /// With the error that suits the engine.
    pub fn new(sparse: B) -> Self {
        Self { sparse, how: Verification::default() }
    }
}

/// The buffers of matrix and verification, the number of verifications, and the results until they are verified.
#[derive(Clone, Debug)]
pub struct VerifiedWorkspace<W, C, T> {
    sparse: W,
    check: C,
    count: u64,
    vector: Vec<T>,
    matrix: Option<SparseMatrix<T>>,
}

impl<W: Default, C: Default, T> Default for VerifiedWorkspace<W, C, T> {
    fn default() -> Self {
        Self { sparse: W::default(), check: C::default(), count: 0, vector: Vec::new(), matrix: None }
    }
}

impl<W, C, T: Scalar> VerifiedWorkspace<W, C, T> {
    /// Makes room for results.
    fn fit(&mut self, coloring: &Coloring, vector: usize) {
        self.vector.resize(vector, T::zero());
        let pattern = coloring.pattern();
        if self.matrix.as_ref().is_none_or(|matrix| !matrix.pattern().shares_memory(pattern)) {
            self.matrix = Some(SparseMatrix::zeros(pattern.clone()));
        }
    }

    /// Lets `compute` write vector and matrix, `check` look at the matrix, and then gives them out.
    fn hold<R>(
        &mut self,
        coloring: &Coloring,
        how: Verification,
        out: (Option<&mut [T]>, &mut SparseMatrix<T>),
        compute: impl FnOnce(&mut W, Option<&mut [T]>, &mut SparseMatrix<T>) -> Result<R>,
        check: impl FnOnce(&mut C, &SparseMatrix<T>, Verification) -> Result<()>,
    ) -> Result<R> {
        let (vector, matrix) = out;
        let held = self.matrix.get_or_insert_with(|| SparseMatrix::zeros(coloring.pattern().clone()));
        let wanted = vector.is_some().then_some(&mut self.vector[..]);
        let result = compute(&mut self.sparse, wanted, held)?;
        let seed = how.seed.wrapping_add(self.count);
        self.count = self.count.wrapping_add(1);
        check(&mut self.check, held, Verification { seed, ..how })?;
        matrix.values_mut().copy_from_slice(held.values());
        if let Some(vector) = vector {
            vector.copy_from_slice(&self.vector);
        }
        Ok(result)
    }
}

impl<B: Backend> Backend for Verified<B> {
    type Primitive = B::Primitive;

    fn name(&self) -> String {
        format!("verified {}", self.sparse.name())
    }

    fn mode(&self) -> Mode {
        self.sparse.mode()
    }
}

crate::wrapper::forward_first_order!([B: Backend] Verified<B>; sparse: B);

impl<B: VerifySparseJacobian<F, T>, F, T: Scalar> PrepareSparseJacobian<F, T> for Verified<B> {
    type Workspace = VerifiedWorkspace<B::Workspace, B::Check, T>;

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
        let outputs = self.sparse.init_sparse_jacobian(f, x, coloring, &mut workspace.sparse)?;
        workspace.fit(coloring, outputs);
        self.sparse.init_jacobian_check(f, x, coloring, &mut workspace.check)?;
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
        workspace.hold(
            coloring,
            self.how,
            (y, jac),
            |sparse, y, jac| self.sparse.compute_sparse_jacobian(f, sparse, x, coloring, y, jac),
            |check, jac, how| self.sparse.check_sparse_jacobian(f, check, x, coloring, jac, how),
        )
    }

    fn warm_sparse_jacobian(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], coloring: &Coloring) -> Result<()> {
        self.sparse.warm_sparse_jacobian(f, &mut workspace.sparse, x, coloring)
    }
}

impl<B: VerifySparseHessian<F, T>, F, T: Scalar> PrepareSparseHessian<F, T> for Verified<B> {
    type Function = B::Function;
    type Workspace = VerifiedWorkspace<B::Workspace, B::Check, T>;

    fn enclose_sparse_hessian(&self, f: F) -> Self::Function {
        self.sparse.enclose_sparse_hessian(f)
    }

    fn color_hessian(&self, f: &F, x: &[T]) -> Result<Coloring> {
        self.sparse.color_hessian(f, x)
    }

    fn init_sparse_hessian(
        &self,
        f: &Self::Function,
        x: &[T],
        coloring: &Coloring,
        workspace: &mut Self::Workspace,
    ) -> Result<()> {
        self.sparse.init_sparse_hessian(f, x, coloring, &mut workspace.sparse)?;
        workspace.fit(coloring, x.len());
        self.sparse.init_hessian_check(f, x, coloring, &mut workspace.check)
    }

    fn compute_sparse_hessian(
        &self,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: &[T],
        coloring: &Coloring,
        grad: Option<&mut [T]>,
        hess: &mut SparseMatrix<T>,
    ) -> Result<T> {
        workspace.hold(
            coloring,
            self.how,
            (grad, hess),
            |sparse, grad, hess| self.sparse.compute_sparse_hessian(f, sparse, x, coloring, grad, hess),
            |check, hess, how| self.sparse.check_sparse_hessian(f, check, x, coloring, hess, how),
        )
    }

    fn warm_sparse_hessian(&self, f: &Self::Function, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        self.sparse.warm_sparse_hessian(f, &mut workspace.sparse, x)
    }
}
