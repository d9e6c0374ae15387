//! What of a forward sweep is wanted.

use crate::form::{Argument, Block, Fill, Function, Id, Op, RootId, Source, Stmt};
use crate::plan::Plan;
use std::collections::BTreeSet;

/// Scalars and roots that somebody reads.
#[derive(Clone, Debug, Default)]
pub(crate) struct Live {
    values: BTreeSet<Id>,
    roots: BTreeSet<RootId>,
    changed: bool,
}

impl Live {
    /// What the plan needs, and the results where they are wanted.
    pub(crate) fn of(function: &Function, plan: &Plan, with_results: bool) -> Self {
        let mut live = Self::default();
        plan.needed.iter().filter(|&&id| function.values[id].block == 0).for_each(|&id| live.value(function, id));
        plan.saved.values().flatten().for_each(|&id| live.value(function, id));
        plan.read.iter().for_each(|&root| live.root(root));
        if with_results {
            function.results().into_iter().for_each(|id| live.value(function, id));
            let outputs = function.roots.iter().enumerate().filter(|(_, root)| root.source == Source::Output);
            outputs.for_each(|(root, _)| live.root(root));
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
                self.root(place.root);
            }
        }
    }

    fn root(&mut self, root: RootId) {
        self.changed |= self.roots.insert(root);
    }

    pub(crate) fn has(&self, id: Id) -> bool {
        self.values.contains(&id)
    }

    pub(crate) fn has_root(&self, root: RootId) -> bool {
        self.roots.contains(&root)
    }

    /// Whether a statement is kept.
    pub(crate) fn keeps(&self, plan: &Plan, block: &Block, at: usize) -> bool {
        match &block.stmts[at] {
            Stmt::Let(id) => self.has(*id),
            Stmt::Store { place, .. } => self.has_root(place.root),
            Stmt::Begin { .. } | Stmt::Assert { .. } | Stmt::Call(_) => true,
            Stmt::If { then, otherwise, results, .. } => {
                results.iter().any(|[result, ..]| self.has(*result))
                    || self.keeps_any(plan, then)
                    || self.keeps_any(plan, otherwise)
            }
            Stmt::Loop(inner) => {
                inner.carried.iter().any(|carried| self.has(carried.entering) || self.has(carried.result))
                    || inner.trips.is_some_and(|id| self.has(id))
                    || self.keeps_any(plan, &inner.body)
            }
        }
    }

    /// Whether anything happens in a block but that scalars are computed.
    pub(crate) fn keeps_any(&self, plan: &Plan, block: &Block) -> bool {
        plan.saved.get(&block.id).is_some_and(|saved| !saved.is_empty())
            || (0..block.stmts.len()).any(|at| !matches!(block.stmts[at], Stmt::Let(_)) && self.keeps(plan, block, at))
    }

    /// Whether a loop or a call is kept.
    pub(crate) fn works(&self, plan: &Plan, block: &Block) -> bool {
        (0..block.stmts.len()).any(|at| {
            self.keeps(plan, block, at)
                && match &block.stmts[at] {
                    Stmt::Loop(_) | Stmt::Call(_) => true,
                    Stmt::If { then, otherwise, .. } => self.works(plan, then) || self.works(plan, otherwise),
                    _ => false,
                }
        })
    }

    fn walk(&mut self, function: &Function, plan: &Plan, block: &Block) {
        for (at, stmt) in block.stmts.iter().enumerate() {
            if !self.keeps(plan, block, at) {
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
                    match fill {
                        Fill::Repeat(id) => self.value(function, *id),
                        Fill::List(ids) => ids.iter().for_each(|&id| self.value(function, id)),
                        Fill::Unspecified => {}
                    }
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
                    for argument in &call.arguments {
                        match argument {
                            Argument::Active(pack) => pack.flat().into_iter().for_each(|id| self.value(function, id)),
                            Argument::Plain(id) => self.value(function, *id),
                            Argument::Stretch(stretch) => {
                                self.root(stretch.root);
                                let indices = stretch.outer.iter().chain([&stretch.offset]);
                                let terms: Vec<_> = indices.flat_map(|index| &index.terms).copied().collect();
                                terms.into_iter().chain([stretch.len]).for_each(|id| self.value(function, id));
                            }
                        }
                    }
                }
                Stmt::Assert { uses, .. } => uses.iter().for_each(|&id| self.value(function, id)),
            }
        }
    }
}
