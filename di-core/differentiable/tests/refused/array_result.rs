use di_backends::{Real, differentiable};

#[differentiable]
fn pair<T: Real>(x: T) -> [T; 2] {
    [x, x]
}

fn main() {
    pair(1.0);
}
