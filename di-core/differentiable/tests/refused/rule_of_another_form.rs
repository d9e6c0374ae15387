use di_backends::{Real, differentiable};

#[differentiable(tangent = square_tangent, adjoint = square_adjoint)]
fn square<T: Real>(x: T) -> T {
    x * x
}

fn square_tangent<T: Real, const K: usize>(x: T, x_dot: [T; K]) -> (T, [T; K]) {
    (x * x, x_dot.map(|dot| dot * x * 2.0))
}

fn square_adjoint<T: Real>(x: T) -> T {
    x * 2.0
}

fn main() {
    square(1.0);
}
