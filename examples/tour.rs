//! The same functions differentiated by every engine through one interface, compared and timed, and real measurements
//! fitted with each.
//!
//! `cargo run --release --example tour` does all of that; `cargo run --release --example tour -- <file>` fits one file of
//! the format in `examples/data/nist-strd`.

use di_examples::{Clock, Dataset, Fits, Model, agreement_table, compare, detail_table};
use di_examples::{engines, fit_table, names, time_table};
use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: tour [file]\n\nWithout a file: the whole tour. With one: a fit of its measurements by every \
                     engine;\nexamples/data/nist-strd has files and describes their format.";

const AGREEMENT: &str = "1. AGREEMENT
   size        inputs → outputs
   operator    hvp is the Hessian-vector product
   reference   what is compared with: a closed form by hand, or the first engine where there is none
   engines     largest error of an entry, relative to the largest entry; rounding of f64 is 1e-16";

const TIME: &str = "2. TIME
   plain (ns)  nanoseconds for one evaluation of the function itself with f64
   engines     one call of the prepared operator, in plain evaluations: 3.0 is three times as long
   All are medians of the thread's CPU time.";

const FITS: &str = "3. FITS of real measurements, NIST's reference datasets, by Levenberg–Marquardt with each engine
   start       which of the two starting points of the dataset
   engines     three numbers: digits in which the worst parameter agrees with the certified one, the
               same of the sum of squares (11 are certified), evaluations of residuals and Jacobian";

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    match run(&arguments, &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads, such as `head`, has seen enough.
        Err(error) if error.downcast_ref().is_some_and(|e: &io::Error| e.kind() == io::ErrorKind::BrokenPipe) => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[PathBuf], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    match arguments {
        [] => whole_tour(out),
        [help] if help.as_os_str() == "--help" || help.as_os_str() == "-h" => Ok(writeln!(out, "{USAGE}")?),
        [path] => one_file(path, out),
        _ => Err(USAGE.into()),
    }
}

fn whole_tour(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let engines = engines()?;
    let names = &names(&engines);
    let clock = if std::env::var_os("DI_QUICK").is_some() { Clock::hasty() } else { Clock::default() };
    writeln!(out, "{} engines, one interface; the tour takes some seconds.\n", names.len())?;
    let rows = compare(&engines, &clock)?;

    writeln!(out, "{AGREEMENT}\n\n{}", agreement_table(&rows, names))?;
    writeln!(out, "{TIME}\n\n{}", time_table(&rows, names))?;

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/nist-strd");
    let read = |name: &&str| Dataset::read(&folder.join(name).with_extension("dat"));
    let datasets: Vec<Dataset> = Model::NAMES.iter().map(read).collect::<Result<_, _>>()?;
    let all: Vec<Fits> =
        datasets.iter().flat_map(|dataset| [0, 1].map(|start| Fits::by_each(&engines, dataset, start))).collect();
    writeln!(out, "{FITS}\n\n{}", fit_table(&all, names))?;

    writeln!(out, "4. PARAMETERS of these fits, from start 1")?;
    write_details(out, all.iter().filter(|fits| fits.start == 0), names)?;
    writeln!(out, "One file alone: cargo run --release --example tour -- examples/data/nist-strd/MGH17.dat")?;
    check(&all, names)
}

/// Fits the measurements of one file from both starting points.
fn one_file(path: &Path, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let dataset = Dataset::read(path)?;
    let engines = engines()?;
    let names = &names(&engines);
    let all = [0, 1].map(|start| Fits::by_each(&engines, &dataset, start));
    for fits in &all {
        writeln!(out, "{}, {} observations, from start {}", dataset.name, dataset.x.len(), fits.start + 1)?;
        write_details(out, [fits], names)?;
    }
    check(&all, names).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn write_details<'a>(
    out: &mut impl Write,
    all: impl IntoIterator<Item = &'a Fits<'a>>,
    names: &[&'static str],
) -> io::Result<()> {
    writeln!(out, "   start       the value that the search starts from")?;
    writeln!(out, "   fitted      by the first engine that has found a fit")?;
    writeln!(out, "   engines     digits in which the engine's fit agrees with the certified value, at most 11\n")?;
    writeln!(out, "{}", detail_table(all, names))
}

/// An error that lists all fits that were not found.
fn check(all: &[Fits], names: &[&str]) -> Result<(), Box<dyn Error>> {
    let failures: Vec<String> = all.iter().flat_map(|fits| fits.failures(names)).collect();
    if failures.is_empty() { Ok(()) } else { Err(format!("not fitted:\n  {}", failures.join("\n  ")).into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_on(arguments: &[&str]) -> (Result<(), String>, String) {
        let arguments: Vec<PathBuf> = arguments.iter().map(PathBuf::from).collect();
        let mut out = Vec::new();
        let result = run(&arguments, &mut out).map_err(|error| error.to_string());
        (result, String::from_utf8(out).expect("text"))
    }

    fn data(name: &str) -> String {
        format!("{}/data/nist-strd/{name}", env!("CARGO_MANIFEST_DIR"))
    }

    #[test]
    fn a_file_is_fitted_from_both_starts() {
        let (result, text) = run_on(&[&data("DanWood.dat")]);
        assert_eq!(result, Ok(()));
        assert_eq!(text.matches("sum of squares").count(), 2, "{text}");
        assert_eq!(text.matches("7.6886226176e-1").count(), 4, "{text}");
        assert_eq!(text.matches("enzyme-style").count(), 2, "{text}");
    }

    #[test]
    fn an_unusable_file_is_named_with_the_line() {
        let (missing, other) = (data("none.dat"), data("README.md"));
        let error = run_on(&[&missing]).0.expect_err("there is no such file");
        assert!(error.starts_with(&format!("cannot read `{missing}`")), "{error}");
        let error = run_on(&[&other]).0.expect_err("not a dataset");
        assert!(error.starts_with(&format!("{other}: line ")) && error.contains("`Dataset Name:`"), "{error}");
    }

    #[test]
    fn usage_is_explained() {
        assert_eq!(run_on(&["a", "b"]), (Err(USAGE.into()), String::new()));
        assert_eq!(run_on(&["--help"]), (Ok(()), format!("{USAGE}\n")));
    }
}
