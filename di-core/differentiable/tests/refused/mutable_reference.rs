//! A number behind a mutable reference.
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let mut s = x[0];
        let r = &mut s;
        *r *= x[1];
        s
    }
}

fn main() {}
