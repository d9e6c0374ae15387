use di_backends::{AnyBackend, from_fn, gradient};

fn main() {
    let backend: AnyBackend = "finite-diff".parse().unwrap();
    let _ = gradient(&backend, from_fn(|x: &[f64]| x[0] * x[1]), &[1.0, 2.0]);
}
