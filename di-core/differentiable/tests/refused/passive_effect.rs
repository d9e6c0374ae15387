use di_backends::{Real, Shadow, VectorFn, differentiable};
use std::cell::Cell;

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Walk {
    place: Cell<usize>,
}

#[differentiable]
impl<T: Real> VectorFn<T> for Walk {
    fn output_len(&self, _: usize) -> usize {
        1
    }
    fn call_into(&self, x: &[T], y: &mut [T]) {
        y[0] = x[self.place.get()] * x[0];
        self.place.set(1);
    }
}

fn main() {}
