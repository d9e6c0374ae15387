use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        fn twice(v: f64) -> f64 { v * 2.0 } x[0] * twice(1.0)
    }
}

fn main() {}
