use di_backends::{EnzymeStyle, from_fn, gradient};

fn main() {
    let _ = gradient(&EnzymeStyle::default(), from_fn(|x: &[f64]| x[0] * x[0]), &[1.0]);
}
