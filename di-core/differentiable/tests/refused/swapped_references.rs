//! References that change places.
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Debug, Shadow)]
#[shadow(constant)]
struct F;

#[differentiable]
impl<T: Real> ScalarFn<T> for F {
    fn call(&self, x: &[T]) -> T {
        let (mut a, mut b) = (vec![x[0]], vec![x[1]]);
        let (mut r, mut s) = (&mut a, &mut b);
        std::mem::swap(&mut r, &mut s);
        r[0] * s[0]
    }
}

fn main() {}
