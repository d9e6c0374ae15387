//! From candidates to the chosen one.

use super::candidate::Entry;
use super::contest::Contest;
use super::operation::Operation;
use super::options::Options;
use super::places::places;
use super::{ChooseError, Chosen, Decision, Outcome, Report, ReportRow};
use di_core::Map;

/// Measures and chooses, or prepares what a decision says.
pub(super) fn decide<F, P>(
    f: F,
    x: &[P::Scalar],
    entries: Vec<Entry<F, P>>,
    mut options: Options,
) -> Result<Chosen<P>, ChooseError>
where
    F: Clone + Map<P::Shape, P::Scalar>,
    P: Operation + ?Sized,
{
    options.check()?;
    let entries = among(entries, options.among.as_deref())?;
    let outputs = f.output_count(x.len());
    if let Some(decision) = options.decision.take() {
        return load(f, x, outputs, entries, decision);
    }
    let places = places(x, outputs, options.neighbours, options.seed);
    let mut contest = Contest::new(f, places, entries, options);
    contest.try_all();
    contest.compare()?;
    contest.measure();
    let (prepared, backend, report) = contest.end()?;
    let decision = Decision { operator: P::OPERATOR, backend, inputs: x.len(), outputs };
    Ok(Chosen { prepared, decision, report })
}

fn names<F, P: Operation + ?Sized>(entries: &[Entry<F, P>]) -> Vec<String> {
    entries.iter().map(|entry| entry.name.clone()).collect()
}

/// The candidates that are wanted, each name once.
fn among<F, P: Operation + ?Sized>(
    mut entries: Vec<Entry<F, P>>,
    wanted: Option<&[String]>,
) -> Result<Vec<Entry<F, P>>, ChooseError> {
    let known = names(&entries);
    if let Some((_, name)) = known.iter().enumerate().find(|&(index, name)| known[..index].contains(name)) {
        return Err(ChooseError::SameName { name: name.clone() });
    }
    if let Some(wanted) = wanted {
        if let Some(name) = wanted.iter().find(|&name| !known.contains(name)) {
            return Err(ChooseError::UnknownCandidate { name: name.clone(), known });
        }
        entries.retain(|entry| wanted.contains(&entry.name));
    }
    if entries.is_empty() { Err(ChooseError::NoCandidates) } else { Ok(entries) }
}

/// Prepares by the backend that was chosen before.
fn load<F, P: Operation + ?Sized>(
    f: F,
    x: &[P::Scalar],
    outputs: usize,
    entries: Vec<Entry<F, P>>,
    decision: Decision,
) -> Result<Chosen<P>, ChooseError> {
    if decision.operator != P::OPERATOR {
        return Err(ChooseError::OtherOperator { expected: P::OPERATOR, found: decision.operator });
    }
    let lengths = [("inputs", x.len(), decision.inputs), ("outputs", outputs, decision.outputs)];
    if let Some(&(argument, expected, found)) = lengths.iter().find(|(_, expected, found)| expected != found) {
        return Err(ChooseError::OtherLength { argument, expected, found });
    }
    let Some(entry) = entries.iter().find(|entry| entry.name == decision.backend) else {
        return Err(ChooseError::NoSuchCandidate { backend: decision.backend, known: names(&entries) });
    };
    let prepared = entry.backend.prepare(f, x)?;
    let row = ReportRow {
        backend: decision.backend.clone(),
        time: None,
        ratio: None,
        preparation: None,
        distance: None,
        outcome: Outcome::Loaded,
    };
    let report = Report { operator: P::OPERATOR, inputs: x.len(), outputs, plain: None, rows: vec![row] };
    Ok(Chosen { prepared, decision, report })
}
