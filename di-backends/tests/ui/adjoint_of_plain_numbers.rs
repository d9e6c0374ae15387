use di_backends::{AdjointFn, Enclosed, EnzymeStyle, Real, ScalarFn, Shadow, hessian};

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Squares;

impl<T: Real> ScalarFn<T> for Squares {
    fn call(&self, x: &[T]) -> T {
        x.iter().map(|&x| x * x).sum()
    }
}

impl AdjointFn<f64> for Squares {
    fn adjoint_into(&self, _: Enclosed<'_, ()>, x: &[f64], dx: &mut [f64], _: Option<&mut [f64]>, dy: &mut [f64]) {
        for (dx, &x) in dx.iter_mut().zip(x) {
            *dx += 2.0 * x * dy[0];
        }
    }
}

fn main() {
    let _ = hessian(&EnzymeStyle::default(), Squares, &[1.0, 2.0]);
}
