//! Two bodies, one of which is left out.
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    #[cfg(any())]
    fn call(&self, x: &[T]) -> T {
        x[0]
    }

    #[cfg(all())]
    fn call(&self, x: &[T]) -> T {
        x[1]
    }
}

fn main() {}
