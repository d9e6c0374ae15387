//! Forward mode, eight tangents at a time: what an engine of one's own takes.
#![forbid(unsafe_code)]

use di_core::ndarray::ArrayViewMut2;
use di_core::{
    Backend, DerivedDerivative, DerivedGradient, DerivedHessian, DerivedHvp, DerivedJacobian, DerivedPullback,
    DerivedSecondDerivative, Map, Mode, Nested, Partials, PreparePushforward, Result, Scalar, Seeds, ViaHvp,
    ViaPushforward, unwritten,
};

/// Tangents of one evaluation.
pub const WIDTH: usize = 8;

/// The engine; it has no options.
#[derive(Clone, Copy, Debug, Default)]
pub struct Eight;

/// The value of a number with its derivatives; its arithmetic comes with the interface.
type Dual<T> = Partials<T, WIDTH>;

impl Backend for Eight {
    type Primitive = ViaPushforward;

    fn name(&self) -> String {
        "eight tangents".into()
    }

    fn mode(&self) -> Mode {
        Mode::Forward
    }
}

impl<F: Map<S, Dual<T>>, T: Scalar, S> PreparePushforward<F, T, S> for Eight {
    /// Inputs and outputs, kept between calls.
    type Workspace = [Vec<Dual<T>>; 2];

    fn init_pushforward(&self, f: &F, x: &[T], _: usize, [inputs, outputs]: &mut Self::Workspace) -> Result<usize> {
        inputs.resize(x.len(), Dual::default());
        outputs.resize(f.output_count(x.len()), Dual::default());
        Ok(outputs.len())
    }

    fn compute_pushforward(
        &self,
        f: &F,
        [inputs, outputs]: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        y: Option<&mut [T]>,
        mut dy: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        // What the function leaves unwritten is not a number.
        outputs.fill(Dual { value: unwritten(x), partials: [unwritten(x); WIDTH] });
        for start in (0..dx.width().max(1)).step_by(WIDTH) {
            let lane = |i, k| if start + k < dx.width() { dx.get(i, start + k) } else { T::zero() };
            for (i, (input, &value)) in inputs.iter_mut().zip(x).enumerate() {
                *input = Dual { value, partials: std::array::from_fn(|k| lane(i, k)) };
            }
            f.map_into(inputs, outputs);
            for (mut row, output) in dy.rows_mut().into_iter().zip(&*outputs) {
                row.iter_mut().skip(start).zip(output.partials).for_each(|(dy, partial)| *dy = partial);
            }
        }
        y.into_iter().flatten().zip(outputs).for_each(|(y, output)| *y = output.value);
        Ok(())
    }
}

/// The other operators follow, a word each.
macro_rules! routes {
    ($($operator:ident: $route:ident),*) => {$(
        impl $operator for Eight {
            type Route = $route;
        }
    )*};
}
routes! {
    DerivedPullback: ViaPushforward, DerivedDerivative: ViaPushforward, DerivedGradient: ViaPushforward,
    DerivedJacobian: ViaPushforward, DerivedSecondDerivative: Nested, DerivedHvp: Nested, DerivedHessian: ViaHvp
}
