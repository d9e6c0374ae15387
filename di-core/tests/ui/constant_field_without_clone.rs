use di_core::Shadow;
use std::sync::Mutex;

#[derive(Shadow)]
struct Counted {
    #[shadow(constant)]
    calls: Mutex<usize>,
    work: Vec<f64>,
}

fn main() {}
