use di_core::Shadow;

#[derive(Shadow)]
enum Variant {
    #[shadow(constant)]
    Empty,
    Full(Vec<f64>),
}

#[derive(Shadow)]
struct Field {
    #[shadow(crate = di_core)]
    work: Vec<f64>,
}

fn main() {}
