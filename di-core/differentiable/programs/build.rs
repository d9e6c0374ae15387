//! Writes random programs.

#[path = "generate/program.rs"]
mod program;

use std::env;
use std::fmt::Write;
use std::path::Path;

fn number(name: &str, default: u64) -> u64 {
    println!("cargo::rerun-if-env-changed={name}");
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=generate");
    let (count, seed) = (number("DI_PROGRAMS", 300), number("DI_PROGRAMS_SEED", 1));
    let (mut out, mut cases, mut singles) = (String::new(), String::new(), String::new());
    for i in 0..count {
        let program = program::program(seed * 1_000_003 + i, i);
        let _ = writeln!(out, "{}", program.text);
        let shape = if program.is_vector { "Vectors" } else { "Scalars" };
        let case = format!("Box::new({shape}(Program::<{i}>::default(), {:?})),\n", program.text);
        cases += &case;
        if program.lifted {
            singles += &case;
        }
    }
    let _ = write!(
        out,
        "/// All of them.\n#[must_use]\npub fn cases() -> Vec<Box<dyn Case<f64>>> {{ vec![\n{cases}] }}\n\
         /// Those that run with plain `f32`.\n#[must_use]\npub fn singles() -> Vec<Box<dyn Case<f32>>> {{ vec![\n{singles}] }}\n"
    );
    let directory = env::var("OUT_DIR").unwrap_or_default();
    std::fs::write(Path::new(&directory).join("programs.rs"), out)
}
