//! Derivative: one run of the tangent, along one.

use crate::pushforward::TangentWorkspace;
use crate::{Enzyme, Number};
use di_core::ndarray::{Axis, aview_mut1};
use di_core::{Map, PrepareDerivative, PreparePushforward, Result, Seeds, Shadow};
use std::fmt::Debug;

impl<F, T: Number, S> PrepareDerivative<F, T, S> for Enzyme
where
    F: Map<S, T> + Shadow<Shadow: Clone + Debug + Send + 'static>,
{
    type Workspace = TangentWorkspace<T, F::Shadow>;

    fn init_derivative(&self, f: &F, x: T, workspace: &mut Self::Workspace) -> Result<usize> {
        PreparePushforward::<F, T, S>::init_pushforward(self, f, &[x], 1, workspace)
    }

    fn compute_derivative(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: T,
        y: Option<&mut [T]>,
        dy: &mut [T],
    ) -> Result<()> {
        let dy = aview_mut1(dy).insert_axis(Axis(1));
        PreparePushforward::<F, T, S>::compute_pushforward(self, f, workspace, &[x], Seeds::identity(1), y, dy)
    }

    /// Evaluates `f` as it is, and pushes a tangent of zeros forward.
    fn warm_derivative(&self, f: &F, workspace: &mut Self::Workspace, x: T, outputs: usize) -> Result<()> {
        PreparePushforward::<F, T, S>::warm_pushforward(self, f, workspace, &[x], outputs)
    }
}
