use di_core::Shadow;
use std::sync::{Arc, Mutex};

#[derive(Shadow)]
struct Shared {
    data: Vec<f64>,
    work: Arc<Mutex<Vec<f64>>>,
}

#[derive(Shadow)]
enum Buffer {
    Plain(Vec<f64>),
    Shared(Arc<Mutex<Vec<f64>>>),
}

fn main() {}
