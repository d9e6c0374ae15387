//! The table at the end.

use di_test::{Measurement, Record};
use std::fmt;

/// Median ratios to the plain function, by engine and operator.
pub(super) struct Summary<'a>(pub(super) &'a [Record]);

/// The values in the order in which they are first seen.
fn distinct<'a>(values: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen
}

impl Summary<'_> {
    fn ratio(&self, engine: &str, operator: &str) -> Option<f64> {
        let of = |record: &&Record| record.engine == engine && record.operator == operator && record.batch == 1;
        let mut ratios: Vec<f64> = self.0.iter().filter(of).filter_map(Record::ratio).collect();
        ratios.sort_by(f64::total_cmp);
        ratios.get(ratios.len() / 2).copied()
    }
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operators = distinct(self.0.iter().map(|record| &*record.operator));
        let engines = distinct(self.0.iter().map(|record| &*record.engine));
        let first = engines.iter().map(|engine| engine.len()).max().unwrap_or(0);
        writeln!(f, "median ratio to the plain function, over all functions and sizes, one seed at a time")?;
        write!(f, "{:first$}", "")?;
        for operator in &operators {
            write!(f, "  {operator:>9}")?;
        }
        writeln!(f)?;
        for engine in engines {
            write!(f, "{engine:first$}")?;
            for operator in &operators {
                let width = operator.len().max(9);
                match self.ratio(engine, operator) {
                    Some(ratio) => write!(f, "  {ratio:>width$.2}")?,
                    None => write!(f, "  {:>width$}", "-")?,
                }
            }
            writeln!(f)?;
        }
        for record in self.0 {
            if let Measurement::Wrong(what) = &record.outcome {
                let Record { engine, operator, problem, inputs, .. } = record;
                writeln!(f, "wrong: {engine}, {operator} of {problem}, n = {inputs}: {what}")?;
            }
        }
        Ok(())
    }
}
