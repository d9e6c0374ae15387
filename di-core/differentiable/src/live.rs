//! What of a forward sweep is wanted.

use crate::form::{Argument, Block, Call, Function, Id, Op, RootId, Source, Stmt, Stretch};
use crate::plan::Plan;
use crate::when::When;
use std::collections::{BTreeMap, BTreeSet};

/// Scalars and roots that somebody reads.
#[derive(Clone, Debug, Default)]
pub(crate) struct Live {
    values: BTreeSet<Id>,
    roots: BTreeMap<RootId, When>,
    changed: bool,
}

impl Live {
    /// What the plan needs, and the results where they are wanted.
    pub(crate) fn of(function: &Function, plan: &Plan, with_results: bool) -> Self {
        let mut live = Self::default();
        plan.staying(function).for_each(|id| live.value(function, id));
        plan.saved.values().flatten().for_each(|&id| live.value(function, id));
        plan.read.iter().for_each(|(&root, when)| live.root(root, when));
        if with_results {
            function.results().into_iter().for_each(|id| live.value(function, id));
            let outputs = function.roots.iter().enumerate().filter(|(_, root)| root.source == Source::Output);
            outputs.for_each(|(root, _)| live.root(root, &When::Always));
        }
        live.changed = true;
        while std::mem::take(&mut live.changed) {
            live.walk(function, plan, &function.body);
        }
        live
    }

    fn value(&mut self, function: &Function, id: Id) {
        if self.values.insert(id) {
            self.changed = true;
            function.values[id].uses().into_iter().for_each(|id| self.value(function, id));
            if let Op::Load(place) = &function.values[id].op {
                self.root(place.root, &When::Always);
            }
        }
    }

    fn root(&mut self, root: RootId, when: &When) {
        self.changed |= self.roots.entry(root).or_default().join(when);
    }

    pub(crate) fn has(&self, id: Id) -> bool {
        self.values.contains(&id)
    }

    /// When the content of a root is wanted.
    pub(crate) fn root_when(&self, root: RootId) -> When {
        self.roots.get(&root).cloned().unwrap_or_default()
    }

    /// When a statement is kept.
    pub(crate) fn keeps(&self, plan: &Plan, block: &Block, at: usize) -> When {
        let always = |wanted: bool| if wanted { When::Always } else { When::Never };
        match &block.stmts[at] {
            Stmt::Let(id) => always(self.has(*id)),
            Stmt::Store { place, .. } => self.root_when(place.root),
            Stmt::Begin { .. } | Stmt::Assert { .. } => When::Always,
            Stmt::Call(call) => self.keeps_call(call),
            Stmt::If { then, otherwise, results, .. } => always(results.iter().any(|[result, ..]| self.has(*result)))
                .or(&self.keeps_any(plan, then))
                .or(&self.keeps_any(plan, otherwise)),
            Stmt::Loop(inner) => {
                let carries =
                    inner.carried.iter().any(|carried| self.has(carried.entering) || self.has(carried.result));
                always(carries || inner.trips.is_some_and(|id| self.has(id))).or(&self.keeps_any(plan, &inner.body))
            }
        }
    }

    /// When a call is kept: one whose results nobody wants may write, or save something for its reverse.
    pub(crate) fn keeps_call(&self, call: &Call) -> When {
        if call.results().into_iter().any(|id| self.has(id)) {
            return When::Always;
        }
        if call.is_of_numbers() {
            return When::Never;
        }
        call.arguments.iter().fold(call.saves(), |when, argument| match argument {
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

    /// Whether a loop or a call is kept whatever the functions do that are called.
    pub(crate) fn works(&self, plan: &Plan, block: &Block) -> bool {
        (0..block.stmts.len()).any(|at| {
            self.keeps(plan, block, at) == When::Always
                && match &block.stmts[at] {
                    Stmt::Loop(_) | Stmt::Call(_) => true,
                    Stmt::If { then, otherwise, .. } => self.works(plan, then) || self.works(plan, otherwise),
                    _ => false,
                }
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
                    self.value(function, *value);
                    place.uses().for_each(|id| self.value(function, id));
                }
                Stmt::Begin { len, fill, .. } => {
                    self.value(function, *len);
                    fill.ids().iter().for_each(|&id| self.value(function, id));
                }
                Stmt::If { condition, then, otherwise, results } => {
                    self.value(function, *condition);
                    for &[result, a, b] in results {
                        if self.has(result) {
                            self.value(function, a);
                            self.value(function, b);
                        }
                    }
                    self.walk(function, plan, then);
                    self.walk(function, plan, otherwise);
                }
                Stmt::Loop(inner) => {
                    if let Some(range) = &inner.range {
                        [range.low, range.high].into_iter().chain(range.step).for_each(|id| self.value(function, id));
                    }
                    inner.exit.into_iter().for_each(|id| self.value(function, id));
                    for carried in &inner.carried {
                        if self.has(carried.entering) || self.has(carried.result) {
                            [carried.initial, carried.leaving, carried.entering]
                                .into_iter()
                                .for_each(|id| self.value(function, id));
                        }
                    }
                    self.walk(function, plan, &inner.body);
                }
                Stmt::Call(call) => {
                    call.uses().into_iter().for_each(|id| self.value(function, id));
                    for argument in &call.arguments {
                        if let Argument::Stretch(stretch) = argument {
                            self.root(stretch.root, &when);
                        }
                    }
                }
                Stmt::Assert { uses, .. } => uses.iter().for_each(|&id| self.value(function, id)),
            }
        }
    }
}
