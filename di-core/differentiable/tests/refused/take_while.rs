//! Items after a condition fails.
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        x.iter().take_while(|v| **v > T::zero()).map(|&v| v).sum()
    }
}

fn main() {}
