//! Functions and callers that do what they should not.
//!
//! An attack is run on the scenarios that it is meant for, each with a name of its own, so that an engine can be excused from
//! it. What must come out is what `di-core` documents for functions that do not keep their contract, and for memory.

mod crowd;
mod drops;
mod huge;
mod leaks;
mod not_numbers;
mod panics;
mod promises;
mod reentry;
mod unwritten;

use crate::check::{Check, Operations};
use crate::report::Report;
use crate::scenario::{Formula, FunctionShape, Scenario, Subject};
use crate::suite::{Case, Suite, plain};
use di_core::{Mode, Scalar};
use std::sync::Arc;

/// One way to do what one should not.
struct Attack<T> {
    name: &'static str,
    target: Target,
    run: fn(&mut Case<'_, T, Formula>, &Arc<Operations<T>>),
    /// Whether what it holds can be counted: memory that goes from thread to thread cannot.
    counted: bool,
}

/// What an engine of some mode is attacked on.
enum Target {
    /// Scenarios of the catalogue.
    Where(fn(&Scenario, Mode) -> bool),
    /// Scenarios of its own.
    Own(fn(Mode) -> Vec<Scenario>),
}

fn attacks<T: Scalar>() -> Vec<Attack<T>> {
    use Target::{Own, Where};
    vec![
        Attack {
            name: "used and dropped",
            target: Where(|scenario, _| scenario.x.len() <= 7),
            run: drops::used,
            counted: true,
        },
        Attack { name: "left half-way", target: Where(drops::fits), run: drops::half_way, counted: true },
        Attack {
            name: "panics in preparation",
            target: Where(panics::fits),
            run: panics::in_preparation,
            counted: true,
        },
        Attack { name: "panics in calls", target: Where(panics::fits), run: panics::in_calls, counted: true },
        Attack { name: "panics in resizing", target: Where(panics::fits), run: panics::in_resizing, counted: true },
        Attack { name: "unwritten outputs", target: Where(unwritten::fits), run: unwritten::run, counted: true },
        Attack { name: "broken promises", target: Where(promises::fits), run: promises::run, counted: true },
        Attack {
            name: "outputs that are no numbers",
            target: Where(unwritten::fits),
            run: not_numbers::outputs,
            counted: true,
        },
        Attack {
            name: "seeds that are no numbers",
            target: Where(not_numbers::fits),
            run: not_numbers::seeds,
            counted: true,
        },
        Attack { name: "reentrancy", target: Where(reentry::fits), run: reentry::once, counted: true },
        Attack { name: "recursion", target: Where(reentry::fits), run: reentry::deep, counted: true },
        Attack { name: "many threads", target: Where(crowd::fits), run: crowd::many, counted: false },
        Attack { name: "moved between threads", target: Where(crowd::fits), run: crowd::moved, counted: false },
        Attack { name: "huge", target: Own(huge::scenarios::<T>), run: huge::run, counted: true },
    ]
}

impl<T: Scalar> Attack<T> {
    /// What is attacked, under a name of its own.
    fn scenarios(&self, mode: Mode) -> Vec<Scenario> {
        let attacked = match self.target {
            Target::Where(fits) => plain(9).into_iter().filter(|scenario| fits(scenario, mode)).collect(),
            Target::Own(scenarios) => scenarios(mode),
        };
        let named = |scenario: Scenario| Scenario {
            name: format!("{}: {}/{}", self.name, scenario.group, scenario.name),
            group: "adversarial",
            ..scenario
        };
        attacked.into_iter().map(named).collect()
    }
}

/// The scenarios of all attacks, as exclusions and filters see them.
#[must_use]
pub fn adversarial_scenarios() -> Vec<Scenario> {
    attacks::<f64>().iter().flat_map(|attack| attack.scenarios(Mode::Mixed)).collect()
}

impl<T: Scalar> Suite<T> {
    /// Every attack, and after each that the memory is given back.
    #[must_use]
    pub fn adversarial(&self) -> Report {
        let operations = self.operations();
        let mut report = Report::default();
        for attack in attacks::<T>() {
            let one = self.each(Check::Adversarial, attack.scenarios(self.mode()), |case| {
                let run = |case: &mut Case<'_, T, Formula>| (attack.run)(case, &operations);
                if attack.counted { leaks::counted(case, run) } else { run(case) }
            });
            let interrupted = one.interrupted;
            report.merge(one);
            if interrupted {
                break;
            }
        }
        report
    }
}

/// Whether the function has several outputs, or could have.
fn has_outputs(scenario: &Scenario) -> bool {
    matches!(scenario.shape, FunctionShape::Vector | FunctionShape::Curve) && scenario.outputs() > 0
}

/// Whether there is one seed, as most callers have.
fn is_single(scenario: &Scenario) -> bool {
    scenario.seeds.ncols() == 1
}

/// The function of a scenario, with what it does wrong.
fn mischievous(scenario: &Scenario) -> (Subject, Arc<crate::scenario::Mischief>) {
    let mischief = Arc::default();
    (scenario.subject().with_mischief(&mischief), mischief)
}
