use di_backends::{AnyBackend, ScalarFn, gradient};

struct Product;

impl ScalarFn<f64> for Product {
    fn call(&self, x: &[f64]) -> f64 {
        x[0] * x[1]
    }
}

fn main() {
    let backend: AnyBackend = "finite-diff".parse().unwrap();
    let _ = gradient(&backend, Product, &[1.0, 2.0]);
}
