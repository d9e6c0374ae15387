use di_core::Shadow;

#[derive(Shadow)]
#[shadow(skip)]
struct Whole {
    work: Vec<f64>,
}

#[derive(Shadow)]
struct Field {
    #[shadow(const)]
    name: String,
    work: Vec<f64>,
}

#[derive(Shadow)]
struct NoArgument {
    #[shadow]
    name: String,
}

fn main() {}
