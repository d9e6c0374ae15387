//! What can be said on the command line.

use super::engines;
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand};
use di_test::{Check, Operator, SparseOperator};
use std::path::PathBuf;

/// Checks and measures the engines of the differentiation interface.
#[derive(Debug, Parser)]
#[command(name = "di-test", version, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) task: Task,
}

#[derive(Debug, Subcommand)]
pub(super) enum Task {
    /// Runs every engine on every scenario, and shows what passed.
    Check(CheckOptions),
    /// Measures every engine, operator and function.
    Bench(BenchOptions),
    /// Writes a page, a spreadsheet and JSON of what `bench` measured.
    Report(ReportOptions),
    /// Shows what changed beyond noise from one file of results to another.
    ///
    /// Exit code 0: nothing is worse. 1: a record became slower beyond noise or wrong, is no longer measured, or vanished.
    /// 2: a file holds no results.
    Compare(CompareOptions),
}

/// Which engines and operators are looked at; without any, all.
#[derive(Args, Clone, Debug)]
pub(super) struct Selection {
    /// An engine; may be given several times.
    #[arg(long = "engine", value_name = "NAME", value_parser = PossibleValuesParser::new(engines::NAMES))]
    pub(super) engines: Vec<String>,
    /// An operator; may be given several times.
    #[arg(long = "operator", value_name = "NAME", value_parser = PossibleValuesParser::new(operators()))]
    pub(super) operators: Vec<String>,
    /// A part of a function's name; may be given several times.
    #[arg(long = "name", value_name = "TEXT")]
    pub(super) names: Vec<String>,
}

#[derive(Args, Clone, Debug)]
pub(super) struct CheckOptions {
    #[command(flatten)]
    pub(super) selection: Selection,
    /// A group of scenarios; may be given several times.
    #[arg(long = "group", value_name = "NAME", value_parser = PossibleValuesParser::new(GROUPS))]
    pub(super) groups: Vec<String>,
    /// A check; may be given several times.
    #[arg(long = "check", value_name = "NAME", value_parser = PossibleValuesParser::new(checks()))]
    pub(super) checks: Vec<String>,
    /// A scalar; may be given several times.
    #[arg(long = "scalar", value_name = "NAME", value_parser = PossibleValuesParser::new(["f64", "f32"]))]
    pub(super) scalars: Vec<String>,
    /// Writes what became of each scenario into this file, as JSON.
    #[arg(long, value_name = "FILE")]
    pub(super) json: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub(super) struct BenchOptions {
    #[command(flatten)]
    pub(super) selection: Selection,
    /// Where the results are written, as JSON.
    #[arg(long, short, value_name = "FILE", default_value = "bench.json")]
    pub(super) output: PathBuf,
    /// Measures as little as possible: the times mean nothing.
    #[arg(long)]
    pub(super) quick: bool,
}

#[derive(Args, Clone, Debug)]
pub(super) struct ReportOptions {
    /// What `bench` wrote.
    #[arg(value_name = "RESULTS.json")]
    pub(super) results: PathBuf,
    /// The folder for `report.html`, `report.csv` and `report.json`.
    #[arg(long, short, value_name = "FOLDER", default_value = "report")]
    pub(super) output: PathBuf,
}

#[derive(Args, Clone, Debug)]
pub(super) struct CompareOptions {
    /// Results to compare with.
    #[arg(value_name = "BEFORE.json")]
    pub(super) before: PathBuf,
    /// Results to look at.
    #[arg(value_name = "AFTER.json")]
    pub(super) after: PathBuf,
}

/// The groups of scenarios.
const GROUPS: [&str; 9] =
    ["dense", "sizes", "empty", "elementary", "caches", "laws", "adversarial", "sparse", "applications"];

/// The operators by name.
fn operators() -> Vec<&'static str> {
    let dense = Operator::ALL.map(Operator::name);
    let sparse = [SparseOperator::Jacobian, SparseOperator::Hessian].map(SparseOperator::name);
    dense.into_iter().chain(sparse).collect()
}

/// The checks by name.
fn checks() -> Vec<&'static str> {
    Check::ALL.map(Check::name).to_vec()
}
