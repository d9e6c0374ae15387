//! What an innermost loop saves: columns as long as the loop, so that no iteration has to ask for room.

use crate::form::{Block, BlockId, Function, Id, Loop, Stmt, Ty};
use crate::plan::Plan;
use crate::text::Texts;
use crate::views::Inner;
use crate::when::When;
use std::fmt::Write;

/// The columns of a loop.
pub(crate) struct Columns {
    body: BlockId,
    values: Vec<Id>,
    words: Vec<Id>,
    /// Positions of writes before which the old content is saved, and when.
    contents: Vec<(usize, When)>,
}

impl Columns {
    /// Of a loop that saves something, and nothing in its branches or calls.
    pub(crate) fn of(function: &Function, plan: &Plan, cycle: &Loop) -> Option<Self> {
        let body = &cycle.body;
        Inner::of(function, cycle, &|_| true)?;
        let mut columns = Self { body: body.id, values: vec![], words: vec![], contents: vec![] };
        for &id in plan.saved.get(&body.id).into_iter().flatten() {
            match &function.values[id].ty {
                Ty::Active => columns.values.push(id),
                Ty::Plain(Some(_)) => columns.words.push(id),
                Ty::Plain(None) => return None,
            }
        }
        for (at, stmt) in body.stmts.iter().enumerate() {
            match stmt {
                Stmt::Call(_) => return None,
                Stmt::If { then, otherwise, .. } if saves(plan, then) || saves(plan, otherwise) => return None,
                Stmt::Store { place, .. } => match plan.saves_content(body.id, at, 0) {
                    When::Never => {}
                    when if function.roots[place.root].ty.is_active() => columns.contents.push((at, when)),
                    _ => return None,
                },
                _ => {}
            }
        }
        (columns.values.len() + columns.contents.len() + columns.words.len() > 0).then_some(columns)
    }

    fn sizes(&self, count: &str) -> String {
        let times = |columns: usize| match columns {
            0 => "0".into(),
            1 => count.to_string(),
            several => format!("{several} * {count}"),
        };
        let (always, others): (Vec<_>, Vec<_>) = self.contents.iter().partition(|(_, when)| *when == When::Always);
        let mut numbers = times(self.values.len() + always.len());
        for (_, when) in others {
            numbers = format!("{numbers} + usize::from({}) * {count}", when.text());
        }
        format!("{}, {}", numbers.trim_start_matches("0 + "), times(self.words.len()))
    }

    /// The columns by name, of what `room` or `top` of the stack gives.
    pub(crate) fn begin(&self, texts: &Texts<'_>, method: &str, count: &str) -> String {
        let mut out = format!("let (numbers, words) = stack.{method}({});\n", self.sizes(count));
        let split = if method == "room" { "split_at_mut" } else { "split_at" };
        let contents = self.contents.iter().map(|(at, when)| (content(self.body, *at), when.clone()));
        let values = |ids: &'_ [Id]| ids.iter().map(|&id| (value(texts, id), When::Always)).collect::<Vec<_>>();
        let numbers = values(&self.values).into_iter().chain(contents);
        let words = values(&self.words).into_iter();
        let all = numbers.map(|column| (column, "numbers")).chain(words.map(|column| (column, "words")));
        for ((name, when), of) in all {
            let len = match when {
                When::Always => count.to_string(),
                _ => format!("usize::from({}) * {count}", when.text()),
            };
            let _ = writeln!(out, "let ({name}, {of}) = {of}.{split}({len});");
        }
        out
    }

    /// Gives the columns back.
    pub(crate) fn end(&self, count: &str) -> String {
        format!("stack.drop_top({});\n", self.sizes(count))
    }
}

/// The name of the column of a scalar.
pub(crate) fn value(texts: &Texts<'_>, id: Id) -> String {
    format!("{}_saved", texts.name(id))
}

/// The name of the column of what a write does away with.
pub(crate) fn content(body: BlockId, at: usize) -> String {
    format!("content_{body}_{at}_saved")
}

/// Whether a branch saves something.
fn saves(plan: &Plan, block: &Block) -> bool {
    plan.saved.get(&block.id).is_some_and(|saved| !saved.is_empty())
        || block.stmts.iter().enumerate().any(|(at, stmt)| match stmt {
            Stmt::If { then, otherwise, .. } => saves(plan, then) || saves(plan, otherwise),
            Stmt::Call(_) => true,
            _ => plan.saves_content(block.id, at, 0).possible(),
        })
}
