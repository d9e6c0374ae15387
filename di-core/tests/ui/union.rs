use di_core::Shadow;

#[derive(Shadow)]
union Number {
    float: f64,
    bits: u64,
}

fn main() {}
