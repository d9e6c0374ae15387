//! A tuple behind a mutable reference.
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let mut p = (x[0], x[1]);
        let q = &mut p;
        q.0 = q.0 * x[1];
        p.0
    }
}

fn main() {}
