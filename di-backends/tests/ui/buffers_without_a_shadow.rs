use di_backends::Shadow;
use std::sync::Mutex;

#[derive(Debug, Shadow)]
struct Summed {
    weights: Vec<f64>,
    scratch: Mutex<Vec<f64>>,
}

fn main() {}
