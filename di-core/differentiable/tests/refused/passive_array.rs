use di_backends::{Real, differentiable};

#[differentiable]
fn weighed<T: Real>(x: T, order: &[usize]) -> T {
    x * x * order[0] as f64
}

#[differentiable]
fn first<T: Real>(x: &[T]) -> T {
    let order = [3_usize, 1];
    weighed(x[0], &order)
}

fn main() {}
