//! Second derivative by second-order dual numbers.

use crate::width::Chunk;
use crate::{Dual2, NumDual};
use di_core::{Map, PrepareSecondDerivative, Result, Scalar, unwritten};

impl<F: Map<S, Dual2<T>>, T: Scalar, S> PrepareSecondDerivative<F, T, S> for NumDual {
    type Function = F;
    type Workspace = Chunk<Dual2<T>>;

    fn enclose_second_derivative(&self, f: F) -> F {
        f
    }

    fn init_second_derivative(&self, f: &F, _x: T, workspace: &mut Self::Workspace) -> Result<usize> {
        Ok(workspace.fit(f, 1))
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
        let outputs = &mut workspace.y;
        // An output that the function leaves unwritten is not a number, rather than that of an earlier call.
        let nothing = unwritten(&[x]);
        outputs.fill(Dual2::new(nothing, nothing, nothing));
        f.map_into(&[Dual2::variable(x)], outputs);
        if let Some(y) = y {
            write(y, outputs, Dual2::value);
        }
        if let Some(dy) = dy {
            write(dy, outputs, Dual2::derivative);
        }
        write(ddy, outputs, Dual2::second_derivative);
        Ok(())
    }
}

/// Writes one part of the outputs.
fn write<T: Scalar>(target: &mut [T], outputs: &[Dual2<T>], part: impl Fn(&Dual2<T>) -> T) {
    for (target, output) in target.iter_mut().zip(outputs) {
        *target = part(output);
    }
}
