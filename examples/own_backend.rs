//! A backend of one's own, in under 80 lines: forward mode, one tangent at a time.
//!
//! `cargo run --release --example own_backend`

use di_backends::ndarray::ArrayViewMut2;
use di_backends::{
    Backend, DerivedDerivative, DerivedGradient, DerivedHessian, DerivedHvp, DerivedJacobian, DerivedPullback,
    DerivedSecondDerivative, Map, Mode, Nested, Overload, Partials, PreparePushforward, Result, Scalar, Seeds, ViaHvp,
    ViaPushforward, gradient, hessian, unwritten,
};
use di_examples::{Rosenbrock, relative_difference};

/// The engine's name and options; it has no options.
#[derive(Clone, Copy, Debug, Default)]
struct OneTangent;

/// A value with one derivative. Its arithmetic and chain rules come with the interface; a number type of one's own
/// implements `Overload` and is completed by `overload_scalar!`.
type Dual<T> = Partials<T, 1>;

impl Backend for OneTangent {
    type Primitive = ViaPushforward;

    fn name(&self) -> String {
        "one tangent".into()
    }

    fn mode(&self) -> Mode {
        Mode::Forward
    }
}

/// The one operator that the engine is made of.
impl<F: Map<S, Dual<T>>, T: Scalar, S> PreparePushforward<F, T, S> for OneTangent {
    /// Inputs and outputs as dual numbers, kept between calls.
    type Workspace = [Vec<Dual<T>>; 2];

    fn init_pushforward(&self, f: &F, x: &[T], _batch: usize, [duals, values]: &mut Self::Workspace) -> Result<usize> {
        duals.resize(x.len(), Dual::constant(T::zero()));
        values.resize(f.output_count(x.len()), Dual::constant(T::zero()));
        Ok(values.len())
    }

    fn compute_pushforward(
        &self,
        f: &F,
        [duals, values]: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        y: Option<&mut [T]>,
        mut dy: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        // An output that the function leaves unwritten is not a number, rather than that of an earlier call.
        values.fill(Dual { value: unwritten(x), partials: [unwritten(x)] });
        for direction in 0..dx.width().max(1) {
            for (i, (dual, &value)) in duals.iter_mut().zip(x).enumerate() {
                let tangent = if dx.width() == 0 { T::zero() } else { dx.get(i, direction) };
                *dual = Dual { value, partials: [tangent] };
            }
            f.map_into(duals, values);
            for (mut row, value) in dy.rows_mut().into_iter().zip(&*values) {
                row.iter_mut().skip(direction).take(1).for_each(|dy| *dy = value.partials[0]);
            }
        }
        if let Some(y) = y {
            y.iter_mut().zip(&*values).for_each(|(y, value)| *y = value.value);
        }
        Ok(())
    }
}

// All other operators follow, a line each.
impl DerivedPullback for OneTangent {
    type Route = ViaPushforward;
}
impl DerivedDerivative for OneTangent {
    type Route = ViaPushforward;
}
impl DerivedGradient for OneTangent {
    type Route = ViaPushforward;
}
impl DerivedJacobian for OneTangent {
    type Route = ViaPushforward;
}
impl DerivedSecondDerivative for OneTangent {
    type Route = Nested;
}
impl DerivedHvp for OneTangent {
    type Route = Nested;
}
impl DerivedHessian for OneTangent {
    type Route = ViaHvp;
}

fn main() -> Result<()> {
    let x = [-1.2, 1.0, 0.5, 0.8];
    let grad = gradient(&OneTangent, Rosenbrock, &x)?;
    let hess = hessian(&OneTangent, Rosenbrock, &x)?;
    println!("gradient of Rosenbrock's function at {x:?} by `{}`: {grad:?}", OneTangent.name());
    let by_hand: Vec<f64> = Rosenbrock::hessian(&x).into_iter().collect();
    let found: Vec<f64> = hess.into_iter().collect();
    println!("gradient against the closed form: {:.1e}", relative_difference(&grad, &Rosenbrock::gradient(&x)));
    println!("Hessian against the closed form:  {:.1e}", relative_difference(&found, &by_hand));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::OneTangent;
    use di_backends::{Result, hvp, jacobian, pullback, pushforward};
    use di_examples::{Rosenbrock, SineCosine, relative_difference};
    use ndarray::arr1;

    #[test]
    fn operators_agree_with_closed_forms() -> Result<()> {
        let (x, dx, dy) = ([0.3, -0.8], [1.0, 2.0], [1.0, -1.0, 0.5, 2.0]);
        let jac = SineCosine::jacobian(&x);
        assert_eq!(jacobian(&OneTangent, SineCosine, &x)?, jac);
        let close = |found: &[f64], expected: &[f64]| assert!(relative_difference(found, expected) < 1e-15);
        close(&pushforward(&OneTangent, SineCosine, &x, &dx)?, &jac.dot(&arr1(&dx)).to_vec());
        close(&pullback(&OneTangent, SineCosine, &x, &dy)?, &jac.t().dot(&arr1(&dy)).to_vec());
        close(&hvp(&OneTangent, Rosenbrock, &x, &dx)?, &Rosenbrock::hessian(&x).dot(&arr1(&dx)).to_vec());
        Ok(())
    }
}
