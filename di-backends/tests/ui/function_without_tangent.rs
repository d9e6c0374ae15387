use di_backends::{AdjointFn, Enclosed, EnzymeStyle, Real, Shadow, VectorFn, pushforward};

#[derive(Shadow)]
#[shadow(constant)]
struct Double;

impl<T: Real> VectorFn<T> for Double {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        for (y, &x) in y.iter_mut().zip(x) {
            *y = x * 2.0;
        }
    }
}

impl<T: Real> AdjointFn<T> for Double {
    fn adjoint_into(&self, _: Enclosed<'_, ()>, _: &[T], dx: &mut [T], _: Option<&mut [T]>, dy: &mut [T]) {
        for (dx, &dy) in dx.iter_mut().zip(&*dy) {
            *dx += dy * 2.0;
        }
    }
}

fn main() {
    let _ = pushforward(&EnzymeStyle::default(), Double, &[1.0, 2.0], &[1.0, 0.0]);
}
