//! Second derivative: the tangent of the tangent, forward over forward.

use crate::generated::{Curvature, curvature};
use crate::{Enclosure, Enzyme, Number, hvp};
use di_core::{Map, PrepareSecondDerivative, Result, Shadow};
use std::fmt::Debug;

/// The outputs, their two first derivatives and the second, and the function's three shadows.
#[derive(Clone, Debug)]
pub struct SecondDerivativeWorkspace<T, S> {
    y: Vec<T>,
    dy: Vec<T>,
    outer_dy: Vec<T>,
    enclosures: [Enclosure<S>; 3],
}

impl<T, S> Default for SecondDerivativeWorkspace<T, S> {
    fn default() -> Self {
        Self { y: Vec::new(), dy: Vec::new(), outer_dy: Vec::new(), enclosures: Default::default() }
    }
}

impl<F, T: Number, S> PrepareSecondDerivative<F, T, S> for Enzyme
where
    F: Map<S, T> + Shadow<Shadow: Clone + Debug + Send + 'static>,
{
    type Function = F;
    type Workspace = SecondDerivativeWorkspace<T, F::Shadow>;

    fn enclose_second_derivative(&self, f: F) -> F {
        f
    }

    fn init_second_derivative(&self, f: &F, _x: T, workspace: &mut Self::Workspace) -> Result<usize> {
        let outputs = f.output_count(1);
        let SecondDerivativeWorkspace { y, dy, outer_dy, enclosures } = workspace;
        for buffer in [y, dy, outer_dy] {
            buffer.resize(outputs, T::zero());
        }
        hvp::renew::<F>(enclosures, self.function_activity())?;
        Ok(outputs)
    }

    fn compute_second_derivative(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: T,
        y: Option<&mut [T]>,
        dy: Option<&mut [T]>,
        ddy: &mut [T],
    ) -> Result<()> {
        let SecondDerivativeWorkspace { y: value, dy: derivative, outer_dy, enclosures } = workspace;
        hvp::ready::<F, S, T>(enclosures, self.function_activity(), f, &[x])?;
        for buffer in [&mut *value, &mut *derivative, &mut *outer_dy] {
            buffer.fill(T::nan());
        }
        ddy.fill(T::nan());
        let outputs = Curvature { y: value, dy: derivative, outer_dy, ddy };
        hvp::run(enclosures, f, |shadows| curvature::<F, S, T>(f, shadows, x, outputs))?;
        if let Some(y) = y {
            y.copy_from_slice(value);
        }
        if let Some(dy) = dy {
            dy.copy_from_slice(derivative);
        }
        Ok(())
    }
}
