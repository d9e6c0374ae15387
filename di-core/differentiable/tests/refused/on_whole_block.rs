use di_backends::differentiable;

struct F;

#[differentiable]
impl F {
    fn half(&self) -> f64 {
        0.5
    }
}

fn main() {}
