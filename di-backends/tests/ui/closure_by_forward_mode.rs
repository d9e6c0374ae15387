use di_backends::{NumDual, from_fn, gradient};

fn main() {
    let f = from_fn(|x: &[f64]| x[0] * x[1]);
    let _ = gradient(&NumDual::default(), f, &[1.0, 2.0]);
}
