//! Hessian by second differences.

use crate::backend::FiniteDiff;
use crate::hvp::Star;
use di_core::ndarray::ArrayViewMut2;
use di_core::{PrepareHessian, Result, Scalar, ScalarFn};

/// Points and values of second differences along pairs of coordinates.
#[derive(Clone, Debug, Default)]
pub struct HessianWorkspace<T> {
    star: Star<T>,
}

impl<F: ScalarFn<T>, T: Scalar> PrepareHessian<F, T> for FiniteDiff {
    type Function = F;
    type Workspace = HessianWorkspace<T>;

    fn enclose_hessian(&self, f: F) -> F {
        f
    }

    fn init_hessian(&self, _f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<()> {
        workspace.star.init(self, x.len())
    }

    /// Each pair of coordinates is looked at once, so the Hessian is symmetric to the last bit.
    fn compute_hessian(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        grad: Option<&mut [T]>,
        mut hess: ArrayViewMut2<'_, T>,
    ) -> Result<T> {
        let star = &mut workspace.star;
        star.evaluate_centre(f, x);
        star.evaluate_arms(f, x);
        for i in 0..x.len() {
            hess[(i, i)] = star.diagonal(i);
            for j in 0..i {
                let second = star.off_diagonal(f, x, i, j);
                (hess[(i, j)], hess[(j, i)]) = (second, second);
            }
        }
        if let Some(grad) = grad {
            star.gradient(grad);
        }
        Ok(star.centre)
    }

    fn warm_hessian(&self, f: &F, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        workspace.star.evaluate_centre(f, x);
        Ok(())
    }
}
