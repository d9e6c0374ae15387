use di_backends::{Real, differentiable};

#[differentiable]
fn first<T: Real>(x: &[T], order: &mut [usize], y: &mut [T]) {
    order.swap(0, 1);
    y[0] = x[order[0]] * x[0];
}

fn main() {}
