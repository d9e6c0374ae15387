//! Second derivative by second differences.

use crate::backend::FiniteDiff;
use crate::pushforward::evaluate;
use crate::step::Steps;
use di_core::{Map, PrepareSecondDerivative, Result, Scalar};

/// Values at three points.
#[derive(Clone, Debug, Default)]
pub struct SecondDerivativeWorkspace<T> {
    steps: Steps,
    centre: Vec<T>,
    plus: Vec<T>,
    minus: Vec<T>,
}

impl<F: Map<S, T>, T: Scalar, S> PrepareSecondDerivative<F, T, S> for FiniteDiff {
    type Function = F;
    type Workspace = SecondDerivativeWorkspace<T>;

    fn enclose_second_derivative(&self, f: F) -> F {
        f
    }

    fn init_second_derivative(&self, f: &F, _x: T, workspace: &mut Self::Workspace) -> Result<usize> {
        workspace.steps = Steps::second::<T>(self)?;
        let outputs = f.output_count(1);
        for buffer in [&mut workspace.centre, &mut workspace.plus, &mut workspace.minus] {
            buffer.resize(outputs, T::zero());
        }
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
        let SecondDerivativeWorkspace { steps, centre, plus, minus } = workspace;
        let h = steps.at(x);
        evaluate(f, &[x], centre);
        evaluate(f, &[x + h], plus);
        evaluate(f, &[x - h], minus);
        for (i, ddy) in ddy.iter_mut().enumerate() {
            *ddy = ((plus[i] - centre[i]) - (centre[i] - minus[i])) / h / h;
        }
        if let Some(dy) = dy {
            for (i, dy) in dy.iter_mut().enumerate() {
                *dy = (plus[i] - minus[i]) * T::lift(0.5) / h;
            }
        }
        if let Some(y) = y {
            y.copy_from_slice(centre);
        }
        Ok(())
    }
}
