//! An array of references.
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let mut rows = [&x[..1], &x[1..]];
        rows[0] = &x[1..];
        rows[0][0]
    }
}

fn main() {}
