//! The name of the number of directions.
use di_backends::{Real, ScalarFn, Shadow, differentiable};

const K: usize = 3;

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let mut s = x[0];
        for _ in 0..K {
            s *= x[1];
        }
        s
    }
}

fn main() {}
