use di_backends::{Real, differentiable};

#[differentiable(tangent = square_tangent)]
fn square<T: Real>(x: T) -> T {
    x * x
}

fn main() {
    square(1.0);
}
