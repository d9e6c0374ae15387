use di_core::Shadow;
use std::rc::Rc;

#[derive(Shadow)]
struct Work<T> {
    u: Vec<T>,
}

fn main() {
    let work = Work { u: vec![Rc::new(1.0_f64)] };
    let _ = Shadow::make_zero(&work);
}
