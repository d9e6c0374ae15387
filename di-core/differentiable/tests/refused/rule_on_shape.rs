use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Sum;

#[differentiable(tangent = sum_tangent, adjoint = sum_adjoint)]
impl<T: Real> ScalarFn<T> for Sum {
    fn call(&self, x: &[T]) -> T {
        T::sum_of(x)
    }
}

fn main() {}
