//! Gradient: one run of the adjoint, whose seed is a number.

use crate::generated::gradient;
use crate::{Enclosure, Enzyme, Number};
use di_core::{PrepareGradient, Result, ScalarFn, ScalarShape, Shadow};
use std::fmt::Debug;

impl<F, T: Number> PrepareGradient<F, T> for Enzyme
where
    F: ScalarFn<T> + Shadow<Shadow: Clone + Debug + Send + 'static>,
{
    type Workspace = Enclosure<F::Shadow>;

    fn init_gradient(&self, _f: &F, _x: &[T], workspace: &mut Self::Workspace) -> Result<()> {
        workspace.renew::<F>(self.function_activity())
    }

    fn compute_gradient(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        y: Option<&mut T>,
        grad: &mut [T],
    ) -> Result<()> {
        workspace.ready::<F, ScalarShape, T>(self.function_activity(), f, x)?;
        let value = if x.is_empty() {
            f.call(x)
        } else {
            grad.fill(T::zero());
            workspace.run(f, |shadow| gradient(f, shadow, (x, grad)))?
        };
        if let Some(y) = y {
            *y = value;
        }
        Ok(())
    }

    /// Evaluates `f` as it is, and pushes a tangent of zeros forward.
    fn warm_gradient(&self, f: &F, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        workspace.ready::<F, ScalarShape, T>(self.function_activity(), f, x)
    }
}
