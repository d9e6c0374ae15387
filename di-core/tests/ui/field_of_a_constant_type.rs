use di_core::Shadow;

#[derive(Shadow)]
#[shadow(constant)]
struct Table {
    knots: Vec<f64>,
}

#[derive(Shadow)]
struct Spline {
    table: Table,
    coefficients: Vec<f64>,
}

fn main() {}
