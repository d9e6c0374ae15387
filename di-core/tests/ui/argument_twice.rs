use di_core::Shadow;

#[derive(Shadow)]
#[shadow(constant)]
#[shadow(constant)]
struct Whole {
    work: Vec<f64>,
}

#[derive(Shadow)]
struct Field {
    #[shadow(constant, constant)]
    name: String,
}

#[derive(Shadow)]
#[shadow(crate = di_core, crate = di_core)]
struct Path;

fn main() {}
