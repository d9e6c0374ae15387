use di_backends::{EnzymeStyle, Real, ScalarFn, Shadow, gradient};

#[derive(Shadow)]
#[shadow(constant)]
struct Squares;

impl<T: Real> ScalarFn<T> for Squares {
    fn call(&self, x: &[T]) -> T {
        x.iter().map(|&x| x * x).sum()
    }
}

fn main() {
    let _ = gradient(&EnzymeStyle::default(), Squares, &[1.0, 2.0]);
}
