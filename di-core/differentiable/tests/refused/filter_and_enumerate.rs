//! Numbers of items that are left out.
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        x.iter().filter(|v| **v > T::zero()).enumerate().map(|(i, &v)| v * i as f64).sum()
    }
}

fn main() {}
