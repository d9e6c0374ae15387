use di_backends::{ScalarFn, differentiable};

struct F;

#[differentiable]
impl ScalarFn<f64> for F {
    fn call(&self, x: &[f64]) -> f64 {
        x[0]
    }
}

fn main() {}
