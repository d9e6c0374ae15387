//! A vector inside a struct has no length of its own.
use di_backends::{Real, ScalarFn, Shadow, differentiable};

struct Held<T> {
    list: Vec<T>,
    sum: T,
}

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let mut held = Held { list: vec![x[0]], sum: x[1] };
        held.list.push(x[1]);
        held.list[1] + held.sum
    }
}

fn main() {}
