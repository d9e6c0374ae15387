//! How many directions should go through one evaluation? The 401 × 401 Jacobian of a one-dimensional upwind scheme at
//! several widths by each engine in forward mode, by the tangent
//! that `#[differentiable]` writes and the one written by hand, and beside what can be had without an engine.
//!
//! `cargo run --release --example batch_width` prints the table; `… -- study.svg` draws it, too.

use di_backends::{ChunkWidth, EnzymeStyle, FiniteDiff, NumDual, PrepareJacobian};
use di_examples::{Clock, ClosedForm, Subject, TangentLoop, Upwind, UpwindByHand, Width, WidthStudy};
use ndarray::Array2;
use std::error::Error;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

const USAGE: &str = "usage: batch_width [file.svg]\n\nWithout a file: a table. With one: the table, and its picture.";

const LEGEND: &str = "Time of one Jacobian, in evaluations of the plain function, by directions in one evaluation:
the fastest sample, and how far three quarters of the samples lie above it at most. CPU time of the thread.
auto is the engine's own choice.";

const SCHEME: Upwind = Upwind { speed: 10.0 };
const CELLS: u32 = 401;
const WIDTHS: [usize; 6] = [1, 2, 4, 8, 12, 16];
/// An exact Jacobian differs by rounding only.
const EXACT: f64 = 1e-14;
const DIFFERENCES: f64 = 1e-8;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
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

fn run(arguments: &[OsString], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let path = match arguments {
        [] => None,
        [help] if help == "--help" || help == "-h" => return Ok(writeln!(out, "{USAGE}")?),
        [option] if option.as_encoded_bytes().starts_with(b"-") => return Err(USAGE.into()),
        [path] => Some(Path::new(path)),
        _ => return Err(USAGE.into()),
    };
    if let Some(path) = path {
        // Known before anything is measured.
        let unusable = |error| format!("cannot write `{}`: {error}\n\n{USAGE}", path.display());
        File::options().write(true).create(true).truncate(false).open(path).map_err(unusable)?;
    }
    let quick = std::env::var_os("DI_QUICK").is_some();
    let thorough = Clock { sample: Duration::from_millis(4), total: Duration::from_millis(100) };
    let study = study(CELLS, &if quick { Clock::hasty() } else { thorough })?;

    writeln!(out, "{CELLS} × {CELLS} Jacobian of an upwind scheme")?;
    writeln!(out, "{LEGEND}\n\n{}", study.table())?;
    writeln!(out, "plain function: {:.0} ns", study.plain.minimum * 1e9)?;
    if let Some(path) = path {
        fs::write(path, study.svg("401 × 401 Jacobian of an upwind scheme")?)?;
        writeln!(out, "picture: {}", path.display())?;
    }
    Ok(())
}

/// Every Jacobian is checked against the closed form before any is timed.
fn study(cells: u32, clock: &Clock) -> Result<WidthStudy, Box<dyn Error>> {
    let x = Upwind::wave(cells);
    let n = x.len();
    // Engines are prepared at another point than that of the study.
    let elsewhere = vec![1.0; n];
    let mut subjects = Vec::new();
    for width in WIDTHS.map(Width::Fixed).into_iter().chain([Width::Auto]) {
        let rule = if let Width::Fixed(width) = width { ChunkWidth::Fixed(width) } else { ChunkWidth::Auto };
        subjects.push(engine("NumDual", width, EXACT, &NumDual::with_width(rule), SCHEME, &elsewhere)?);
        let code = EnzymeStyle::with_width(rule);
        subjects.push(engine("EnzymeStyle, attribute", width, EXACT, &code, SCHEME, &elsewhere)?);
        subjects.push(engine("EnzymeStyle, by hand", width, EXACT, &code, UpwindByHand(SCHEME), &elsewhere)?);
    }
    subjects.push(engine("FiniteDiff", Width::None, DIFFERENCES, &FiniteDiff::central(), SCHEME, &elsewhere)?);
    subjects.extend([by_hand::<1>(n), by_hand::<2>(n), by_hand::<4>(n)]);
    subjects.extend([by_hand::<8>(n), by_hand::<12>(n), by_hand::<16>(n)]);
    subjects.push(Subject::new("closed form", Width::None, EXACT, ClosedForm { f: SCHEME, n }));

    let mut reference = Array2::zeros((n, n));
    SCHEME.jacobian_into(&x, reference.view_mut());
    Ok(WidthStudy::run(&SCHEME, &x, reference.view(), &mut subjects, clock)?)
}

/// The Jacobian of an engine.
fn engine<F: 'static>(
    method: &'static str,
    width: Width,
    tolerance: f64,
    backend: &impl PrepareJacobian<F>,
    f: F,
    elsewhere: &[f64],
) -> di_backends::Result<Subject<'static>> {
    Ok(Subject::new(method, width, tolerance, backend.prepare_jacobian(f, elsewhere)?))
}

/// The tangent code that was written by hand, in a loop.
fn by_hand<const W: usize>(n: usize) -> Subject<'static> {
    Subject::new("tangent in a loop", Width::Fixed(W), EXACT, TangentLoop::<_, W>::new(UpwindByHand(SCHEME), n))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_on(arguments: &[&str]) -> (Result<(), String>, String) {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        let mut out = Vec::new();
        let result = run(&arguments, &mut out).map_err(|error| error.to_string());
        (result, String::from_utf8(out).expect("text"))
    }

    #[test]
    fn all_agree_and_are_drawn() {
        let study = study(41, &Clock::hasty()).expect("a study");
        assert_eq!(study.measurements.len(), 4 * WIDTHS.len() + 5);
        let (table, svg) = (study.table().to_string(), study.svg("title").expect("a picture"));
        for text in study.methods().into_iter().chain(["auto"]) {
            assert!(table.contains(text) && svg.contains(text), "{text}\n{table}\n{svg}");
        }
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"), "{svg}");
    }

    #[test]
    fn usage_is_explained() {
        assert_eq!(run_on(&["a", "b"]), (Err(USAGE.into()), String::new()));
        assert_eq!(run_on(&["--widths"]), (Err(USAGE.into()), String::new()));
        assert_eq!(run_on(&["--help"]), (Ok(()), format!("{USAGE}\n")));
        let (result, text) = run_on(&["no such folder/study.svg"]);
        let error = result.expect_err("no such folder");
        assert!(error.contains("`no such folder/study.svg`") && error.ends_with(USAGE), "{error}");
        assert_eq!(text, "");
    }
}
