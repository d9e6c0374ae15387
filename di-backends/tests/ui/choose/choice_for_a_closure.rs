use di_backends::{choose, from_fn};

fn main() {
    let _ = choose(from_fn(|x: &[f64]| x[0] * x[1]), &[1.0, 2.0]).gradient();
}
