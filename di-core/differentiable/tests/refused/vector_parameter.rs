use di_backends::{Real, differentiable};

#[differentiable]
fn first<T: Real>(x: Vec<T>) -> T {
    x[0]
}

fn main() {
    first(vec![1.0]);
}
