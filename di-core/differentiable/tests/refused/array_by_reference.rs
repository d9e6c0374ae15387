use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[differentiable]
fn helper<T: Real>(a: &[T; 2]) -> T { a[0] * a[1] }
#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        if let Some(last) = x.last() { *last } else { x[0] }
    }
}

fn main() {
    let _ = di_backends::gradient(&di_backends::EnzymeStyle::default(), F, &[1.0]);
}
