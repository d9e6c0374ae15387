//! Scenarios that an engine is excused from, with reasons.

use crate::adversarial::adversarial_scenarios;
use crate::check::Check;
use crate::laws::law_scenarios;
use crate::scenario::{Scenario, Source, catalogue, elementary_scenarios};

/// Patterns, each with a reason.
///
/// A pattern is the name of a scenario, an operator, a group, a scalar or a check, or the whole of
/// `group/name/modifier/operator/scalar/check` with `*` for any text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Exclusions(pub &'static [(&'static str, &'static str)]);

impl Exclusions {
    /// Whether a check of a scenario with a scalar is excluded.
    #[must_use]
    pub fn exclude<S: Source>(&self, scenario: &Scenario<S>, check: Check, scalar: &str) -> bool {
        self.reason(scenario, check, scalar).is_some()
    }

    /// Why a check of a scenario with a scalar is excluded, if it is.
    #[must_use]
    pub fn reason<S: Source>(&self, scenario: &Scenario<S>, check: Check, scalar: &str) -> Option<&'static str> {
        let covered = self.0.iter().find(|(pattern, _)| covers(pattern, scenario, check, scalar));
        covered.map(|(_, reason)| *reason)
    }

    /// Fails if an exclusion has no reason or excludes nothing.
    ///
    /// # Panics
    ///
    /// If so.
    pub fn assert_needed(&self) {
        if self.0.is_empty() {
            return;
        }
        let of_the_catalogue = catalogue().into_iter().chain(elementary_scenarios());
        let scenarios: Vec<Scenario> = of_the_catalogue.chain(law_scenarios()).chain(adversarial_scenarios()).collect();
        for (pattern, reason) in self.0 {
            assert!(!reason.trim().is_empty(), "the exclusion of `{pattern}` has no reason");
            let used = scenarios.iter().any(|scenario| {
                Check::ALL
                    .iter()
                    .any(|&check| ["f64", "f32"].iter().any(|scalar| covers(pattern, scenario, check, scalar)))
            });
            assert!(used, "the exclusion of `{pattern}` matches no scenario: remove it");
        }
    }
}

fn covers<S: Source>(pattern: &str, scenario: &Scenario<S>, check: Check, scalar: &str) -> bool {
    let check = check.name();
    let words = [&scenario.name, scenario.operator.name(), scenario.group, check, scalar];
    words.contains(&pattern) || pattern.contains('*') && glob(pattern, &format!("{}/{scalar}/{check}", scenario.id()))
}

/// Whether `text` is `pattern` with any text for each `*`.
fn glob(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, tail)) => text.strip_prefix(head).is_some_and(|rest| {
            rest.char_indices().map(|(i, _)| i).chain([rest.len()]).any(|i| glob(tail, &rest[i..]))
        }),
    }
}
