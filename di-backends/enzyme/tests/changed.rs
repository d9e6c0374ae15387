//! After a change of the function's constants, what owns no memory allocates none, and buffers are kept.

use di_core::ndarray::Array2;
use di_core::{
    AdjointFn, Enclosed, Gradient, Hvp, PrepareGradient, PrepareHvp, PreparePushforward, PreparedPushforward,
    Pushforward, Real, Result, ScalarFn, ScalarShape, Shadow, TangentFn,
};
use di_enzyme::EnzymeStyle;
use di_test::{count_allocations, count_allocations_of};

count_allocations!();

const N: usize = 7;

/// `scale Σ x_i²`.
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Scaled {
    scale: f64,
}

impl<T: Real> ScalarFn<T> for Scaled {
    fn call(&self, x: &[T]) -> T {
        T::dot(x, x) * self.scale
    }
}

impl<T: Real> TangentFn<T> for Scaled {
    fn tangent_into<const K: usize>(
        &self,
        _: Enclosed<'_, ()>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        dy[0] = [T::zero(); K];
        for (&x, dx) in x.iter().zip(dx) {
            dy[0].iter_mut().zip(dx).for_each(|(dy, &dx)| *dy += x * dx * (2.0 * self.scale));
        }
        if let Some(y) = y {
            y[0] = self.call(x);
        }
    }
}

impl<T: Real> AdjointFn<T> for Scaled {
    fn adjoint_into(&self, _: Enclosed<'_, ()>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        dx.iter_mut().zip(x).for_each(|(dx, &x)| *dx += x * dy[0] * (2.0 * self.scale));
        if let Some(y) = y {
            y[0] = self.call(x);
        }
    }
}

#[test]
fn constants_change_without_an_allocation() -> Result<()> {
    let (backend, f, x) = (EnzymeStyle::default(), Scaled { scale: 1.0 }, [0.5; N]);
    let mut gradient = backend.prepare_gradient(f.clone(), &x)?;
    let mut pushforward: PreparedPushforward<_, _, f64, ScalarShape> =
        backend.prepare_pushforward_batch(f.clone(), &x, N)?;
    let mut grad = [0.0; N];
    let (directions, mut products, mut dy) = (Array2::eye(N), Array2::zeros((N, N)), Array2::zeros((1, N)));
    for batch in [1, 2, 3, N] {
        let mut hvp = backend.prepare_hvp_batch(f.clone(), &x, batch)?;
        for scale in [3.0, -2.0] {
            gradient.function_mut().scale = scale;
            pushforward.function_mut().scale = scale;
            hvp.function_mut().scale = scale;
            let (count, result) = count_allocations_of(|| -> Result<()> {
                gradient.gradient_into(&x, &mut grad)?;
                pushforward.evaluate_pushforward(&x, directions.view(), None, dy.view_mut())?;
                hvp.evaluate_hvp(&x, directions.view(), None, products.view_mut()).map(drop)
            });
            result?;
            assert_eq!(count, 0);
            assert_eq!((grad, dy.row(0).to_vec()), ([scale; N], vec![scale; N]));
            assert_eq!(products, &directions * (2.0 * scale));
        }
    }
    Ok(())
}
