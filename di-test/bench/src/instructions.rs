//! Instructions of hot paths, counted by Valgrind's callgrind: the same in every run, whatever else the machine does.

mod baseline;
mod callgrind;

use baseline::{Baseline, Change};
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

/// A hot path: its name, and what makes it ready to run.
pub type Case = (&'static str, fn() -> Box<dyn FnMut()>);

/// The argument by which the program runs one case under callgrind.
const CASE: &str = "--case";

const USAGE: &str = "usage: instructions [--save | --test] [part of a name]

Counts the instructions of one call of each hot path and compares them with those in instructions.csv.
--save writes them there instead; --test runs each path once and counts nothing.";

/// What the command line wants.
#[derive(Debug, Default)]
struct Wish {
    save: bool,
    test: bool,
    name: Option<String>,
}

/// Counts, compares and reports as the command line says.
#[must_use]
pub fn run(cases: &[Case]) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, name] = &arguments[..]
        && first == CASE
    {
        let Some((_, make)) = cases.iter().find(|(case, _)| case == name) else { return ExitCode::from(2) };
        let mut path = make();
        // What is done at the first call only is not counted.
        path();
        callgrind::counted_region(&mut *path);
        return ExitCode::SUCCESS;
    }
    let result = wish(&arguments).and_then(|wish| obey(&wish, cases));
    result.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::from(2)
    })
}

fn wish(arguments: &[String]) -> Result<Wish, Box<dyn Error>> {
    let mut wish = Wish::default();
    for argument in arguments {
        match &**argument {
            "--save" => wish.save = true,
            "--test" => wish.test = true,
            // Cargo says so to every benchmark.
            "--bench" => {}
            option if option.starts_with('-') => return Err(format!("`{option}` is no option\n\n{USAGE}").into()),
            _ if wish.name.is_some() => return Err(USAGE.into()),
            name => wish.name = Some(name.into()),
        }
    }
    Ok(wish)
}

fn obey(wish: &Wish, cases: &[Case]) -> Result<ExitCode, Box<dyn Error>> {
    let wanted: Vec<&Case> =
        cases.iter().filter(|(name, _)| wish.name.as_ref().is_none_or(|part| name.contains(part))).collect();
    if wanted.is_empty() {
        return Err("no hot path has such a name".into());
    }
    if wish.test {
        for (name, make) in wanted {
            make()();
            println!("{name}: ran");
        }
        return Ok(ExitCode::SUCCESS);
    }
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("instructions.csv");
    let mut baseline = if wish.save && !path.exists() { Baseline::default() } else { Baseline::read(&path)? };
    let mut worse = 0;
    println!("{:<52} {:>12} {:>12}", "instructions of one call", "now", "baseline");
    for (name, _) in wanted {
        let now = callgrind::count(&[CASE, name])?;
        let before = baseline.get(name);
        let change = Change::of(before, now);
        let known = before.map_or("-".into(), |count| count.to_string());
        println!("{name:<52} {now:>12} {known:>12}  {change}");
        worse += usize::from(change.is_worse());
        if wish.save {
            baseline.set(name, now);
        }
    }
    if wish.save {
        baseline.write(&path)?;
        println!("saved for {}", baseline::compiler());
        return Ok(ExitCode::SUCCESS);
    }
    if baseline.compiler() != baseline::compiler() {
        println!("the baseline is of {}: counts may differ for this reason alone", baseline.compiler());
    }
    Ok(if worse == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
