//! What stays behind is not written.
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let mut v = vec![x[0], x[1]];
        let w = std::mem::take(&mut v);
        w[0]
    }
}

fn main() {}
