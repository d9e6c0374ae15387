//! What the reverse sweep needs, and how it comes by it: still there, computed again, or saved.

mod overwrites;

use crate::activity::Activity;
use crate::form::{Argument, Arithmetic, Block, BlockId, Function, Id, Op, Place, RootId, Source, Stmt, Stretch};
use crate::when::When;
use std::collections::{BTreeMap, BTreeSet};

/// Which of argument and value the derivative of a rule is made of.
pub(crate) fn looks_at(rule: &str) -> (bool, bool) {
    match rule {
        "Recip" | "Sqrt" | "Cbrt" | "Exp" | "Exp2" | "Tan" => (false, true),
        "Tanh" => (true, true),
        "Fract" => (false, false),
        _ => (true, false),
    }
}

/// The value of the same block that is the derivative of a rule, up to a sign: the cosine beside a sine.
pub(crate) fn partner(function: &Function, id: Id) -> Option<(Id, &'static str)> {
    let Op::Unary { rule, x, .. } = &function.values[id].op else { return None };
    let (wanted, sign) = match *rule {
        "Sin" => ("Cos", ""),
        "Cos" => ("Sin", "-"),
        "Sinh" => ("Cosh", ""),
        "Cosh" => ("Sinh", ""),
        _ => return None,
    };
    let block = function.values[id].block;
    let is_partner = |id: &Id| match &function.values[*id].op {
        Op::Unary { rule, x: other, .. } => (*rule, other) == (wanted, x) && function.values[*id].block == block,
        _ => false,
    };
    (0..function.values.len()).find(is_partner).map(|id| (id, sign))
}

/// Scalars that the derivative of an operation is made of.
pub(crate) fn factors(function: &Function, activity: &Activity, id: Id) -> Vec<Id> {
    let active = |id: &Id| activity.value(*id);
    match &function.values[id].op {
        Op::Arithmetic(Arithmetic::Mul, a, b) => {
            [(a, b), (b, a)].into_iter().filter(|(x, _)| active(x)).map(|(_, y)| *y).collect()
        }
        Op::Arithmetic(Arithmetic::Div, _, b) => {
            if active(b) {
                vec![*b, id]
            } else {
                vec![*b]
            }
        }
        Op::Unary { rule, x, .. } => match (partner(function, id), looks_at(rule)) {
            (Some((partner, _)), _) => vec![partner],
            (_, (true, true)) => vec![*x, id],
            (_, (true, false)) => vec![*x],
            (_, (false, true)) => vec![id],
            (_, (false, false)) => vec![],
        },
        Op::PowI(x, n) => {
            if function.values[*n].name.parse::<i32>().is_ok() {
                vec![*x]
            } else {
                vec![*x, *n, id]
            }
        }
        Op::Binary { x, y, .. } => vec![*x, *y, id],
        Op::Select(condition, ..) => vec![*condition],
        Op::Load(place) => place.uses().collect(),
        _ => vec![],
    }
}

/// A read of memory by the reverse sweep.
#[derive(Clone, Debug)]
struct Reading {
    root: RootId,
    place: Option<Place>,
    block: BlockId,
    time: usize,
    when: When,
}

/// The plan of an adjoint.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// Scalars that the reverse of their block reads.
    pub(crate) needed: BTreeSet<Id>,
    /// Those of them that are saved at the end of each block, in this order.
    pub(crate) saved: BTreeMap<BlockId, Vec<Id>>,
    /// Writes before which the old content is saved, by block and position, and argument of a call.
    pub(crate) overwritten: BTreeMap<(BlockId, usize, usize), When>,
    /// Branches, and calls of functions of numbers, that are run again for their results, by block and position.
    pub(crate) replayed: BTreeSet<(BlockId, usize)>,
    /// Roots whose content the reverse sweep reads.
    pub(crate) read: BTreeMap<RootId, When>,
    /// Whether the two sweeps are functions of their own, so that scalars do not stay in scope.
    pub(crate) apart: bool,
    /// The body of a loop whose iterations are reversed where they are computed.
    joined: Option<BlockId>,
    /// When a function that is called saves something.
    pub(crate) called: When,
    /// Blocks where dear values are saved.
    saving: BTreeSet<BlockId>,
    /// Results of statements.
    results: BTreeSet<Id>,
    /// Results of functions of numbers.
    calls: BTreeMap<Id, (BlockId, usize)>,
    readings: Vec<Reading>,
    /// Loops by the block of their body.
    variables: BTreeMap<BlockId, Option<Id>>,
    ends: BTreeMap<BlockId, usize>,
    written: BTreeMap<BlockId, BTreeSet<RootId>>,
    branches: BTreeMap<Id, (BlockId, usize)>,
    times: BTreeMap<(BlockId, usize), usize>,
    clock: usize,
}

