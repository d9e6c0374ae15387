//! The tables that are printed at the end.

use serde_json::Value;
use std::path::Path;
use std::time::SystemTime;

/// The rows of a problem, of which the first is the plain function.
#[derive(Debug)]
pub(crate) struct Table {
    name: String,
    rows: Vec<String>,
}

impl Table {
    pub(crate) fn new(name: &str, plain: &str) -> Self {
        Self { name: name.into(), rows: vec![plain.into()] }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn push(&mut self, row: &str) {
        self.rows.push(row.into());
    }
}

/// What criterion found: the median in nanoseconds, and half the width of its confidence interval as a part of it.
struct Estimate {
    median: f64,
    spread: f64,
}

/// Prints what was measured since `started`.
pub(crate) fn print(results: &Path, started: SystemTime, tables: &[Table]) {
    let measured: Vec<_> = tables.iter().map(|table| read(results, started, table)).collect();
    if measured.iter().all(Vec::is_empty) {
        return;
    }
    println!("\nCPU time of one thread; built for {}.", target());
    for (table, rows) in tables.iter().zip(measured) {
        let Some((_, plain)) = rows.first().filter(|(name, _)| *name == table.rows[0]) else {
            continue;
        };
        println!("\n### {}\n", table.name);
        println!("| row | ratio | time | ± |\n| --- | ---: | ---: | ---: |");
        for (name, estimate) in &rows {
            let ratio = estimate.median / plain.median;
            println!("| {name} | {} | {} | {:.1} % |", short(ratio), time(estimate.median), estimate.spread * 100.0);
        }
    }
}

/// What the program was compiled for.
pub(crate) fn target() -> &'static str {
    if cfg!(target_feature = "avx2") { "the processor it ran on (AVX2)" } else { "the default target" }
}

fn read<'t>(results: &Path, started: SystemTime, table: &'t Table) -> Vec<(&'t str, Estimate)> {
    let find = |row: &'t String| {
        let path = results.join(directory(&table.name)).join(directory(row)).join("new/estimates.json");
        let of_this_run = path.metadata().and_then(|file| file.modified()).is_ok_and(|time| time >= started);
        if !of_this_run {
            return None;
        }
        let json: Value = serde_json::from_reader(std::fs::File::open(path).ok()?).ok()?;
        let median = &json["median"];
        let value = median["point_estimate"].as_f64()?;
        let interval = &median["confidence_interval"];
        let width = interval["upper_bound"].as_f64()? - interval["lower_bound"].as_f64()?;
        Some((row.as_str(), Estimate { median: value, spread: width / 2.0 / value }))
    };
    table.rows.iter().filter_map(find).collect()
}

/// The name of the directory where criterion keeps what it found.
fn directory(name: &str) -> String {
    name.replace(['?', '"', '/', '\\', '*', '<', '>', ':', '|', '^'], "_").chars().take(64).collect()
}

fn short(ratio: f64) -> String {
    if ratio < 10.0 {
        format!("{ratio:.2}")
    } else if ratio < 100.0 {
        format!("{ratio:.1}")
    } else {
        format!("{ratio:.0}")
    }
}

pub(crate) fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        ..1e3 => format!("{nanoseconds:.1} ns"),
        1e3..1e6 => format!("{:.2} µs", nanoseconds * 1e-3),
        _ => format!("{:.2} ms", nanoseconds * 1e-6),
    }
}
