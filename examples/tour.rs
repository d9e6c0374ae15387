//! The same functions differentiated by every engine through one interface, compared and timed, and real measurements
//! fitted with each.
//!
//! `cargo run --release --example tour` does all of that; `cargo run --release --example tour -- <file>` fits one file of
//! the format in `examples/data/nist-strd`.

use di_backends::AnyBackend;
use di_examples::{Clock, Comparison, Dataset, FitError, Model, Row, Table, compare, fit_dataset};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

type Fits = Vec<Result<Comparison, FitError>>;

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let result = match arguments.as_slice() {
        [] => whole_tour(),
        [path] => one_file(path),
        _ => Err("usage: tour [file]".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// All engines that are known by name.
fn engines() -> Result<Vec<AnyBackend>, di_backends::Error> {
    AnyBackend::names().iter().map(|name| name.parse()).collect()
}

fn whole_tour() -> Result<(), Box<dyn Error>> {
    let quick = std::env::var_os("DI_QUICK").is_some();
    let clock = if quick { Clock { sample: Duration::ZERO, total: Duration::ZERO } } else { Clock::default() };
    let engines = engines()?;
    let rows = compare(&engines, &clock)?;

    println!("1. AGREEMENT: the largest difference from the reference, relative to its largest number");
    println!("   inputs → outputs: the function's; reference: a closed form, or an engine where there is none\n");
    let heading = ["function", "inputs → outputs", "operator", "reference"];
    let mut table = Table::new(4, heading.into_iter().chain(AnyBackend::names().iter().copied()));
    for row in &rows {
        table
            .push(labels(row).into_iter().chain([row.reference.clone()]).chain(row.differences.iter().map(difference)));
    }
    println!("{table}");

    println!(
        "2. TIME of one prepared call, in evaluations of the plain function (1.0 is as fast as the function itself)"
    );
    println!("   plain: nanoseconds for one evaluation with f64; medians of CPU time of the thread\n");
    let heading = ["function", "inputs → outputs", "operator", "plain (ns)"];
    let mut table = Table::new(3, heading.into_iter().chain(AnyBackend::names().iter().copied()));
    for row in &rows {
        let plain = format!("{:.1}", row.plain_seconds * 1e9);
        table.push(labels(row).into_iter().chain([plain]).chain(row.ratios.iter().map(|ratio| format!("{ratio:.1}"))));
    }
    println!("{table}");

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/nist-strd");
    let mut summary = Table::new(2, heading_of("set", "start"));
    let mut details = details_table();
    for name in Model::NAMES {
        let dataset = Dataset::read(&folder.join(name).with_extension("dat"))?;
        let fits = [0, 1].map(|start| fit_all(&engines, &dataset, start));
        for (start, fits) in fits.iter().enumerate() {
            summary.push([name.into(), format!("{}", start + 1)].into_iter().chain(fits.iter().map(summary_cell)));
        }
        add_details(&mut details, &dataset, &fits[0], 0);
    }
    println!("3. FITS of NIST's reference sets by Levenberg–Marquardt, from both starting points");
    println!(
        "   p: agreeing digits of the worst parameter, s: of the sum of squares (11 are certified); e: evaluations\n"
    );
    println!("{summary}");
    println!("4. CERTIFIED AGAINST FITTED, from start 1");
    explain_details();
    println!("{details}");
    println!("One file alone: cargo run --release --example tour -- examples/data/nist-strd/MGH17.dat");
    Ok(())
}

fn one_file(path: &Path) -> Result<(), Box<dyn Error>> {
    let dataset = Dataset::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let engines = engines()?;
    for start in [0, 1] {
        let mut details = details_table();
        let fits = fit_all(&engines, &dataset, start);
        add_details(&mut details, &dataset, &fits, start);
        println!("{}, {} observations, from start {}", dataset.name, dataset.x.len(), start + 1);
        explain_details();
        println!("{details}");
        if let Some(error) = fits.into_iter().find_map(Result::err) {
            return Err(error.into());
        }
    }
    Ok(())
}

fn fit_all(engines: &[AnyBackend], dataset: &Dataset, start: usize) -> Fits {
    engines.iter().map(|engine| fit_dataset(engine, dataset, start)).collect()
}

fn labels(row: &Row) -> [String; 3] {
    [row.function.into(), format!("{} → {}", row.size.0, row.size.1), row.operator.into()]
}

fn difference(value: &f64) -> String {
    if *value == 0.0 { "0".into() } else { format!("{value:.1e}") }
}

fn heading_of<'a>(first: &'a str, second: &'a str) -> impl Iterator<Item = &'a str> {
    [first, second].into_iter().chain(AnyBackend::names().iter().copied())
}

fn summary_cell(fit: &Result<Comparison, FitError>) -> String {
    match fit {
        Ok(c) => format!("{:4.1}p {:4.1}s {:4}e", c.least_digits(), c.sum_digits, c.fit.evaluations),
        Err(_) => "no fit".into(),
    }
}

fn explain_details() {
    println!("   fitted: by the first engine that converged; engines' columns: agreeing digits, at most 11\n");
}

fn details_table() -> Table {
    let heading = ["set", "parameter", "start", "certified", "fitted"];
    Table::new(2, heading.into_iter().chain(AnyBackend::names().iter().copied()))
}

fn add_details(table: &mut Table, dataset: &Dataset, fits: &Fits, start: usize) {
    let best = fits.iter().find_map(|fit| fit.as_ref().ok());
    let mut add = |name: String, first: String, certified: f64, fitted: &dyn Fn(&Comparison) -> (f64, f64)| {
        let value = best.map_or("no fit".into(), |fit| format!("{:.10e}", fitted(fit).0));
        let digits = fits.iter().map(|f| f.as_ref().map_or("no fit".into(), |fit| format!("{:.1}", fitted(fit).1)));
        table.push([dataset.name.clone(), name, first, format!("{certified:.10e}"), value].into_iter().chain(digits));
    };
    for (j, parameter) in dataset.parameters.iter().enumerate() {
        let fitted = |fit: &Comparison| (fit.fit.parameters[j], fit.parameter_digits[j]);
        add(format!("b{}", j + 1), parameter.starts[start].to_string(), parameter.certified, &fitted);
    }
    let fitted = |fit: &Comparison| (fit.fit.sum_of_squares, fit.sum_digits);
    add("sum of squares".into(), String::new(), dataset.sum_of_squares, &fitted);
}
