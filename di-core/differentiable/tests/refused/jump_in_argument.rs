//! A jump in the middle of an expression.
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let mut s = x[0];
        for i in 0..x.len() {
            s = s * if i == 1 { continue } else { x[i] };
        }
        s
    }
}

fn main() {}
