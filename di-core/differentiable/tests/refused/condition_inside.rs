//! A statement that may be left out.
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let mut s = x[0] * x[0];
        #[cfg(any())]
        {
            s += x[1];
        }
        s
    }
}

fn main() {}
