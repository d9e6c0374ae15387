//! Colourings of the larger sparse scenarios: numbers of colours, and the time that finding them takes, as a table.
//!
//! `cargo bench --manifest-path di-test/bench/Cargo.toml --bench colorings`; with `--test` each case runs once, small.
#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use di_backends::di_core::{ColoringKind, ColoringMethod, Order, Pattern};
use di_test::{SparseOperator, SparseScenario, sparse_catalogue};
use std::hint::black_box;
use std::time::Instant;

const JACOBIANS: [&str; 9] = [
    "brusselator 32 × 32",
    "brusselator 100 × 100",
    "stencil 12 × 12 × 12",
    "square_linear_map of band 10",
    "upwind_ring of 401",
    "banded_ring of 401",
    "arrow of 401",
    "bundle of 50 cameras and 2000 points",
    "least_squares of 100000",
];
const HESSIANS: [&str; 5] = [
    "surface 60 × 60",
    "chained_rosenbrock of 401",
    "square_quadratic_form of band 10",
    "arrow_energy of 401",
    "sum_diff_cube of 401",
];

/// Colours and milliseconds, the least of some runs.
fn cell(method: &ColoringMethod, pattern: &Pattern, runs: usize) -> String {
    let mut least = f64::INFINITY;
    let mut colors = 0;
    for _ in 0..runs {
        let start = Instant::now();
        colors = black_box(method.color(black_box(pattern))).unwrap().color_count();
        least = least.min(start.elapsed().as_secs_f64() * 1e3);
    }
    format!("{colors} ({least:.2})")
}

fn table(operator: SparseOperator, names: &[&str], methods: &[(&str, ColoringMethod)], runs: usize) {
    let titles: Vec<&str> = methods.iter().map(|(title, _)| *title).collect();
    println!("\n| pattern | size | entries | {} |", titles.join(" | "));
    println!("| --- | ---: | ---: |{}", " ---: |".repeat(methods.len()));
    let scenarios = sparse_catalogue();
    let of = |name: &str| {
        let right = |scenario: &&SparseScenario| scenario.name == name && scenario.operator == operator;
        scenarios.iter().find(right).unwrap()
    };
    for name in names {
        let pattern = of(name).pattern();
        let cells: Vec<String> = methods.iter().map(|(_, method)| cell(method, &pattern, runs)).collect();
        let size = format!("{} × {}", pattern.rows(), pattern.columns());
        println!("| {} | {size} | {} | {} |", name.replace('_', " "), pattern.nnz(), cells.join(" | "));
    }
}

fn main() {
    let quick = std::env::args().any(|argument| argument == "--test") || std::env::var_os("DI_QUICK").is_some();
    let (runs, few) = if quick { (1, 1) } else { (5, usize::MAX) };
    let greedy = |kind, order: Order| ColoringMethod::new(kind).closed_forms(false).orders(&[order]);
    println!("Colours, and milliseconds to find them.");
    let columns = ColoringKind::Columns;
    table(
        SparseOperator::Jacobian,
        &JACOBIANS[..few.min(JACOBIANS.len())],
        &[
            ("columns", ColoringMethod::columns()),
            ("greedy, natural", greedy(columns, Order::Natural)),
            ("greedy, largest first", greedy(columns, Order::LargestFirst)),
            ("greedy, smallest last", greedy(columns, Order::SmallestLast)),
            ("greedy, incidence degree", greedy(columns, Order::IncidenceDegree)),
            ("rows", ColoringMethod::rows()),
            ("bidirectional", ColoringMethod::bidirectional()),
        ],
        runs,
    );
    table(
        SparseOperator::Hessian,
        &HESSIANS[..few.min(HESSIANS.len())],
        &[
            ("star", ColoringMethod::star()),
            ("star, greedy, natural", greedy(ColoringKind::Star, Order::Natural)),
            ("star, greedy, smallest last", greedy(ColoringKind::Star, Order::SmallestLast)),
            ("acyclic", ColoringMethod::acyclic()),
            ("columns", ColoringMethod::columns()),
            ("bidirectional", ColoringMethod::bidirectional()),
        ],
        runs,
    );
}
