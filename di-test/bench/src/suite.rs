//! Problems with their rows, measured by criterion.

use crate::summary::{Table, print};
use crate::{CpuTime, pin};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, SamplingMode};
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// The problems of one benchmark.
#[expect(missing_debug_implementations, reason = "criterion has none")]
pub struct Suite {
    criterion: Criterion<CpuTime>,
    results: PathBuf,
    started: SystemTime,
    tables: Vec<Table>,
}

impl Suite {
    /// A benchmark with options from the command line, on a thread that is pinned to a core.
    #[must_use]
    pub fn from_args() -> Self {
        pin();
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
        let results = target.join("criterion");
        let criterion = Criterion::<WallTime>::default()
            .with_measurement(CpuTime)
            .output_directory(&results)
            .without_plots()
            .sample_size(50)
            .warm_up_time(Duration::from_millis(200))
            .measurement_time(Duration::from_millis(800))
            .nresamples(2000)
            .configure_from_args();
        Self { criterion, results, started: SystemTime::now(), tables: Vec::new() }
    }

    /// A problem: the plain function, whose time the others are divided by, and the derivative that all rows must have.
    pub fn problem<R>(
        &mut self,
        name: &str,
        x: Vec<f64>,
        expected: Vec<f64>,
        mut plain: impl FnMut(&[f64]) -> R,
    ) -> Problem<'_, impl FnMut(&[f64]) -> R> {
        let mut group = self.criterion.benchmark_group(name);
        group.bench_function(PLAIN, |b| b.iter(|| plain(black_box(&x))));
        self.tables.push(Table::new(name, PLAIN));
        let index = self.tables.len() - 1;
        Problem { group, table: &mut self.tables[index], x, expected, plain }
    }

    /// Prints the tables of what was measured in this run.
    pub fn finish(self) {
        print(&self.results, self.started, &self.tables);
    }
}

/// The plain function's row.
const PLAIN: &str = "plain function";

/// A problem under measurement.
#[expect(missing_debug_implementations, reason = "criterion's group and the plain function have none")]
pub struct Problem<'s, P> {
    group: BenchmarkGroup<'s, CpuTime>,
    table: &'s mut Table,
    x: Vec<f64>,
    expected: Vec<f64>,
    plain: P,
}

impl<R, P: FnMut(&[f64]) -> R> Problem<'_, P> {
    /// The point.
    #[must_use]
    pub fn x(&self) -> Vec<f64> {
        self.x.clone()
    }

    /// A row: an engine that writes the derivative at `x`. It must be right to rounding.
    pub fn row(&mut self, name: &str, run: impl FnMut(&[f64], &mut [f64])) {
        self.row_within(name, 1e-9, run);
    }

    /// A row that must be right to the given part of the largest entry.
    pub fn row_within(&mut self, name: &str, tolerance: f64, mut run: impl FnMut(&[f64], &mut [f64])) {
        let mut derivative = vec![f64::NAN; self.expected.len()];
        run(&self.x, &mut derivative);
        let size = self.expected.iter().fold(0.0, |size: f64, d| size.max(d.abs()));
        for (i, (found, expected)) in derivative.iter().zip(&self.expected).enumerate() {
            let near = (found - expected).abs() <= tolerance * size;
            assert!(near, "{}: {name}: entry {i} is {found}, not {expected}", self.table.name());
        }
        self.timed(name, run);
    }

    /// A row that is no derivative, such as what writing one costs.
    pub fn timed(&mut self, name: &str, mut run: impl FnMut(&[f64], &mut [f64])) {
        let mut derivative = vec![0.0; self.expected.len()];
        let x = &self.x;
        self.group.bench_function(name, |b| b.iter(|| run(black_box(x), black_box(&mut derivative))));
        self.table.push(name);
    }

    /// Takes few samples of what follows.
    pub fn few_samples(&mut self) -> &mut Self {
        self.group.sample_size(10).sampling_mode(SamplingMode::Flat);
        self
    }

    /// Measures the plain function once more, which shows how far the machine drifted, and ends the problem.
    pub fn finish(mut self) {
        let (x, mut plain) = (self.x, self.plain);
        self.group.bench_function(AGAIN, |b| b.iter(|| plain(black_box(&x))));
        self.table.push(AGAIN);
        self.group.finish();
    }
}

/// The plain function's second row.
const AGAIN: &str = "plain function, again";
