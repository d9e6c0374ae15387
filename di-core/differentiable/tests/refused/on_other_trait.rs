use di_backends::differentiable;

struct F;

#[differentiable]
impl Clone for F {
    fn clone(&self) -> Self {
        F
    }
}

fn main() {}
