use di_backends::{Real, differentiable};

const COUNT: usize = 2;

#[differentiable]
fn pair<T: Real>(x: T) -> [T; COUNT] {
    [x, x]
}

fn main() {
    pair(1.0);
}
