use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        if x[0].partial_cmp(&x[1]).is_some() { x[0] } else { x[1] }
    }
}

fn main() {}
