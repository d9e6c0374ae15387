//! Functions that sum in one loop: each iteration is reversed where it is computed, and nothing is kept from one to the next.

use crate::activity::Activity;
use crate::form::{Argument, Block, BlockId, Fill, Function, Id, Loop, RootId, Stmt};
use crate::independent::{depends, is_sum};
use crate::plan::{Plan, is_dear};
use std::collections::BTreeSet;

/// A loop that sums, the last statement of a function but for what is computed of the sums, at which the reverse does not look.
#[derive(Debug)]
pub(crate) struct Joined {
    /// The body of the loop.
    pub(crate) body: BlockId,
    /// Whether the iterations are straight code of numbers, which the reverse computes as it needs it: they then run as before where
    /// the value is not wanted.
    pub(crate) is_straight: bool,
    /// What is computed of the sums.
    after: BTreeSet<Id>,
}

impl Joined {
    /// The loop, and the plan for it.
    pub(crate) fn of(function: &Function, activity: &Activity) -> (Option<Self>, Plan) {
        let plan = Plan::of(function, activity, false, None);
        let Some(cycle) = last_loop(&function.body).filter(|cycle| sums(function, activity, cycle)) else {
            return (None, plan);
        };
        let after = after(function, cycle);
        if is_straight(&cycle.body) {
            // Sums are made in the order of the author, and code that gathers neighbours ascends. Compilers make vector code of
            // the reverse as long as nothing is summed in it: two loops without anything dear measured faster than one.
            let ascends = cycle.range.as_ref().is_some_and(|range| !range.reversed);
            let is_one = ascends
                && !depends(function, activity, &plan, cycle).possible()
                && is_dear_to_repeat(function, &cycle.body)
                && after.is_disjoint(&plan.needed);
            return (is_one.then_some(Self { body: cycle.body.id, is_straight: true, after }), plan);
        }
        if is_closed(function, cycle.body.id, &cycle.body) {
            let own = Plan::of(function, activity, false, Some(cycle.body.id));
            if after.is_disjoint(&own.needed) {
                return (Some(Self { body: cycle.body.id, is_straight: false, after }), own);
            }
        }
        (None, plan)
    }

    /// Whether a statement is computed after the loop.
    pub(crate) fn follows(&self, stmt: &Stmt) -> bool {
        matches!(stmt, Stmt::Let(id) if self.after.contains(id))
    }
}

/// The last loop of a block, if it is the only one and scalars follow.
fn last_loop(block: &Block) -> Option<&Loop> {
    let is_scalar = |stmt: &Stmt| matches!(stmt, Stmt::Let(_));
    let at = block.stmts.iter().rposition(|stmt| !is_scalar(stmt))?;
    match &block.stmts[at] {
        Stmt::Loop(cycle) if !block.stmts[..at].iter().any(Stmt::has_loop) => Some(cycle),
        _ => None,
    }
}

/// Whether a loop is counted, and all that its iterations hand on are sums.
fn sums(function: &Function, activity: &Activity, cycle: &Loop) -> bool {
    let is_sum = is_sum(function, cycle);
    cycle.range.is_some()
        && cycle.exit.is_none()
        && !cycle.carried.is_empty()
        && cycle.carried.iter().all(|carried| activity.value(carried.entering) && is_sum(carried))
}

/// The results of a loop, and what is computed of them.
fn after(function: &Function, cycle: &Loop) -> BTreeSet<Id> {
    let mut after: BTreeSet<Id> = cycle.carried.iter().map(|carried| carried.result).collect();
    for stmt in &function.body.stmts {
        if let Stmt::Let(id) = stmt
            && function.values[*id].uses().iter().any(|used| after.contains(used))
        {
            after.insert(*id);
        }
    }
    after
}

/// Whether a block computes numbers from numbers and memory, and writes nothing.
fn is_straight(block: &Block) -> bool {
    block.stmts.iter().all(|stmt| match stmt {
        Stmt::Let(_) | Stmt::Assert { .. } => true,
        Stmt::If { then, otherwise, .. } => is_straight(then) && is_straight(otherwise),
        Stmt::Call(call) => call.is_of_numbers(),
        Stmt::Store { .. } | Stmt::Begin { .. } | Stmt::Loop(_) => false,
    })
}

/// Whether an iteration computes what takes long, or calls.
fn is_dear_to_repeat(function: &Function, block: &Block) -> bool {
    block.stmts.iter().any(|stmt| match stmt {
        Stmt::Let(id) => is_dear(&function.values[*id].op),
        Stmt::If { then, otherwise, .. } => is_dear_to_repeat(function, then) || is_dear_to_repeat(function, otherwise),
        Stmt::Call(_) => true,
        _ => false,
    })
}

/// Whether what is written in the body of a loop is memory of one iteration, which begins it.
fn is_closed(function: &Function, body: BlockId, block: &Block) -> bool {
    let is_own = |root: RootId| function.is_within(function.roots[root].block, body);
    block.stmts.iter().all(|stmt| match stmt {
        Stmt::Let(_) | Stmt::Assert { .. } => true,
        Stmt::Store { place, .. } => is_own(place.root),
        Stmt::Begin { root, fill, .. } => is_own(*root) && !matches!(fill, Fill::Unspecified),
        Stmt::If { then, otherwise, .. } => is_closed(function, body, then) && is_closed(function, body, otherwise),
        Stmt::Loop(inner) => is_closed(function, body, &inner.body),
        Stmt::Call(call) => call.arguments.iter().all(|argument| match argument {
            Argument::Stretch(stretch) => !stretch.mutable || is_own(stretch.root),
            _ => true,
        }),
    })
}
