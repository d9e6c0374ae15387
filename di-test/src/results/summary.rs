//! A table for the terminal.

use super::text::{distinct, median};
use super::{Measurement, Record, Results};
use std::fmt;

/// Median ratios to the plain function, by engine and operator, and what is wrong.
#[derive(Clone, Copy, Debug)]
pub struct Summary<'a>(&'a [Record]);

impl Results {
    /// Median ratios to the plain function, by engine and operator, and what is wrong, as a table of text.
    #[must_use]
    pub fn summary(&self) -> Summary<'_> {
        Summary(&self.records)
    }
}

impl Summary<'_> {
    fn ratio(&self, engine: &str, operator: &str) -> Option<f64> {
        let of = |record: &&Record| record.engine == engine && record.operator == operator && record.batch == 1;
        median(self.0.iter().filter(of).filter_map(Record::ratio))
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
