//! What of a forward sweep is wanted.

use crate::form::{Argument, Block, Call, Function, Id, Op, RootId, Source, Stmt, Stretch};
use crate::plan::Plan;
use crate::when::When;
use std::collections::BTreeMap;

/// Scalars and roots that somebody reads.
#[derive(Clone, Debug, Default)]
pub(crate) struct Live {
    values: BTreeMap<Id, When>,
    roots: BTreeMap<RootId, When>,
    changed: bool,
}

impl Live {
    /// What the plan needs, and the results and outputs when they are wanted.
    pub(crate) fn of(function: &Function, plan: &Plan, results: &When) -> Self {
        let mut live = Self::default();
        plan.staying(function).for_each(|id| live.value(function, id, &When::Always));
        plan.saved.values().flatten().for_each(|&id| live.value(function, id, &When::Always));
        plan.read.iter().for_each(|(&root, when)| live.root(root, when));
        if results.possible() {
            function.results().into_iter().for_each(|id| live.value(function, id, &When::Always));
            let outputs = function.roots.iter().enumerate().filter(|(_, root)| root.source == Source::Output);
            outputs.for_each(|(root, _)| live.root(root, results));
        }
        live.changed = true;
        while std::mem::take(&mut live.changed) {
            live.walk(function, plan, &function.body);
        }
        live
    }

    fn value(&mut self, function: &Function, id: Id, when: &When) {
        if self.values.entry(id).or_default().join(when) {
            self.changed = true;
            function.values[id].uses().into_iter().for_each(|id| self.value(function, id, when));
            if let Op::Load(place) = &function.values[id].op {
                self.root(place.root, when);
            }
        }
    }

    fn root(&mut self, root: RootId, when: &When) {
        self.changed |= self.roots.entry(root).or_default().join(when);
    }

    pub(crate) fn has(&self, id: Id) -> bool {
        self.values.contains_key(&id)
    }

    /// When the content of a root is wanted.
    pub(crate) fn root_when(&self, root: RootId) -> When {
        self.roots.get(&root).cloned().unwrap_or_default()
    }

    fn values_when(&self, ids: impl IntoIterator<Item = Id>) -> When {
        let held = ids.into_iter().filter_map(|id| self.values.get(&id));
        held.fold(When::Never, When::or)
    }

    /// When a statement is kept.
    pub(crate) fn keeps(&self, plan: &Plan, block: &Block, at: usize) -> When {
        let stmt = &block.stmts[at];
        let defined = self.values_when(defined(stmt));
        match stmt {
            Stmt::Let(_) => defined,
            Stmt::Store { place, .. } => self.root_when(place.root),
            Stmt::Begin { .. } | Stmt::Assert { .. } => When::Always,
            Stmt::Call(call) => self.keeps_call(call),
            Stmt::If { then, otherwise, .. } => {
                defined.or(&self.keeps_any(plan, then)).or(&self.keeps_any(plan, otherwise))
            }
            Stmt::Loop(inner) => defined.or(&self.keeps_any(plan, &inner.body)),
        }
    }

    /// Whether a statement defines scalars that somebody reads, so that it cannot stand in a branch of its own.
    pub(crate) fn defines(&self, stmt: &Stmt) -> bool {
        defined(stmt).into_iter().any(|id| self.has(id))
    }

    /// When a call is kept: one whose results nobody wants may write, or save something for its reverse.
    pub(crate) fn keeps_call(&self, call: &Call) -> When {
        let results = self.values_when(call.results());
        if call.is_of_numbers() {
            return results;
        }
        call.arguments.iter().fold(results.or(&call.saves()), |when, argument| match argument {
            Argument::Stretch(Stretch { root, mutable: true, .. }) => when.or(&self.root_when(*root)),
            _ => when,
        })
    }

    /// When anything happens in a block but that scalars are computed.
    pub(crate) fn keeps_any(&self, plan: &Plan, block: &Block) -> When {
        if plan.saved.get(&block.id).is_some_and(|saved| !saved.is_empty()) {
            return When::Always;
        }
        let acts = (0..block.stmts.len()).filter(|&at| !matches!(block.stmts[at], Stmt::Let(_)));
        acts.fold(When::Never, |when, at| when.or(&self.keeps(plan, block, at)))
    }

    /// When a loop or a call is kept.
    pub(crate) fn works(&self, plan: &Plan, block: &Block) -> When {
        (0..block.stmts.len()).fold(When::Never, |when, at| match &block.stmts[at] {
            Stmt::Loop(_) | Stmt::Call(_) => when.or(&self.keeps(plan, block, at)),
            Stmt::If { then, otherwise, .. } => when.or(&self.works(plan, then)).or(&self.works(plan, otherwise)),
            _ => when,
        })
    }

    fn walk(&mut self, function: &Function, plan: &Plan, block: &Block) {
        for (at, stmt) in block.stmts.iter().enumerate() {
            let when = self.keeps(plan, block, at);
            if !when.possible() {
                continue;
            }
            match stmt {
                Stmt::Let(_) => {}
                Stmt::Store { place, value, .. } => {
                    self.value(function, *value, &when);
                    place.uses().for_each(|id| self.value(function, id, &when));
                }
                Stmt::Begin { len, fill, .. } => {
                    self.value(function, *len, &when);
                    fill.ids().iter().for_each(|&id| self.value(function, id, &when));
                }
                Stmt::If { condition, then, otherwise, results } => {
                    self.value(function, *condition, &when);
                    for &[result, a, b] in results {
                        if self.has(result) {
                            self.value(function, a, &when);
                            self.value(function, b, &when);
                        }
                    }
                    self.walk(function, plan, then);
                    self.walk(function, plan, otherwise);
                }
                Stmt::Loop(inner) => {
                    if let Some(range) = &inner.range {
                        [range.low, range.high]
                            .into_iter()
                            .chain(range.step)
                            .for_each(|id| self.value(function, id, &when));
                    }
                    inner.exit.into_iter().for_each(|id| self.value(function, id, &when));
                    for carried in &inner.carried {
                        if self.has(carried.entering) || self.has(carried.result) {
                            [carried.initial, carried.leaving, carried.entering]
                                .into_iter()
                                .for_each(|id| self.value(function, id, &when));
                        }
                    }
                    self.walk(function, plan, &inner.body);
                }
                Stmt::Call(call) => {
                    call.uses().into_iter().for_each(|id| self.value(function, id, &when));
                    for argument in &call.arguments {
                        if let Argument::Stretch(stretch) = argument {
                            self.root(stretch.root, &when);
                        }
                    }
                }
                Stmt::Assert { uses, .. } => uses.iter().for_each(|&id| self.value(function, id, &when)),
            }
        }
    }
}

/// The scalars that a statement defines for those that follow it.
fn defined(stmt: &Stmt) -> Vec<Id> {
    match stmt {
        Stmt::Let(id) => vec![*id],
        Stmt::If { results, .. } => results.iter().map(|[result, ..]| *result).collect(),
        Stmt::Loop(inner) => {
            let carried = inner.carried.iter().flat_map(|carried| [carried.entering, carried.result]);
            carried.chain(inner.trips).collect()
        }
        Stmt::Call(call) => call.results(),
        Stmt::Store { .. } | Stmt::Begin { .. } | Stmt::Assert { .. } => vec![],
    }
}
