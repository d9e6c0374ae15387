use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let weights: [f32; 2] = [0.1, 0.2];
        x[0] * f64::from(weights[0])
    }
}

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct G;

#[differentiable]
impl<T: Real> ScalarFn<T> for G {
    fn call(&self, x: &[T]) -> T {
        let mask: u8 = if x.len() > 1 { 1 } else { 2 };
        x[0] * f64::from(!mask)
    }
}

fn main() {}
