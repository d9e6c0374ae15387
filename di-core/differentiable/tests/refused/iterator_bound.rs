use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let it = x.iter();
        let mut s = T::zero();
        for v in it { s += *v;
        } s
    }
}

fn main() {}
