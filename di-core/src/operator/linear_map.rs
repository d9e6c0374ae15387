//! Linear maps, as iterative solvers see a matrix.

use crate::{Result, Scalar, SparseMatrix};

/// A matrix that can be multiplied by vectors from both sides: a [`SparseMatrix`], or a Jacobian or Hessian that is never
/// stored, [`JacobianMap`](crate::JacobianMap) and [`HessianMap`](crate::HessianMap).
///
/// ```math
/// y = A\,x, \qquad x = A^T y
/// ```
///
/// # Examples
///
/// ```
/// use di_core::{LinearMap, Pattern, SparseMatrix};
///
/// /// One step of Landweber's iteration towards a solution of `A x = b`.
/// fn step(a: &mut impl LinearMap, b: &[f64], x: &mut [f64], rate: f64) -> di_core::Result<()> {
///     let mut residual = a.apply(x)?;
///     residual.iter_mut().zip(b).for_each(|(r, b)| *r = b - *r);
///     let direction = a.apply_transpose(&residual)?;
///     x.iter_mut().zip(direction).for_each(|(x, d)| *x += rate * d);
///     Ok(())
/// }
/// let mut a = SparseMatrix::from_values(Pattern::diagonal(2)?, vec![1.0, 2.0])?;
/// let mut x = [0.0; 2];
/// step(&mut a, &[1.0, 2.0], &mut x, 0.5)?;
/// assert_eq!(x, [0.5, 2.0]);
/// # Ok::<(), di_core::Error>(())
/// ```
pub trait LinearMap<T: Scalar = f64> {
    /// The number of rows, m.
    fn rows(&self) -> usize;

    /// The number of columns, n.
    fn columns(&self) -> usize;

    /// Writes `A x` into `y`.
    ///
    /// # Errors
    ///
    /// [`Error::Length`](crate::Error::Length) if `x` has not n entries or `y` not m; `y` is then unchanged.
    fn apply_into(&mut self, x: &[T], y: &mut [T]) -> Result<()>;

    /// Writes `Aᵀ y` into `x`.
    ///
    /// # Errors
    ///
    /// [`Error::Length`](crate::Error::Length) if `y` has not m entries or `x` not n; `x` is then unchanged.
    fn apply_transpose_into(&mut self, y: &[T], x: &mut [T]) -> Result<()>;

    /// `A x`.
    ///
    /// # Errors
    ///
    /// As [`apply_into`](Self::apply_into).
    fn apply(&mut self, x: &[T]) -> Result<Vec<T>> {
        let mut y = vec![T::zero(); self.rows()];
        self.apply_into(x, &mut y)?;
        Ok(y)
    }

    /// `Aᵀ y`.
    ///
    /// # Errors
    ///
    /// As [`apply_transpose_into`](Self::apply_transpose_into).
    fn apply_transpose(&mut self, y: &[T]) -> Result<Vec<T>> {
        let mut x = vec![T::zero(); self.columns()];
        self.apply_transpose_into(y, &mut x)?;
        Ok(x)
    }
}

impl<T: Scalar> LinearMap<T> for SparseMatrix<T> {
    fn rows(&self) -> usize {
        SparseMatrix::rows(self)
    }

    fn columns(&self) -> usize {
        SparseMatrix::columns(self)
    }

    fn apply_into(&mut self, x: &[T], y: &mut [T]) -> Result<()> {
        SparseMatrix::apply_into(self, x, y)
    }

    fn apply_transpose_into(&mut self, y: &[T], x: &mut [T]) -> Result<()> {
        SparseMatrix::apply_transpose_into(self, y, x)
    }
}
