//! Derivative by dual numbers of one direction, without the buffers of a pushforward.

use crate::width::Chunk;
use crate::{Dual, NumDual};
use di_core::{Map, PrepareDerivative, Result, Scalar, unwritten};

impl<F: Map<S, Dual<T, 1>>, T: Scalar, S> PrepareDerivative<F, T, S> for NumDual {
    type Workspace = Chunk<Dual<T, 1>>;

    fn init_derivative(&self, f: &F, _x: T, workspace: &mut Self::Workspace) -> Result<usize> {
        Ok(workspace.fit(f, 1))
    }

    fn compute_derivative(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: T,
        y: Option<&mut [T]>,
        dy: &mut [T],
    ) -> Result<()> {
        let outputs = &mut workspace.y;
        // An output that the function leaves unwritten is not a number, rather than that of an earlier call.
        let nothing = unwritten(&[x]);
        outputs.fill(Dual::seeded(nothing, [nothing]));
        f.map_into(&[Dual::seeded(x, [T::one()])], outputs);
        if let Some(y) = y {
            for (y, output) in y.iter_mut().zip(&*outputs) {
                *y = output.value();
            }
        }
        for (dy, output) in dy.iter_mut().zip(&*outputs) {
            [*dy] = output.derivatives();
        }
        Ok(())
    }
}
