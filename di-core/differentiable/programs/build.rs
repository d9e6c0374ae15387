//! Writes random programs.

#[path = "src/generate.rs"]
mod generate;

use std::env;
use std::fmt::Write;
use std::path::Path;

fn number(name: &str, default: u64) -> u64 {
    println!("cargo::rerun-if-env-changed={name}");
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/generate.rs");
    let (count, seed) = (number("DI_PROGRAMS", 300), number("DI_PROGRAMS_SEED", 1));
    let (mut out, mut list) = (String::new(), String::new());
    for i in 0..count {
        let body = generate::program(seed * 1_000_003 + i);
        let _ = write!(
            out,
            "#[derive(Clone, Debug, Shadow)]\n#[shadow(constant)]\nstruct P{i};\n\
             #[differentiable]\nimpl<T: Real> ScalarFn<T> for P{i} {{\nfn call(&self, x: &[T]) -> T {{\n{body}}}\n}}\n"
        );
        let _ = writeln!(
            list,
            "Program {{ text: {body:?}, value: |x| P{i}.call(x), dual: |x| P{i}.call(x), \
             tangent: |x, dx, y, dy| P{i}.tangent_into(di_backends::Enclosed::Constant, x, dx, Some(y), dy), \
             adjoint: |x, dx, y, dy| P{i}.adjoint_into(di_backends::Enclosed::Constant, x, dx, y, dy) }},"
        );
    }
    let _ = write!(out, "/// All of them.\npub const PROGRAMS: &[Program] = &[\n{list}];\n");
    let directory = env::var("OUT_DIR").unwrap_or_default();
    std::fs::write(Path::new(&directory).join("programs.rs"), out)
}
