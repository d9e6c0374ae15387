//! Loops whose iterations can be reversed in any order.

use crate::activity::Activity;
use crate::form::{Arithmetic, Block, Carried, Function, Id, Loop, Op, Stmt, Store};
use crate::plan::{Plan, is_injective};
use crate::when::When;
use std::collections::{BTreeMap, BTreeSet};

/// What a body does, counted.
#[derive(Default)]
struct Survey {
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
    let sums = cycle.carried.iter().filter(|carried| activity.value(carried.entering)).all(is_sum(function, cycle));
    let once: BTreeSet<_> = survey.set.iter().copied().collect();
    let is_apart = once.len() == survey.set.len()
        && once.is_disjoint(&survey.added)
        && survey.loaded.is_disjoint(&once)
        && survey.loaded.is_disjoint(&survey.added);
    if sums && is_apart { survey.saves } else { When::Always }
}

/// Tells of what a loop carries whether it is a sum, at which no iteration looks.
pub(crate) fn is_sum<'a>(function: &'a Function, cycle: &'a Loop) -> impl Fn(&Carried) -> bool + 'a {
    let mut counts = BTreeMap::new();
    count(function, &cycle.body, &mut counts);
    move |carried| {
        let Carried { entering, leaving, .. } = *carried;
        let uses = |id: Id| counts.get(&id).copied().unwrap_or(0);
        let handed = |id: Id| cycle.carried.iter().filter(|other| other.leaving == id).count();
        let adds = match function.values[leaving].op {
            Op::Arithmetic(Arithmetic::Add, a, b) => (a == entering) != (b == entering),
            Op::Arithmetic(Arithmetic::Sub, a, b) => a == entering && b != entering,
            _ => false,
        };
        adds && (uses(entering), uses(leaving)) == (1, 0) && (handed(entering), handed(leaving)) == (0, 1)
    }
}

/// How often each scalar is used in a block.
fn count(function: &Function, block: &Block, counts: &mut BTreeMap<Id, usize>) {
    for stmt in &block.stmts {
        let used = match stmt {
            Stmt::Let(id) => function.values[*id].uses(),
            Stmt::Store { place, value, .. } => place.uses().chain([*value]).collect(),
            Stmt::Begin { len, fill, .. } => fill.ids().iter().copied().chain([*len]).collect(),
            Stmt::If { condition, then, otherwise, results } => {
                count(function, then, counts);
                count(function, otherwise, counts);
                results.iter().flat_map(|[_, a, b]| [*a, *b]).chain([*condition]).collect()
            }
            Stmt::Loop(inner) => {
                count(function, &inner.body, counts);
                let range = inner.range.iter().flat_map(|range| [range.low, range.high].into_iter().chain(range.step));
                let carried = inner.carried.iter().flat_map(|carried| [carried.initial, carried.leaving]);
                range.chain(carried).chain(inner.exit).collect()
            }
            Stmt::Call(call) => call.uses(),
            Stmt::Assert { uses, .. } => uses.clone(),
        };
        used.into_iter().for_each(|id| *counts.entry(id).or_default() += 1);
    }
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
                }
                Stmt::Store { place, kind, .. } => {
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
                Stmt::If { then, otherwise, .. } => {
                    self.block(function, plan, cycle, then);
                    self.block(function, plan, cycle, otherwise);
                }
                Stmt::Assert { .. } => {}
                Stmt::Call(call) if call.is_of_numbers() => {}
                Stmt::Loop(_) | Stmt::Call(_) | Stmt::Begin { .. } => self.saves = When::Always,
            }
        }
    }
}
