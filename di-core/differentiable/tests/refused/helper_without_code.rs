use di_backends::{Real, ScalarFn, Shadow, differentiable};

fn helper<T: Real>(x: T) -> T {
    x * x
}

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        helper(x[0])
    }
}

fn main() {}
