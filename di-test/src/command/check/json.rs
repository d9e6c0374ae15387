//! What became of each scenario, as a file.

use super::Failure;
use di_test::{Report, Verdict};
use serde::Serialize;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

#[derive(Serialize)]
struct Engine<'a> {
    #[serde(rename = "engine")]
    name: &'a str,
    complete: bool,
    combinations: usize,
    outcomes: Vec<Outcome<'a>>,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Outcome<'a> {
    scenario: &'a str,
    group: &'a str,
    operator: &'a str,
    scalar: &'a str,
    check: &'a str,
    variants: usize,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct Finding<'a> {
    scenario: &'a str,
    scalar: &'a str,
    check: &'a str,
    variant: &'a str,
    fault: String,
}

/// Writes all outcomes and findings.
pub(super) fn write(path: &Path, reports: &[(&str, Report)]) -> Result<(), Failure> {
    let failed = |error: &dyn std::fmt::Display| format!("cannot write `{}`: {error}", path.display());
    let engines: Vec<Engine<'_>> = reports.iter().map(|(engine, report)| of_engine(engine, report)).collect();
    let mut file = BufWriter::new(File::create(path).map_err(|error| failed(&error))?);
    serde_json::to_writer_pretty(&mut file, &engines).map_err(|error| failed(&error))?;
    file.flush().map_err(|error| failed(&error))?;
    Ok(())
}

fn of_engine<'a>(engine: &'a str, report: &'a Report) -> Engine<'a> {
    let outcomes = report.outcomes.iter().map(|outcome| {
        let (verdict, reason) = match outcome.verdict {
            Verdict::Passed => ("passed", None),
            Verdict::Excluded(reason) => ("excluded", Some(reason)),
            Verdict::Failed(_) => ("failed", None),
        };
        Outcome {
            scenario: &outcome.scenario,
            group: outcome.group,
            operator: outcome.operator,
            scalar: outcome.scalar,
            check: outcome.check.name(),
            variants: outcome.variants,
            verdict,
            reason,
        }
    });
    let findings = report.findings.iter().map(|finding| Finding {
        scenario: &finding.scenario,
        scalar: finding.scalar,
        check: finding.check.name(),
        variant: &finding.variant,
        fault: finding.fault.to_string(),
    });
    Engine {
        name: engine,
        complete: !report.interrupted,
        combinations: report.combinations(),
        outcomes: outcomes.collect(),
        findings: findings.collect(),
    }
}
