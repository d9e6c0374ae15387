use di_core::Shadow;

#[derive(Shadow)]
struct Fit<'a> {
    data: &'a [f64],
    weights: Option<(f64, Vec<&'a mut f64>)>,
    end: *const f64,
    name: &'static str,
}

fn main() {}
