//! A whole engine: forward mode on the stack, four tangents at a time.

use di_core::ndarray::ArrayViewMut2;
use di_core::{
    Backend, DerivedDerivative, DerivedGradient, DerivedHessian, DerivedHvp, DerivedJacobian, DerivedPullback,
    DerivedSecondDerivative, Map, Mode, Nested, Partials, PreparePushforward, Result, Scalar, Seeds, ViaHvp,
    ViaPushforward, unwritten,
};

const WIDTH: usize = 4;

#[derive(Clone, Debug)]
pub(crate) struct Exact;

impl Backend for Exact {
    type Primitive = ViaPushforward;

    fn name(&self) -> String {
        "exact".into()
    }

    fn mode(&self) -> Mode {
        Mode::Forward
    }
}

impl DerivedPullback for Exact {
    type Route = ViaPushforward;
}
impl DerivedDerivative for Exact {
    type Route = ViaPushforward;
}
impl DerivedGradient for Exact {
    type Route = ViaPushforward;
}
impl DerivedJacobian for Exact {
    type Route = ViaPushforward;
}
impl DerivedSecondDerivative for Exact {
    type Route = Nested;
}
impl DerivedHvp for Exact {
    type Route = Nested;
}
impl DerivedHessian for Exact {
    type Route = ViaHvp;
}

impl<F: Map<S, Partials<T, WIDTH>>, T: Scalar, S> PreparePushforward<F, T, S> for Exact {
    type Workspace = (Vec<Partials<T, WIDTH>>, Vec<Partials<T, WIDTH>>);

    fn init_pushforward(&self, f: &F, x: &[T], _batch: usize, workspace: &mut Self::Workspace) -> Result<usize> {
        let outputs = f.output_count(x.len());
        workspace.0.resize(x.len(), Partials::default());
        workspace.1.resize(outputs, Partials::default());
        Ok(outputs)
    }

    fn compute_pushforward(
        &self,
        f: &F,
        (inputs, outputs): &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        mut y: Option<&mut [T]>,
        mut dy: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        // An output that the function leaves unwritten is not a number, rather than that of an earlier call.
        let nothing = unwritten(x);
        outputs.fill(Partials { value: nothing, partials: [nothing; WIDTH] });
        for start in (0..dx.width().max(1)).step_by(WIDTH) {
            for (i, (input, &value)) in inputs.iter_mut().zip(x).enumerate() {
                let seed = |j| if start + j < dx.width() { dx.get(i, start + j) } else { T::zero() };
                *input = Partials { value, partials: std::array::from_fn(seed) };
            }
            f.map_into(inputs, outputs);
            for (i, output) in outputs.iter().enumerate() {
                for (j, &partial) in output.partials.iter().enumerate().take(dx.width() - start.min(dx.width())) {
                    dy[(i, start + j)] = partial;
                }
                if let Some(y) = &mut y {
                    y[i] = output.value;
                }
            }
        }
        Ok(())
    }
}
