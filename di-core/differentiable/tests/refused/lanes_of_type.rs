use di_backends::{Real, differentiable};

#[differentiable]
fn square<K: Real>(x: K) -> K {
    x * x
}

fn main() {
    square(1.0);
}
