//! The table of engines and operators.

use di_test::{Operator, Report, SparseOperator, Verdict};
use std::fmt;

/// What became of the scenarios of one engine and operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// Combinations of scenario and variant that passed.
    pub(super) passed: usize,
    /// Scenarios that were excluded.
    pub(super) excluded: usize,
    /// Scenarios that failed.
    pub(super) failed: usize,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match *self {
            Self { passed: 0, excluded: 0, failed: 0 } => "·".into(),
            Self { passed, excluded: 0, failed: 0 } => format!("{passed}"),
            Self { passed, excluded, failed } => format!("{passed}/{excluded}/{failed}"),
        };
        f.pad(&text)
    }
}

/// Cells by engine and operator.
#[derive(Clone, Debug)]
pub(super) struct Matrix {
    operators: Vec<&'static str>,
    rows: Vec<(String, Vec<Cell>)>,
}

impl Matrix {
    /// The matrix of these engines; operators that no scenario has are left out.
    pub(super) fn of(reports: &[(&str, Report)]) -> Self {
        let dense = Operator::ALL.map(Operator::name);
        let sparse = [SparseOperator::Jacobian, SparseOperator::Hessian].map(SparseOperator::name);
        let seen = |name: &&str| reports.iter().any(|(_, report)| report.outcomes.iter().any(|o| o.operator == *name));
        let operators: Vec<&'static str> = dense.into_iter().chain(sparse).filter(seen).collect();
        let row = |(engine, report): &(&str, Report)| {
            let cells = operators.iter().map(|operator| cell(report, operator)).collect();
            ((*engine).to_string(), cells)
        };
        Self { rows: reports.iter().map(row).collect(), operators }
    }
}

/// What became of the scenarios of one operator.
fn cell(report: &Report, operator: &str) -> Cell {
    let mut cell = Cell::default();
    for outcome in report.outcomes.iter().filter(|outcome| outcome.operator == operator) {
        match outcome.verdict {
            Verdict::Passed => cell.passed += outcome.variants,
            Verdict::Excluded(_) => cell.excluded += 1,
            Verdict::Failed(_) => cell.failed += 1,
        }
    }
    cell
}

/// The reasons of exclusions, with how many each excludes.
pub(super) fn reasons(report: &Report) -> Vec<(&'static str, usize)> {
    let mut reasons: Vec<(&'static str, usize)> = Vec::new();
    for outcome in &report.outcomes {
        if let Verdict::Excluded(reason) = outcome.verdict {
            match reasons.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, count)) => *count += 1,
                None => reasons.push((reason, 1)),
            }
        }
    }
    reasons
}

impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.rows.iter().map(|(engine, _)| engine.chars().count()).max().unwrap_or(0).max(6);
        let width = |column: usize| {
            let cells = self.rows.iter().map(|(_, cells)| cells[column].to_string().chars().count());
            cells.chain([self.operators[column].chars().count()]).max().unwrap_or(0)
        };
        write!(f, "{:first$}", "engine")?;
        for (column, operator) in self.operators.iter().enumerate() {
            write!(f, "  {operator:>width$}", width = width(column))?;
        }
        writeln!(f)?;
        for (engine, cells) in &self.rows {
            write!(f, "{engine:first$}")?;
            for (column, cell) in cells.iter().enumerate() {
                write!(f, "  {cell:>width$}", width = width(column))?;
            }
            writeln!(f)?;
        }
        writeln!(
            f,
            "combinations of scenario and variant that passed; where not all did: these/scenarios excluded/scenarios failed"
        )
    }
}
