//! Detection by numbers: whatever is not zero at random points.

use super::{HessianDetector, JacobianDetector};
use crate::SplitMix;
use crate::{Hessian, Jacobian, Pattern, PrepareHessian, PrepareJacobian, Result, Scalar};
use ndarray::Array2;

/// Finds patterns by computing dense matrices with a backend, at the given point and at random points around it.
///
/// A heuristic: an entry that is zero at all points is taken for zero everywhere, so that a branch which no point takes,
/// or a derivative that underflows, is missed. Rounding errors of finite differences count as entries. NaN counts as an
/// entry. It is meant for functions that cannot be traced, and for small instances: it costs what dense matrices cost.
///
/// A random point has the entries `x_i + u·max(|x_i|, 0.2)/2` with `u` uniform in (-1, 1), so that numbers keep their
/// signs.
#[derive(Clone, Debug, PartialEq)]
pub struct DenseDetector<B> {
    /// Computes the matrices.
    pub backend: B,
    /// The number of random points beside the given one.
    pub samples: usize,
    /// Starts the random numbers: the same seed gives the same points.
    pub seed: u64,
}

impl<B> DenseDetector<B> {
    /// With two random points.
    pub const fn new(backend: B) -> Self {
        Self { backend, samples: 2, seed: 0 }
    }

    /// Marks what is not zero in the matrices of all points.
    fn detect<T: Scalar>(
        &self,
        x: &[T],
        mut matrix: Array2<T>,
        mut compute: impl FnMut(&[T], &mut Array2<T>) -> Result<()>,
    ) -> Result<Pattern> {
        let (rows, columns) = matrix.dim();
        let mut marks = vec![false; rows * columns];
        let mut random = SplitMix::new(self.seed);
        let mut point = x.to_vec();
        for _ in 0..=self.samples {
            compute(&point, &mut matrix)?;
            for (mark, entry) in marks.iter_mut().zip(&matrix) {
                *mark |= *entry != T::zero();
            }
            for (p, &x) in point.iter_mut().zip(x) {
                *p = x + T::lift(random.uniform() * 0.5) * x.abs().max(T::lift(0.2));
            }
        }
        let entries = marks.iter().enumerate().filter(|(_, mark)| **mark);
        Pattern::from_entries(rows, columns, entries.map(|(place, _)| (place / columns, place % columns)))
    }
}

impl<B, F, T: Scalar> JacobianDetector<F, T> for DenseDetector<B>
where
    B: for<'a> PrepareJacobian<&'a F, T>,
{
    fn jacobian_pattern(&self, f: &F, x: &[T]) -> Result<Pattern> {
        let mut prepared = self.backend.prepare_jacobian(f, x)?;
        let matrix = zeros(prepared.output_len(), x.len());
        self.detect(x, matrix, |x, jac| prepared.jacobian_into(x, jac.view_mut()))
    }
}

impl<B, F, T: Scalar> HessianDetector<F, T> for DenseDetector<B>
where
    B: for<'a> PrepareHessian<&'a F, T>,
{
    fn hessian_pattern(&self, f: &F, x: &[T]) -> Result<Pattern> {
        let mut prepared = self.backend.prepare_hessian(f, x)?;
        let pattern =
            self.detect(x, zeros(x.len(), x.len()), |x, hess| prepared.hessian_into(x, hess.view_mut()).map(drop))?;
        pattern.union(&pattern.transposed())
    }
}

fn zeros<T: Scalar>(rows: usize, columns: usize) -> Array2<T> {
    Array2::from_elem((rows, columns), T::zero())
}
