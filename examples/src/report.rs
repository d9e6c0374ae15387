//! What the tour has found, as tables with one column for each engine.

use crate::{Comparison, Dataset, FitError, Named, Row, Table};

/// The fits of one dataset from one start, by each engine.
#[derive(Debug)]
pub struct Fits<'a> {
    /// What was fitted.
    pub dataset: &'a Dataset,
    /// The index of the starting point, 0 or 1.
    pub start: usize,
    /// A result for each engine.
    pub results: Vec<Result<Comparison, FitError>>,
}

impl<'a> Fits<'a> {
    /// Fits the dataset from the start with each engine.
    #[must_use]
    pub fn by_each(engines: &[Named], dataset: &'a Dataset, start: usize) -> Self {
        let results = engines.iter().map(|(_, engine)| engine.fit(dataset, start)).collect();
        Self { dataset, start, results }
    }

    /// A message for each engine that has not found a fit.
    pub fn failures<'s>(&'s self, engines: &'s [&str]) -> impl Iterator<Item = String> + 's {
        let name = &self.dataset.name;
        let message = move |(engine, result): (&&str, &Result<_, FitError>)| {
            let error = result.as_ref().err()?;
            Some(format!("{name} from start {} with {engine}: {error}", self.start + 1))
        };
        engines.iter().zip(&self.results).filter_map(message)
    }
}

/// A cell for a fit that there may not be.
fn cell(result: &Result<Comparison, FitError>, show: impl Fn(&Comparison) -> String) -> String {
    result.as_ref().map_or_else(|_| "no fit".into(), show)
}

/// A table of which the last columns are the engines.
fn table(left: usize, heading: &[&'static str], engines: &[&'static str]) -> Table {
    Table::new(left, heading.iter().chain(engines).copied())
}

fn labels(row: &Row) -> [String; 3] {
    [row.function.into(), format!("{} → {}", row.size.0, row.size.1), row.operator.into()]
}

/// A number as in the file, unless it would take many digits.
fn short(value: f64) -> String {
    let plain = value.to_string();
    if plain.len() <= 12 { plain } else { format!("{value:e}") }
}

/// How far each engine is from the reference; the engine that is the reference has a dash.
#[must_use]
pub fn agreement_table(rows: &[Row], engines: &[&'static str]) -> Table {
    let mut table = table(4, &["function", "size", "operator", "reference"], engines);
    for row in rows {
        let difference = |(engine, value): (&&str, &f64)| match *value {
            _ if row.reference == *engine => "-".into(),
            0.0 => "0".into(),
            value => format!("{value:.1e}"),
        };
        let differences = engines.iter().zip(&row.differences).map(difference);
        table.push(labels(row).into_iter().chain([row.reference.clone()]).chain(differences));
    }
    table
}

/// How long each engine takes, in plain evaluations.
#[must_use]
pub fn time_table(rows: &[Row], engines: &[&'static str]) -> Table {
    let mut table = table(3, &["function", "size", "operator", "plain (ns)"], engines);
    for row in rows {
        let plain = format!("{:.1}", row.plain_seconds * 1e9);
        table.push(labels(row).into_iter().chain([plain]).chain(row.ratios.iter().map(|ratio| format!("{ratio:.1}"))));
    }
    table
}

/// How each fit ended, a line for each start.
#[must_use]
pub fn fit_table(all: &[Fits<'_>], engines: &[&'static str]) -> Table {
    let mut table = table(2, &["dataset", "start"], engines);
    for fits in all {
        let cells = fits.results.iter().map(|result| {
            cell(result, |c| format!("{:4.1} {:4.1} {:4}", c.least_digits(), c.sum_digits, c.fit.evaluations))
        });
        table.push([fits.dataset.name.clone(), (fits.start + 1).to_string()].into_iter().chain(cells));
    }
    table
}

/// Certified against fitted numbers, a line for each parameter and one for the sum of squares.
#[must_use]
pub fn detail_table<'a>(all: impl IntoIterator<Item = &'a Fits<'a>>, engines: &[&'static str]) -> Table {
    let mut table = table(2, &["dataset", "parameter", "start", "certified", "fitted"], engines);
    for Fits { dataset, start, results } in all {
        let mut add = |name: String, first: String, certified: f64, fitted: &dyn Fn(&Comparison) -> (f64, f64)| {
            let best = results.iter().find_map(|result| result.as_ref().ok());
            let value = best.map_or_else(|| "no fit".into(), |fit| format!("{:.10e}", fitted(fit).0));
            let digits = results.iter().map(|result| cell(result, |fit| format!("{:.1}", fitted(fit).1)));
            let numbers = [dataset.name.clone(), name, first, format!("{certified:.10e}"), value];
            table.push(numbers.into_iter().chain(digits));
        };
        for (j, parameter) in dataset.parameters.iter().enumerate() {
            let fitted = |fit: &Comparison| (fit.fit.parameters[j], fit.parameter_digits[j]);
            add(format!("b{}", j + 1), short(parameter.starts[*start]), parameter.certified, &fitted);
        }
        let fitted = |fit: &Comparison| (fit.fit.sum_of_squares, fit.sum_digits);
        add("sum of squares".into(), String::new(), dataset.sum_of_squares, &fitted);
    }
    table
}
