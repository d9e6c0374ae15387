use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let mut s = T::zero();
        for i in 0.. { if i == 2 { break;
        } s += x[i];
        } s
    }
}

fn main() {}
