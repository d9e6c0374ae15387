//! What changed from one benchmark to another.

mod change;
mod display;
mod speed;

pub use change::{Change, Difference, Exact};
pub use speed::{Ratio, Speed};

use super::{Record, Results};

/// Two benchmarks, record by record.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Why figures may differ for another reason than the program.
    pub warnings: Vec<String>,
    /// Every record of either benchmark: those of the second in their order, then those that vanished.
    pub differences: Vec<Difference>,
}

/// Compares two benchmarks: `before` and `after`.
///
/// Records belong together if engine, operator, function, inputs, outputs and batch are equal. What is compared is the
/// ratio to the plain function, which each benchmark measures in its own run:
///
/// ```math
/// r = \frac{t_\text{after} / p_\text{after}}{t_\text{before} / p_\text{before}}, \qquad
/// s^2 = \sum_{q \in \{t, p\} \times \{\text{before}, \text{after}\}} \ln^2 \frac{q_\text{upper quartile}}{q_\text{fastest}}
/// ```
///
/// The noise is `s`, and at least [`Ratio::LEAST_NOISE`], since two runs of one program differ by more than the samples
/// within a run. A record is slower if `ln r` is more than the noise, faster if it is less than minus the noise. Calls,
/// allocations and bytes have no noise: any difference counts. Times of quick runs mean nothing, and are not compared.
///
/// | argument | role |
/// | --- | --- |
/// | `before` | what is compared with |
/// | `after` | what is looked at |
///
/// # Example
///
/// ```
/// use di_test::{Results, compare};
///
/// let before = Results::new(false);
/// let comparison = compare(&before, &before.clone());
/// assert!(!comparison.is_worse());
/// println!("{comparison}");
/// ```
#[must_use]
pub fn compare(before: &Results, after: &Results) -> Comparison {
    let times = !before.quick && !after.quick;
    let mut left: Vec<&Record> = before.records.iter().collect();
    let mut differences = Vec::new();
    for record in &after.records {
        let partner = left.iter().position(|other| other.is_same_as(record)).map(|index| left.remove(index));
        let change = partner.map_or(Change::Appeared, |before| Change::between(before, record, times));
        differences.push(Difference { record: record.clone(), change });
    }
    differences.extend(left.into_iter().map(|record| Difference { record: record.clone(), change: Change::Vanished }));
    Comparison { warnings: warnings(before, after), differences }
}

impl Comparison {
    /// Whether a record became slower beyond noise, became wrong, is no longer measured, or vanished.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        self.differences.iter().any(|difference| difference.change.is_worse())
    }
}

impl Record {
    /// Whether both are about the same engine on the same operator of the same function.
    fn is_same_as(&self, other: &Self) -> bool {
        let sizes = |record: &Self| (record.inputs, record.outputs, record.batch);
        let names = self.engine == other.engine && self.operator == other.operator && self.problem == other.problem;
        names && sizes(self) == sizes(other)
    }
}

fn warnings(before: &Results, after: &Results) -> Vec<String> {
    let mut warnings = Vec::new();
    for (which, results) in [("first", before), ("second", after)] {
        if results.quick {
            warnings.push(format!("the {which} run was quick: its times mean nothing, and times are not compared"));
        }
        if !results.complete {
            warnings.push(format!("the {which} run is incomplete"));
        }
    }
    let (a, b) = (&before.machine, &after.machine);
    let facts = [
        ("systems", a.system.clone(), b.system.clone()),
        ("architectures", a.architecture.clone(), b.architecture.clone()),
        ("vector instructions", a.target.clone(), b.target.clone()),
        ("numbers of cores", a.cores.to_string(), b.cores.to_string()),
        ("versions", before.version.clone(), after.version.clone()),
    ];
    for (what, before, after) in facts {
        if before != after {
            warnings.push(format!("the {what} differ: {before}, then {after}"));
        }
    }
    warnings
}
