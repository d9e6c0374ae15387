//! Why an engine was chosen.

use super::Operator;
use std::fmt;
use std::time::Duration;

/// What was found about each candidate; displayed as a table.
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct Report {
    /// What was asked for.
    pub operator: Operator,
    /// The number n of inputs.
    pub inputs: usize,
    /// The number m of outputs.
    pub outputs: usize,
    /// The time of one plain evaluation of the function; `None` if a decision was loaded, so that nothing was measured.
    pub plain: Option<Duration>,
    /// The candidates, in their order.
    pub rows: Vec<ReportRow>,
}

/// What was found about one candidate.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub struct ReportRow {
    /// Its name.
    pub backend: String,
    /// The median time of one evaluation, value included.
    pub time: Option<Duration>,
    /// That time in plain evaluations of the function.
    pub ratio: Option<f64>,
    /// The time of preparation.
    pub preparation: Option<Duration>,
    /// The largest difference from the reference, the first exact candidate, in parts of what numbers are compared by;
    /// `None` for the reference, and where nothing finite could be compared.
    pub distance: Option<f64>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a candidate.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The fastest of those that may be chosen.
    Chosen,
    /// Inexact, and chosen because no exact candidate can do it.
    ChosenApproximate,
    /// Chosen by a decision, without measuring.
    Loaded,
    /// Takes so many times the time of the chosen one.
    Slower(f64),
    /// As slower, and given up after the first sample.
    GivenUp(f64),
    /// Inexact: only there to confirm the exact ones.
    Approximate,
    /// The time was up before its turn, and exact candidates had confirmed one another.
    NotTried,
    /// It cannot do it, for this reason.
    Failed(String),
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chosen => f.write_str("chosen"),
            Self::ChosenApproximate => f.write_str("chosen, though inexact: no exact candidate can do it"),
            Self::Loaded => f.write_str("chosen by a decision, not measured"),
            Self::Slower(times) => write!(f, "{times:.1} times slower"),
            Self::GivenUp(times) => write!(f, "{times:.0} times slower, given up"),
            Self::Approximate => f.write_str("approximate: confirms the exact ones"),
            Self::NotTried => f.write_str("approximate, not tried: the time was up"),
            Self::Failed(reason) => write!(f, "cannot: {reason}"),
        }
    }
}

/// A time with at most three digits and its unit.
fn time(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    let (scaled, unit) = match seconds {
        s if s < 1e-6 => (s * 1e9, "ns"),
        s if s < 1e-3 => (s * 1e6, "µs"),
        s if s < 1.0 => (s * 1e3, "ms"),
        s => (s, "s"),
    };
    let decimals = match scaled {
        _ if unit == "ns" => 0,
        s if s < 10.0 => 2,
        s => usize::from(s < 100.0),
    };
    format!("{scaled:.decimals$} {unit}")
}

/// A cell for what there may not be.
fn cell<V: Copy>(value: Option<V>, show: impl Fn(V) -> String) -> String {
    value.map_or_else(|| "-".into(), show)
}

const HEADING: [&str; 6] = ["backend", "time", "times f", "preparation", "distance", "outcome"];

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n, m) = (self.inputs, self.outputs);
        writeln!(f, "{}, {n} inputs, {m} outputs; f alone: {}", self.operator, cell(self.plain, time))?;
        let row = |row: &ReportRow| {
            [
                row.backend.clone(),
                cell(row.time, time),
                cell(row.ratio, |ratio| format!("{ratio:.1}")),
                cell(row.preparation, time),
                cell(row.distance, |distance| if distance == 0.0 { "0".into() } else { format!("{distance:.0e}") }),
                row.outcome.to_string(),
            ]
        };
        let rows: Vec<_> = std::iter::once(HEADING.map(String::from)).chain(self.rows.iter().map(row)).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths = [0, 1, 2, 3, 4].map(width);
        for [backend, numbers @ .., outcome] in &rows {
            write!(f, "{backend:<0$}", widths[0])?;
            for (number, width) in numbers.iter().zip(&widths[1..]) {
                write!(f, "  {number:>width$}")?;
            }
            writeln!(f, "  {outcome}")?;
        }
        Ok(())
    }
}
