use di_backends::{FiniteDiff, Real, ScalarFn, gradient};

struct Double;

impl<T: Real> ScalarFn<T> for Double {
    fn call(&self, x: &[T]) -> T {
        x[0] * 2.0
    }
}

fn main() {
    let _ = gradient(&FiniteDiff::central(), Double, &[1.0_f32]);
}
