use di_backends::{Gradient, PrepareGradient, Real, ScalarFn, Tape};

struct Hill;
struct Valley;

impl<T: Real> ScalarFn<T> for Hill {
    fn call(&self, x: &[T]) -> T {
        -x[0] * x[0]
    }
}

impl<T: Real> ScalarFn<T> for Valley {
    fn call(&self, x: &[T]) -> T {
        x[0] * x[0]
    }
}

fn main() {
    let mut prepared = Tape::default().prepare_gradient(Hill, &[1.0]).unwrap();
    *prepared.function_mut() = Valley;
    prepared = Tape::default().prepare_gradient(Valley, &[1.0]).unwrap();
    let _ = prepared.gradient(Valley, &[1.0]);
}
