//! What changed, as text.

use super::{Change, Comparison, Difference, Exact, Ratio, Speed};
use crate::results::text::{line, number};
use std::fmt;

/// Shows what changed beyond noise, and how many records did not.
impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for warning in &self.warnings {
            writeln!(f, "warning: {}", line(warning))?;
        }
        let mut changed: Vec<&Difference> = self.differences.iter().filter(|d| !d.change.is_none()).collect();
        changed.sort_by(|a, b| rank(&a.change).total_cmp(&rank(&b.change)));
        let rows: Vec<[String; 8]> = changed.iter().copied().map(row).collect();
        if !rows.is_empty() {
            table(f, &rows)?;
        }
        self.counts(f)
    }
}

const HEADINGS: [&str; 8] = ["change", "engine", "operator", "function", "before", "after", "factor", "noise"];

impl Comparison {
    fn counts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |speed| self.differences.iter().filter(|d| d.change.speed() == Some(speed)).count();
        let [slower, faster] = [Speed::Slower, Speed::Faster].map(count);
        let rest = self.differences.iter().filter(|d| d.change.is_none()).count();
        let untimed = |d: &&Difference| matches!(d.change, Change::Measured { ratio: None, .. });
        let untimed = self.differences.iter().filter(untimed).count();
        write!(f, "{slower} slower, {faster} faster, {rest} without a change beyond noise")?;
        if untimed > 0 {
            write!(f, "; of {untimed} the times could not be compared")?;
        }
        writeln!(f)
    }
}

/// What is worse comes first, and the largest change of each kind.
fn rank(change: &Change) -> f64 {
    match change {
        Change::BecameWrong(_) => -5e9,
        Change::Vanished => -4e9,
        Change::BecameSkipped(_) => -3e9,
        Change::Measured { ratio: Some(ratio), .. } => match ratio.speed() {
            Speed::Slower => -1e9 - ratio.factor().ln(),
            Speed::Faster => 1e9 + ratio.factor().ln(),
            Speed::Unchanged => 0.0,
        },
        Change::Measured { .. } => 0.0,
        Change::BecameMeasured => 3e9,
        Change::Appeared => 4e9,
        Change::Alike => 5e9,
    }
}

fn row(difference: &Difference) -> [String; 8] {
    let Difference { record, change } = difference;
    let batch = if record.batch == 1 { String::new() } else { format!(", {} at a time", record.batch) };
    let function = format!("{}, n = {}{batch}", record.problem, record.inputs);
    let ratio = match change {
        Change::Measured { ratio, .. } => *ratio,
        _ => None,
    };
    let figures = ratio.map_or_else(Default::default, |ratio: Ratio| {
        let noise = format!("±{:.0} %", ratio.noise.exp_m1() * 100.0);
        [number(ratio.before), number(ratio.after), format!("× {}", number(ratio.factor())), noise]
    });
    let [before, after, factor, noise] = figures;
    [describe(change), line(&record.engine), line(&record.operator), line(&function), before, after, factor, noise]
}

fn describe(change: &Change) -> String {
    match change {
        Change::Measured { exact, .. } => {
            let speed = match change.speed() {
                Some(Speed::Slower) => Some("slower".to_string()),
                Some(Speed::Faster) => Some("faster".to_string()),
                _ => None,
            };
            let exact = exact.iter().map(|Exact { name, before, after }| format!("{name} {before} → {after}"));
            speed.into_iter().chain(exact).collect::<Vec<_>>().join(", ")
        }
        Change::Appeared => "new".into(),
        Change::Vanished => "vanished".into(),
        Change::BecameMeasured => "now measured".into(),
        Change::BecameSkipped(reason) => format!("skipped: {}", line(reason)),
        Change::BecameWrong(what) => format!("WRONG: {}", line(what)),
        Change::Alike => "alike".into(),
    }
}

/// Columns of equal width; the first comes last in each line, since it has no bound.
fn table(f: &mut fmt::Formatter<'_>, rows: &[[String; 8]]) -> fmt::Result {
    let headings = HEADINGS.map(String::from);
    let lines = || std::iter::once(&headings).chain(rows);
    let width = |column: usize| lines().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (1..8).map(width).collect();
    for row in lines() {
        for (index, (cell, width)) in row[1..].iter().zip(&widths).enumerate() {
            let is_number = index >= 3;
            if is_number {
                write!(f, "{cell:>width$}  ")?;
            } else {
                write!(f, "{cell:width$}  ")?;
            }
        }
        writeln!(f, "{}", row[0])?;
    }
    Ok(())
}