impl Plan {
    pub(crate) fn of(function: &Function, activity: &Activity, apart: bool, joined: Option<BlockId>) -> Self {
        let once = |saving| {
            let mut plan = Self { apart, joined, saving, ..Self::default() };
            plan.survey(&function.body);
            plan.reverse(function, activity, &function.body);
            plan
        };
        // Where something is saved anyway, and outside of loops, what is dear is saved rather than computed again.
        let first = once(BTreeSet::new());
        let looped = |block: BlockId| first.variables.keys().any(|body| function.is_within(block, *body));
        let straight = (0..function.parents.len()).filter(|block| !looped(*block));
        let mut plan = once(first.saved.keys().copied().chain(straight).collect());
        plan.clock = 0;
        plan.overwrites(function, &function.body);
        plan
    }

    /// Ends of blocks in time, loops, and what is written where.
    fn survey(&mut self, block: &Block) {
        self.written.insert(block.id, Function::written(block));
        for (at, stmt) in block.stmts.iter().enumerate() {
            self.clock += 1;
            self.times.insert((block.id, at), self.clock);
            match stmt {
                Stmt::If { then, otherwise, results, .. } => {
                    for branch in [then, otherwise] {
                        self.survey(branch);
                    }
                    self.branches.extend(results.iter().map(|[result, ..]| (*result, (block.id, at))));
                    self.results.extend(results.iter().map(|[result, ..]| *result));
                }
                Stmt::Call(call) => {
                    self.results.extend(call.results());
                    if call.is_of_numbers() {
                        self.calls.extend(call.results().into_iter().map(|id| (id, (block.id, at))));
                    } else {
                        self.called.join(&call.saves());
                    }
                }
                Stmt::Loop(inner) => {
                    self.results.extend(inner.carried.iter().flat_map(|carried| [carried.entering, carried.result]));
                    self.results.extend(inner.trips);
                    self.variables.insert(inner.body.id, inner.range.as_ref().map(|range| range.variable));
                    self.survey(&inner.body);
                }
                _ => {}
            }
        }
        self.clock += 1;
        self.ends.insert(block.id, self.clock);
    }

    /// Whether the reverse of a block does anything.
    pub(crate) fn acts(function: &Function, activity: &Activity, block: &Block) -> bool {
        block.stmts.iter().any(|stmt| match stmt {
            Stmt::Let(id) => activity.value(*id),
            Stmt::Store { place, .. } => activity.root(place.root) || Self::local(function, place.root),
            Stmt::Begin { root, .. } => activity.root(*root) || Self::local(function, *root),
            Stmt::If { then, otherwise, results, .. } => {
                results.iter().any(|[result, ..]| activity.value(*result))
                    || Self::acts(function, activity, then)
                    || Self::acts(function, activity, otherwise)
            }
            Stmt::Loop(inner) => {
                inner.carried.iter().any(|carried| activity.value(carried.result))
                    || Self::acts(function, activity, &inner.body)
            }
            Stmt::Call(_) => true,
            Stmt::Assert { .. } => false,
        })
    }

    fn local(function: &Function, root: RootId) -> bool {
        !matches!(function.roots[root].source, Source::Input)
    }

