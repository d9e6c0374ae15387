//! Values beside their reverse.

use super::Reverse;
use crate::form::{Block, BlockId, Carried, Id, Stmt};
use crate::forward::{Forward, tuple};
use crate::joined::Joined;
use crate::live::Live;

/// Whether the value is wanted, in code.
pub(crate) const WANTED: &str = "wanted";

/// The loop whose iterations are reversed where they are computed, and what is read of it with the value and without.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beside<'a> {
    pub(crate) joined: &'a Joined,
    pub(crate) full: &'a Live,
    pub(crate) lean: &'a Live,
}

/// What such a loop computes beside its reverse, as it is being written.
#[derive(Clone, Debug)]
pub(super) struct Values<'a> {
    pub(super) live: &'a Live,
    /// The sums, if they are wanted.
    pub(super) sums: Vec<Carried>,
}

impl Reverse<'_> {
    /// What the body of a loop computes beside its reverse.
    pub(super) fn computed_with(&self, body: BlockId) -> Option<&Values<'_>> {
        self.values.as_ref().filter(|_| self.beside.is_some_and(|beside| beside.joined.body == body))
    }

    /// What an iteration computes, but for what its reverse has computed already, and its sums.
    pub(super) fn values(&self, values: &Values<'_>, block: &Block) -> String {
        let plan = Some((self.plan, values.live));
        let forward = Forward { texts: self.texts, activity: self.activity, tangent: None, plan };
        let is_straight = self.beside.is_some_and(|beside| beside.joined.is_straight);
        let mut out = String::new();
        for (at, stmt) in block.stmts.iter().enumerate() {
            out += &match stmt {
                _ if is_straight && self.computes(block, at, stmt) => String::new(),
                Stmt::Call(call) if self.plan.replayed.contains(&(block.id, at)) => self.linearized(call),
                _ => forward.one(block, at),
            };
        }
        out + &self.summed(&values.sums)
    }

    fn summed(&self, sums: &[Carried]) -> String {
        let names = |id: fn(&Carried) -> Id| tuple(sums.iter().map(|sum| self.texts.name(id(sum)).into()).collect());
        if sums.is_empty() {
            return String::new();
        }
        format!("{} = {};\n", names(|sum| sum.entering), names(|sum| sum.leaving))
    }

    /// Whether code with sums is that without, and some arithmetic.
    pub(super) fn is_little_more(&self, sums: &[Carried], with: &str, without: &str) -> bool {
        let summed = self.summed(sums);
        let mut rest = without.lines().peekable();
        let is_little = |line: &str| line == summed.trim_end() || (line.starts_with("let ") && !line.contains('('));
        with.lines().all(|line| rest.next_if_eq(&line).is_some() || is_little(line)) && rest.next().is_none()
    }
}
