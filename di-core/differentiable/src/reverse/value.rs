//! Values beside their reverse.

use super::Reverse;
use crate::form::{Block, Carried, Stmt};
use crate::forward::{Forward, tuple};
use crate::live::Live;

/// Whether the value is wanted, in code.
pub(crate) const WANTED: &str = "wanted";

/// The sums of a loop that is being written with its value.
#[derive(Clone, Debug)]
pub(super) struct Summed<'a> {
    pub(super) live: &'a Live,
    pub(super) carried: Vec<Carried>,
}

impl Reverse<'_> {
    /// What the sums need beside what the reverse has computed already, and the sums.
    pub(super) fn sums(&self, summed: &Summed<'_>, block: &Block) -> String {
        let rest = |(at, stmt): (usize, &Stmt)| (!self.computes(block, at, stmt)).then(|| stmt.clone());
        let stmts = block.stmts.iter().enumerate().filter_map(rest).collect();
        let plan = Some((self.plan, summed.live));
        let forward = Forward { texts: self.texts, activity: self.activity, tangent: None, plan };
        let text = forward.block(&Block { id: block.id, stmts });
        let names = |id: fn(&Carried) -> usize| {
            tuple(summed.carried.iter().map(|carried| self.texts.name(id(carried)).into()).collect())
        };
        format!("{text}{} = {};\n", names(|carried| carried.entering), names(|carried| carried.leaving))
    }
}
