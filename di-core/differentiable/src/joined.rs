//! Functions that are one loop of sums: the value is computed in the loop of the reverse.

use crate::activity::Activity;
use crate::form::{Block, BlockId, Function, Id, Loop, Stmt};
use crate::independent::depends;
use crate::plan::{Plan, is_dear};
use std::collections::BTreeSet;

/// A loop that sums, the only one of a function, whose sums the reverse does not look at: one run over the iterations gives
/// value and derivative.
#[derive(Debug)]
pub(crate) struct Joined {
    /// The body of the loop.
    pub(crate) body: BlockId,
    /// What is computed of the sums.
    after: BTreeSet<Id>,
}

impl Joined {
    pub(crate) fn of(function: &Function, activity: &Activity, plan: &Plan) -> Option<Self> {
        let cycle = only_loop(&function.body)?;
        let sums = |cycle: &Loop| {
            !cycle.carried.is_empty() && cycle.carried.iter().all(|carried| activity.value(carried.entering))
        };
        let is_counted = cycle.range.is_some() && cycle.exit.is_none() && cycle.trips.is_none();
        if !(is_counted && sums(cycle) && is_pure(&cycle.body) && is_dear_to_repeat(function, &cycle.body))
            || depends(function, activity, plan, cycle).possible()
        {
            return None;
        }
        let mut after: BTreeSet<Id> = cycle.carried.iter().map(|carried| carried.result).collect();
        for stmt in &function.body.stmts {
            if let Stmt::Let(id) = stmt
                && function.values[*id].uses().iter().any(|used| after.contains(used))
            {
                after.insert(*id);
            }
        }
        after.is_disjoint(&plan.needed).then_some(Self { body: cycle.body.id, after })
    }

    /// What is computed before the loop, and after it.
    pub(crate) fn around(&self, block: &Block) -> [Block; 2] {
        let part = |last: bool| {
            let is_part = |stmt: &&Stmt| matches!(stmt, Stmt::Let(id) if self.after.contains(id) == last);
            Block { id: block.id, stmts: block.stmts.iter().filter(is_part).cloned().collect() }
        };
        [part(false), part(true)]
    }
}

/// The loop of a block that has one, and scalars beside it.
fn only_loop(block: &Block) -> Option<&Loop> {
    let mut found = None;
    for stmt in &block.stmts {
        match stmt {
            Stmt::Let(_) => {}
            Stmt::Loop(cycle) if found.is_none() => found = Some(cycle),
            _ => return None,
        }
    }
    found
}

/// Whether an iteration computes what takes long, or calls: else compilers make vector code of the reverse, as long as nothing is
/// summed in it, and two loops measured faster than one.
fn is_dear_to_repeat(function: &Function, block: &Block) -> bool {
    block.stmts.iter().any(|stmt| match stmt {
        Stmt::Let(id) => is_dear(&function.values[*id].op),
        Stmt::If { then, otherwise, .. } => is_dear_to_repeat(function, then) || is_dear_to_repeat(function, otherwise),
        Stmt::Call(_) => true,
        _ => false,
    })
}

/// Whether nothing is written into memory.
fn is_pure(block: &Block) -> bool {
    block.stmts.iter().all(|stmt| match stmt {
        Stmt::Let(_) | Stmt::Assert { .. } => true,
        Stmt::If { then, otherwise, .. } => is_pure(then) && is_pure(otherwise),
        Stmt::Call(call) => call.is_of_numbers(),
        Stmt::Store { .. } | Stmt::Begin { .. } | Stmt::Loop(_) => false,
    })
}
