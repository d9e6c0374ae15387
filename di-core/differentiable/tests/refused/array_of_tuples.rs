//! Tuples in an array that is written into.
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let mut pairs = [(x[0], x[1]), (x[1], x[0])];
        pairs[0].0 = x[1];
        pairs[0].0
    }
}

fn main() {}
