use di_backends::{PrepareHessian, ScalarFn, Tape};

struct Product;

impl ScalarFn<f64> for Product {
    fn call(&self, x: &[f64]) -> f64 {
        x[0] * x[1]
    }
}

fn main() {
    let _ = Tape::default().prepare_hessian(Product, &[1.0, 2.0]);
}
