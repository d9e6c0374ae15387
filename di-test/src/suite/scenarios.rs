//! What each check looks at.

use crate::check::Check;
use crate::scenario::{Formula, Modifier, Scenario, catalogue, elementary_scenarios};
use di_core::Mode;

/// The scenarios that a check is meant for, with an engine of the given mode.
pub(super) fn scenarios(check: Check, mode: Mode) -> Vec<Scenario> {
    let of_catalogue = |fits: &dyn Fn(&Scenario) -> bool| catalogue().into_iter().filter(fits).collect();
    match check {
        Check::Agreement => catalogue(),
        // By differences at the smooth points alone.
        Check::Elementary => {
            let exact = mode != Mode::Difference;
            elementary_scenarios().into_iter().filter(|scenario| exact || scenario.is_smooth()).collect()
        }
        Check::Caches => of_catalogue(&|scenario| scenario.group == "caches"),
        Check::Lengths => plain(9),
        Check::Calls => plain(17),
        Check::Allocations => of_catalogue(&|scenario| scenario.x.len() <= 17),
        Check::Threads => plain(8),
        Check::Panics => of_catalogue(&|scenario| scenario.x.len() <= 9 && scenario.modifier.factor == 1.0),
        // The derivative of ln(1 + x·x) at infinity is the limit 0 or `∞/∞`, as one writes it.
        // The closed forms of functions with caches are products of matrices, in which NaN spreads too far.
        Check::NotFinite => {
            let settled = |scenario: &Scenario| !matches!(scenario.formula, Formula::FloatOnly | Formula::Cached(_));
            plain(9).into_iter().filter(settled).collect()
        }
        Check::Resizing => {
            let any_length = |scenario: &Scenario| {
                let name = scenario.name.split(' ').next().unwrap_or_default();
                ["sine", "sin_cos", "identity", "sum", "rosenbrock", "chained_quartic"].contains(&name)
            };
            plain(9).into_iter().filter(any_length).collect()
        }
        Check::Laws | Check::Adversarial | Check::Verification => Vec::new(),
    }
}

/// The scenarios without a modifier, with at most so many inputs.
pub(crate) fn plain(most: usize) -> Vec<Scenario> {
    let fits = |scenario: &Scenario| scenario.modifier == Modifier::PLAIN && scenario.x.len() <= most;
    catalogue().into_iter().filter(fits).collect()
}
