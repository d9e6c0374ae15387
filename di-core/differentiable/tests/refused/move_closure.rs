//! A closure with a copy of an array.
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let mut a = [x[0], x[1]];
        let f = move |u: T| a[0] * u;
        a[0] = x[1] * x[1];
        f(a[0])
    }
}

fn main() {}
