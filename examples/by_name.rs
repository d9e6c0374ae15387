//! An engine chosen by its name at run time.
//!
//! `cargo run --release --example by_name -- tape`; without a name, every engine in turn.

use di_backends::{AnyBackend, Backend, Gradient, PrepareGradient, Result, hessian};
use di_examples::{Rosenbrock, Table};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().skip(1).map(|name| name.to_string_lossy().into_owned()).collect();
    let all = AnyBackend::names().iter().map(|&name| name.to_owned());
    match table(if arguments.is_empty() { all.collect() } else { arguments }) {
        Ok(table) => {
            println!("gradient and Hessian of 100 (x_1 - x_0²)² + (x_0 - 1)² at x = {X:?}\n");
            print!("{table}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

const X: [f64; 2] = [0.5, -1.0];

/// A line for each engine; an error if there is no engine of one of the names.
fn table(names: Vec<String>) -> Result<Table> {
    let mut table = Table::new(4, ["name", "mode", "gradient", "Hessian"]);
    for name in names {
        let backend: AnyBackend = name.parse()?;
        // The same type of object, whichever engine is behind it.
        let mut prepared: Box<dyn Gradient> = Box::new(backend.prepare_gradient(Rosenbrock, &X)?);
        let grad = prepared.gradient(&X)?;
        let hess: Vec<Vec<f64>> = hessian(&backend, Rosenbrock, &X)?.outer_iter().map(|row| row.to_vec()).collect();
        table.push([name, format!("{:?}", backend.mode()), format!("{grad:.6?}"), format!("{hess:.2?}")]);
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_has_a_line_with_the_gradient() {
        for name in AnyBackend::names() {
            let text = table(vec![(*name).to_owned()]).expect("a known name").to_string();
            assert!(text.contains(name) && text.contains("[249.0000"), "{text}");
        }
    }

    #[test]
    fn an_unknown_name_lists_the_known_ones() {
        let error = table(vec!["tape".into(), "adjoint".into()]).expect_err("an unknown name").to_string();
        assert!(error.contains("`adjoint`"), "{error}");
        assert!(AnyBackend::names().iter().all(|name| error.contains(name)), "{error}");
    }
}