    fn reverse(&mut self, function: &Function, activity: &Activity, block: &Block) {
        for (at, stmt) in block.stmts.iter().enumerate() {
            match stmt {
                Stmt::Let(id) if activity.value(*id) => {
                    for id in factors(function, activity, *id) {
                        self.need(function, id);
                    }
                }
                Stmt::Store { place, .. } if activity.root(place.root) || Self::local(function, place.root) => {
                    place.uses().for_each(|id| self.need(function, id));
                }
                Stmt::Begin { len, .. } => self.need(function, *len),
                Stmt::If { condition, then, otherwise, .. } => {
                    if Self::acts(function, activity, block) {
                        self.need(function, *condition);
                    }
                    self.reverse(function, activity, then);
                    self.reverse(function, activity, otherwise);
                }
                Stmt::Loop(inner) => {
                    if Self::acts(function, activity, block) {
                        let range = inner.range.iter();
                        range
                            .flat_map(|range| [range.low, range.high].into_iter().chain(range.step))
                            .for_each(|id| self.need(function, id));
                        inner.trips.into_iter().for_each(|id| self.need(function, id));
                    }
                    self.reverse(function, activity, &inner.body);
                }
                Stmt::Call(call) => {
                    call.uses().into_iter().for_each(|id| self.need(function, id));
                    for (i, argument) in call.arguments.iter().enumerate() {
                        if let Argument::Stretch(Stretch { root, .. }) = argument {
                            let (root, time, when) = (*root, self.times[&(block.id, at)], call.reads(i));
                            self.read.entry(root).or_default().join(&when);
                            self.readings.push(Reading { root, place: None, block: block.id, time, when });
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether the scalars of a block are still in scope where its reverse begins.
    pub(crate) fn stays_in_scope(&self, block: BlockId) -> bool {
        (block == 0 && !self.apart) || self.joined == Some(block)
    }

    /// Scalars that the reverse sweep needs and that stay in scope from the forward sweep.
    pub(crate) fn staying(&self, function: &Function) -> impl Iterator<Item = Id> {
        let in_scope = |id: &Id| self.stays_in_scope(function.values[*id].block);
        self.needed.iter().copied().filter(in_scope).collect::<Vec<_>>().into_iter()
    }

    /// The reverse of its block needs a scalar.
    fn need(&mut self, function: &Function, id: Id) {
        let value = &function.values[id];
        if !self.needed.insert(id) {
            return;
        }
        if self.stays_in_scope(value.block) {
            // A call gives its derivatives with its value.
            if let Some(&place) = self.calls.get(&id).filter(|(block, _)| self.joined == Some(*block)) {
                self.replayed.insert(place);
            }
            return;
        }
        let block = value.block;
        match &value.op {
            Op::Given => {
                // Parameters, and variables of loops, are there.
                if !self.results.contains(&id) {
                    return;
                }
                if let Some(&(_, at)) = self.calls.get(&id)
                    && !self.saving.contains(&block)
                    && let Some(Stmt::Call(call)) = find(&function.body, block, at)
                {
                    self.replayed.insert((block, at));
                    call.uses().into_iter().for_each(|id| self.need(function, id));
                    return;
                }
                if let Some(&(held, at)) = self.branches.get(&id)
                    && held == block
                    && let Some(stmt) = find(&function.body, block, at)
                    && self.is_replayable(function, stmt, block)
                {
                    if self.replayed.insert((block, at)) {
                        self.replay(function, stmt, block);
                    }
                    return;
                }
                self.saved.entry(block).or_default().push(id);
            }
            Op::Load(place) => {
                if self.written[&block].contains(&place.root) {
                    self.saved.entry(block).or_default().push(id);
                    return;
                }
                self.reads(place, block);
                place.uses().for_each(|id| self.need(function, id));
            }
            op if is_dear(op) && self.saving.contains(&block) => self.saved.entry(block).or_default().push(id),
            _ => value.uses().into_iter().for_each(|id| self.need(function, id)),
        }
    }

    fn reads(&mut self, place: &Place, block: BlockId) {
        let (root, time, when) = (place.root, self.ends[&block], When::Always);
        self.read.entry(root).or_default().join(&when);
        self.readings.push(Reading { root, place: Some(place.clone()), block, time, when });
    }

    /// Whether a branch computes scalars alone, from memory that its surroundings do not change.
    fn is_replayable(&self, function: &Function, stmt: &Stmt, block: BlockId) -> bool {
        match stmt {
            Stmt::Let(id) => match &function.values[*id].op {
                Op::Load(place) => !self.written[&block].contains(&place.root),
                _ => true,
            },
            Stmt::If { then, otherwise, .. } => {
                then.stmts.iter().chain(&otherwise.stmts).all(|stmt| self.is_replayable(function, stmt, block))
            }
            Stmt::Call(call) => call.is_of_numbers(),
            Stmt::Assert { .. } => true,
            _ => false,
        }
    }

    fn replay(&mut self, function: &Function, stmt: &Stmt, block: BlockId) {
        let outside = |id: Id| function.is_within(block, function.values[id].block);
        match stmt {
            Stmt::Let(id) => {
                if let Op::Load(place) = &function.values[*id].op {
                    self.reads(&place.clone(), block);
                }
                for id in function.values[*id].uses() {
                    if outside(id) {
                        self.need(function, id);
                    }
                }
            }
            Stmt::If { condition, then, otherwise, results } => {
                for &id in results.iter().flat_map(|[_, a, b]| [a, b]).chain([condition]) {
                    if outside(id) {
                        self.need(function, id);
                    }
                }
                then.stmts.iter().chain(&otherwise.stmts).for_each(|stmt| self.replay(function, stmt, block));
            }
            Stmt::Call(call) => {
                call.uses().into_iter().filter(|&id| outside(id)).for_each(|id| self.need(function, id));
            }
            _ => {}
        }
    }
}

/// Whether each iteration has another entry.
pub(crate) fn is_injective(function: &Function, place: &Place, body: BlockId, variable: Id) -> bool {
    place.indices.iter().any(|index| {
        let others = |id: &&Id| **id != variable;
        index.terms.iter().filter(|id| **id == variable).count() == 1
            && index.terms.iter().filter(others).all(|id| !function.is_within(function.values[*id].block, body))
    })
}

/// Whether an operation takes much longer than saving its value.
pub(crate) fn is_dear(op: &Op) -> bool {
    match op {
        Op::Unary { rule, .. } => {
            !["Abs", "Signum", "Floor", "Ceil", "Round", "Trunc", "Fract", "Recip", "Sqrt"].contains(rule)
        }
        Op::Binary { rule, .. } => ["Powf", "PowF", "Atan2", "Hypot", "Log"].contains(rule),
        _ => false,
    }
}

fn find(block: &Block, id: BlockId, at: usize) -> Option<&Stmt> {
    if block.id == id {
        return block.stmts.get(at);
    }
    block.stmts.iter().find_map(|stmt| match stmt {
        Stmt::If { then, otherwise, .. } => find(then, id, at).or_else(|| find(otherwise, id, at)),
        Stmt::Loop(inner) => find(&inner.body, id, at),
        _ => None,
    })
}
