//! What is done with each item of a sequence, where filters leave some out.

use super::sequence::Sequence;
use super::{Lower, Val, refuse};
use crate::form::{Id, Op, Ty};
use syn::{Expr, Result};

/// What is done with an item.
type Does<'a> = &'a dyn Fn(&mut Lower, Val) -> Result<()>;

impl Lower {
    /// Does something with the item at an index, if no filter leaves it out.
    pub(crate) fn visit(&mut self, sequence: &Sequence, i: Id, does: Does<'_>) -> Result<()> {
        match sequence {
            Sequence::Filter(inner, function, at) => self.visit(inner, i, &|lower, item| {
                let shown = lower.by_reference(item.clone());
                let condition = lower.apply(at, function, vec![shown])?;
                let condition = lower.scalar(at, condition)?;
                lower
                    .fork(condition, &|lower| does(lower, item.clone()).map(|()| Val::Unit), &|_| Ok(Val::Unit))
                    .map(drop)
            }),
            Sequence::Map(inner, function, at) if filters(inner) => self.visit(inner, i, &|lower, item| {
                let item = lower.apply(at, function, vec![item])?;
                does(lower, item)
            }),
            Sequence::Copied(inner) if filters(inner) => self.visit(inner, i, &|lower, item| {
                let item = lower.copied(item);
                does(lower, item)
            }),
            _ => {
                let item = self.item(sequence, i)?;
                does(self, item)
            }
        }
    }

    /// Passive items are shown to a filter through a reference.
    fn by_reference(&mut self, item: Val) -> Val {
        match item {
            Val::Scalar(id) if !self.is_active(id) => {
                let text = format!("&{}", self.name(id));
                Val::Scalar(self.define("t", Ty::Plain(None), Op::Plain { text, uses: vec![id] }))
            }
            Val::Tuple(parts) => Val::Tuple(parts.into_iter().map(|part| self.by_reference(part)).collect()),
            other => other,
        }
    }
}

/// Whether some items may be left out.
pub(crate) fn filters(sequence: &Sequence) -> bool {
    match sequence {
        Sequence::Filter(..) => true,
        Sequence::Map(inner, ..) | Sequence::Copied(inner) => filters(inner),
        _ => false,
    }
}

/// A filter stands where its items are taken one after the other.
pub(crate) fn unfiltered(at: &Expr, sequence: Sequence) -> Result<Box<Sequence>> {
    if filters(&sequence) {
        return refuse(
            at,
            "after `filter` come `map`, `copied` and what ends the iterator: write a `for` loop with `if`",
        );
    }
    Ok(Box::new(sequence))
}
