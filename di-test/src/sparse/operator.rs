//! Sparse Jacobians and Hessians of a backend behind one door.

use super::{SparseSlots, SparseSubject};
use di_core::{
    PrepareHvp, PreparePullback, PreparePushforward, PrepareSparseHessian, PrepareSparseJacobian,
    PreparedSparseHessian, PreparedSparseJacobian, Result, Scalar, Sparse, SparseHessian, SparseJacobian, Verified,
    value_and_sparse_jacobian, value_gradient_and_sparse_hessian,
};

/// A way to call a prepared object, and whether it writes the value (and gradient), and into the caller's memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Variant {
    pub(super) name: &'static str,
    pub(super) with_value: bool,
    pub(super) into: bool,
}

pub(super) const VARIANTS: [Variant; 4] = [
    Variant { name: "value_and_…_into", with_value: true, into: true },
    Variant { name: "…_into", with_value: false, into: true },
    Variant { name: "value_and_…", with_value: true, into: false },
    Variant { name: "…", with_value: false, into: false },
];

/// One of the two operators.
pub(super) trait Operator<B, T> {
    /// Prepares, verified or not.
    fn prepare(&self, sparse: &Sparse<B>, verified: bool, f: SparseSubject, x: &[T]) -> Result<Box<dyn Prepared<T>>>;

    /// All results by the one-off free function.
    fn once(&self, sparse: &Sparse<B>, f: SparseSubject, x: &[T]) -> Result<SparseSlots<T>>;
}

/// A prepared object of either operator.
pub(super) trait Prepared<T> {
    fn function_mut(&mut self) -> &mut SparseSubject;

    fn run(&mut self, variant: Variant, x: &[T], slots: &mut SparseSlots<T>) -> Result<()>;
}

pub(super) struct Jacobians;
pub(super) struct Hessians;

impl<B, T: Scalar> Operator<B, T> for Jacobians
where
    B: PreparePushforward<SparseSubject, T> + PreparePullback<SparseSubject, T>,
{
    fn prepare(&self, sparse: &Sparse<B>, verified: bool, f: SparseSubject, x: &[T]) -> Result<Box<dyn Prepared<T>>> {
        Ok(if verified {
            Box::new(Verified::new(sparse.clone()).prepare_sparse_jacobian(f, x)?)
        } else {
            Box::new(sparse.prepare_sparse_jacobian(f, x)?)
        })
    }

    fn once(&self, sparse: &Sparse<B>, f: SparseSubject, x: &[T]) -> Result<SparseSlots<T>> {
        let (value, matrix) = value_and_sparse_jacobian(sparse, f, x)?;
        Ok(SparseSlots { value, gradient: Vec::new(), matrix })
    }
}

impl<B: PrepareSparseJacobian<SparseSubject, T>, T: Scalar> Prepared<T>
    for PreparedSparseJacobian<B, SparseSubject, T>
{
    fn function_mut(&mut self) -> &mut SparseSubject {
        self.function_mut()
    }

    fn run(&mut self, variant: Variant, x: &[T], slots: &mut SparseSlots<T>) -> Result<()> {
        let SparseSlots { value, matrix, .. } = slots;
        match (variant.with_value, variant.into) {
            (true, true) => self.value_and_sparse_jacobian_into(x, value, matrix)?,
            (false, true) => self.sparse_jacobian_into(x, matrix)?,
            (true, false) => (*value, *matrix) = self.value_and_sparse_jacobian(x)?,
            (false, false) => *matrix = self.sparse_jacobian(x)?,
        }
        Ok(())
    }
}

impl<B: PrepareHvp<SparseSubject, T>, T: Scalar> Operator<B, T> for Hessians {
    fn prepare(&self, sparse: &Sparse<B>, verified: bool, f: SparseSubject, x: &[T]) -> Result<Box<dyn Prepared<T>>> {
        Ok(if verified {
            Box::new(Verified::new(sparse.clone()).prepare_sparse_hessian(f, x)?)
        } else {
            Box::new(sparse.prepare_sparse_hessian(f, x)?)
        })
    }

    fn once(&self, sparse: &Sparse<B>, f: SparseSubject, x: &[T]) -> Result<SparseSlots<T>> {
        let (value, gradient, matrix) = value_gradient_and_sparse_hessian(sparse, f, x)?;
        Ok(SparseSlots { value: vec![value], gradient, matrix })
    }
}

impl<B: PrepareSparseHessian<SparseSubject, T>, T: Scalar> Prepared<T> for PreparedSparseHessian<B, SparseSubject, T> {
    fn function_mut(&mut self) -> &mut SparseSubject {
        self.function_mut()
    }

    fn run(&mut self, variant: Variant, x: &[T], slots: &mut SparseSlots<T>) -> Result<()> {
        let SparseSlots { value, gradient, matrix } = slots;
        match (variant.with_value, variant.into) {
            (true, true) => value[0] = self.value_gradient_and_sparse_hessian_into(x, gradient, matrix)?,
            (false, true) => self.sparse_hessian_into(x, matrix)?,
            (true, false) => (value[0], *gradient, *matrix) = self.value_gradient_and_sparse_hessian(x)?,
            (false, false) => *matrix = self.sparse_hessian(x)?,
        }
        Ok(())
    }
}
