use di_backends::{Real, ScalarFn, Shadow, differentiable};

struct Point<T> { u: T, v: T }
#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let p = Point { u: x[0], v: x[1] };
        p.u * p.v
    }
}

fn main() {}
