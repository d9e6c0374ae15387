//! Methods of structs are not seen.
use di_backends::{Real, ScalarFn, Shadow, differentiable};

struct Point<T> {
    u: T,
    v: T,
}

impl<T: Real> Point<T> {
    fn norm(&self) -> T {
        self.u * self.v
    }
}

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let p = Point { u: x[0], v: x[1] };
        p.norm()
    }
}

fn main() {}
