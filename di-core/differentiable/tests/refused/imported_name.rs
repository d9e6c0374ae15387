//! A module of the name of one that derivative code imports.
use di_backends::{Real, differentiable};

mod storage {
    pub fn factor() -> f64 {
        2.0
    }
}

#[differentiable]
fn scaled<T: Real>(x: T) -> T {
    x * storage::factor()
}

fn main() {
    scaled(1.0);
}
