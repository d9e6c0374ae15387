use di_backends::{EnzymeStyle, Real, choose, scalar_fn};

fn product<T: Real>(x: &[T]) -> T {
    x[0] * x[1]
}

fn main() {
    let _ = choose(scalar_fn!(product), &[1.0, 2.0]).with(EnzymeStyle::default()).hessian();
}
