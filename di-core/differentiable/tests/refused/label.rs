use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let mut s = T::zero();
        'outer: for i in 0..x.len() { for j in 0..i { if j == 2 { continue 'outer;
        } s += x[j];
        } } s
    }
}

fn main() {}
