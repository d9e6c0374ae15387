//! Loops whose iterations can be reversed in any order.

use crate::activity::Activity;
use crate::form::{Arithmetic, Block, Function, Id, Loop, Op, Stmt, Store};
use crate::plan::{Plan, is_injective};
use crate::when::When;
use std::collections::{BTreeMap, BTreeSet};

/// What a body does, counted.
#[derive(Default)]
struct Survey {
    uses: BTreeMap<Id, usize>,
    loaded: BTreeSet<usize>,
    set: Vec<usize>,
    added: BTreeSet<usize>,
    saves: When,
}

/// When the reverse of the iterations may not run in their own order. It may where nothing is saved, sums are all that is carried,
/// and what is written is not read.
pub(crate) fn depends(function: &Function, activity: &Activity, plan: &Plan, cycle: &Loop) -> When {
    let mut survey = Survey::default();
    survey.block(function, plan, cycle, &cycle.body);
    let uses = |id: Id| survey.uses.get(&id).copied().unwrap_or(0);
    let is_sum = |entering: Id, leaving: Id| match function.values[leaving].op {
        Op::Arithmetic(Arithmetic::Add, a, b) => (a == entering) != (b == entering),
        Op::Arithmetic(Arithmetic::Sub, a, b) => a == entering && b != entering,
        _ => false,
    };
    let sums = cycle.carried.iter().filter(|carried| activity.value(carried.entering)).all(|carried| {
        let handed = |id: Id| cycle.carried.iter().filter(|other| other.leaving == id).count();
        is_sum(carried.entering, carried.leaving)
            && (uses(carried.entering), uses(carried.leaving)) == (1, 0)
            && (handed(carried.entering), handed(carried.leaving)) == (0, 1)
    });
    let once: BTreeSet<_> = survey.set.iter().copied().collect();
    let is_apart = once.len() == survey.set.len()
        && once.is_disjoint(&survey.added)
        && survey.loaded.is_disjoint(&once)
        && survey.loaded.is_disjoint(&survey.added);
    if sums && is_apart { survey.saves } else { When::Always }
}

impl Survey {
    fn block(&mut self, function: &Function, plan: &Plan, cycle: &Loop, block: &Block) {
        if plan.saved.get(&block.id).is_some_and(|saved| !saved.is_empty()) {
            self.saves = When::Always;
        }
        for (at, stmt) in block.stmts.iter().enumerate() {
            self.saves.join(&plan.saves_content(block.id, at, 0));
            match stmt {
                Stmt::Let(id) => {
                    if let Op::Load(place) = &function.values[*id].op {
                        self.loaded.insert(place.root);
                    }
                    function.values[*id].uses().into_iter().for_each(|id| *self.uses.entry(id).or_default() += 1);
                }
                Stmt::Store { place, kind, value } => {
                    *self.uses.entry(*value).or_default() += 1;
                    if *kind == Store::Set {
                        let variable = cycle.range.as_ref().map(|range| range.variable);
                        self.set.push(place.root);
                        if !variable.is_some_and(|id| is_injective(function, place, cycle.body.id, id)) {
                            self.saves = When::Always;
                        }
                    } else {
                        self.added.insert(place.root);
                    }
                }
                Stmt::If { condition, then, otherwise, results } => {
                    results
                        .iter()
                        .flat_map(|[_, a, b]| [a, b])
                        .chain([condition])
                        .for_each(|id| *self.uses.entry(*id).or_default() += 1);
                    self.block(function, plan, cycle, then);
                    self.block(function, plan, cycle, otherwise);
                }
                Stmt::Assert { .. } => {}
                Stmt::Call(call) if call.is_of_numbers() => {
                    call.uses().into_iter().for_each(|id| *self.uses.entry(id).or_default() += 1);
                }
                Stmt::Loop(_) | Stmt::Call(_) | Stmt::Begin { .. } => self.saves = When::Always,
            }
        }
    }
}
