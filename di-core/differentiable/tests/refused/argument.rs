use di_backends::{Real, differentiable};

#[differentiable(fast)]
fn square<T: Real>(x: T) -> T {
    x * x
}

fn main() {
    square(1.0);
}
