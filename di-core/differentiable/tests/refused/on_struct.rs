use di_backends::differentiable;

#[differentiable]
struct F;

fn main() {}
