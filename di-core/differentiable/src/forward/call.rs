//! Calls of functions that have derivative code.

use super::Forward;
use crate::form::{Argument, BlockId, Call};
use crate::looks::VALUES;
use crate::split::Split;
use crate::when::When;
use std::fmt::Write;

impl Forward<'_> {
    pub(super) fn call(&self, call: &Call, (block, at): (BlockId, usize), out: &mut String) {
        let texts = &self.texts;
        let split = Split::of(*texts, call);
        let mut arguments = Vec::new();
        for (i, argument) in call.arguments.iter().enumerate() {
            match argument {
                Argument::Active(pack) => {
                    arguments.push(pack.value(&mut |id| texts.name(id).into()));
                    if self.tangent.is_some() {
                        arguments.push(pack.value(&mut |id| self.dot(id)));
                    }
                }
                Argument::Plain(id) => arguments.push(texts.name(*id).to_string()),
                Argument::Stretch(stretch) => {
                    let (name, part) = (texts.root(stretch.root), texts.stretch(stretch));
                    let borrow = if stretch.mutable { "&mut " } else { "&" };
                    if let (true, Some((plan, _))) = (stretch.mutable, self.plan) {
                        let words = if texts.function.roots[stretch.root].ty.is_active() { "slice" } else { "words" };
                        let save = format!("stack.push_{words}(&{name}{part});\n");
                        *out += &plan.saves_content(block, at, i).guard(&save);
                    }
                    let own = split.argument("", i, stretch);
                    arguments.push(own.unwrap_or_else(|| format!("{borrow}{name}{part}")));
                    if self.tangent.is_some() && texts.function.roots[stretch.root].ty.is_active() {
                        if self.activity.root(stretch.root) {
                            let own = split.argument("_dot", i, stretch);
                            arguments.push(own.unwrap_or_else(|| format!("{borrow}{name}_dot{part}")));
                        } else {
                            let len = texts.name(stretch.len);
                            let zeros = format!("{borrow}*storage::Buffer::filled({len}, [{}; K])", texts.zero());
                            arguments.push(zeros);
                        }
                    }
                }
            }
        }
        let function = match self.plan {
            Some(_) if !call.is_of_numbers() => {
                arguments.push("stack".into());
                call.companion("forward")
            }
            _ if self.tangent.is_some() => call.companion("tangent"),
            _ => format!("{}{}", call.prefix, call.name),
        };
        let named =
            |end: &str| call.returned.as_ref().map(|pack| pack.pattern(&mut |id| format!("{}{end}", texts.name(id))));
        let results = match (named(""), named("_dot").filter(|_| self.tangent.is_some())) {
            (None, _) => String::new(),
            (Some(names), None) => format!("let {names} = "),
            (Some(names), Some(dots)) => format!("let ({names}, {dots}) = "),
        };
        *out += &split.before("", |_| true);
        if self.tangent.is_some() {
            *out += &split.before("_dot", |root| self.activity.root(root));
        }
        let mut arguments = arguments.join(", ");
        if let Some((_, looks)) = self.tangent.filter(|_| !call.is_of_numbers()) {
            let wanted = looks.wanted_of(texts.function, call);
            let values = |told: &str| format!("{arguments}, storage::Values::<{told}>");
            arguments = match &wanted {
                When::Always => values("true"),
                When::Never => values("false"),
                When::If(constants) if constants.len() > 1 => {
                    let (with, without) = (values("true"), values("false"));
                    let condition = wanted.text();
                    let _ = writeln!(
                        out,
                        "{results}if {condition} {{ {function}({with}) }} else {{ {function}({without}) }};"
                    );
                    return;
                }
                When::If(_) => values(VALUES),
            };
        }
        let _ = writeln!(out, "{results}{function}({arguments});");
    }
}
