//! Second derivative: the tangent, run on dual numbers.

use crate::{Enclosure, EnzymeStyle};
use di_core::{Map, Partials, PrepareSecondDerivative, Result, Scalar, TangentFn, unwritten};

/// Value and derivative of the outputs, each with its derivative, and the function's shadow.
#[derive(Clone, Debug)]
pub struct SecondDerivativeWorkspace<T, S> {
    y: Vec<Partials<T, 1>>,
    dy: Vec<[Partials<T, 1>; 1]>,
    enclosure: Enclosure<S>,
}

impl<T, S> Default for SecondDerivativeWorkspace<T, S> {
    fn default() -> Self {
        Self { y: Vec::new(), dy: Vec::new(), enclosure: Enclosure::default() }
    }
}

impl<F, T: Scalar, S> PrepareSecondDerivative<F, T, S> for EnzymeStyle
where
    F: TangentFn<Partials<T, 1>, Shadow: Clone + std::fmt::Debug + Send + 'static> + Map<S, T>,
{
    type Function = F;
    type Workspace = SecondDerivativeWorkspace<T, F::Shadow>;

    fn enclose_second_derivative(&self, f: F) -> F {
        f
    }

    fn init_second_derivative(&self, f: &F, _x: T, workspace: &mut Self::Workspace) -> Result<usize> {
        let outputs = f.output_count(1);
        workspace.y.resize(outputs, Partials::default());
        workspace.dy.resize(outputs, [Partials::default()]);
        workspace.enclosure.make(f, self.function_activity());
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
        let SecondDerivativeWorkspace { y: values, dy: tangents, enclosure } = workspace;
        let nothing = unwritten(&[x]);
        let nan = Partials { value: nothing, partials: [nothing] };
        values.fill(nan);
        tangents.fill([nan]);
        let x = Partials { value: x, partials: [T::one()] };
        let one = Partials { value: T::one(), partials: [T::zero()] };
        f.tangent_into(enclosure.start(f), &[x], &[[one]], Some(values), tangents);
        if let Some(y) = y {
            y.iter_mut().zip(&*values).for_each(|(y, value)| *y = value.value);
        }
        if let Some(dy) = dy {
            dy.iter_mut().zip(&*tangents).for_each(|(dy, [tangent])| *dy = tangent.value);
        }
        ddy.iter_mut().zip(&*tangents).for_each(|(ddy, [tangent])| *ddy = tangent.partials[0]);
        Ok(())
    }
}
