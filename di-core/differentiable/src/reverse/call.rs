//! The reverse of calls.

use super::{Item, Reverse, code};
use crate::form::{Argument, BlockId, Call, Id};
use crate::forward::tuple;
use crate::pack::Pack;
use crate::split::Split;
use std::fmt::Write;

impl Reverse<'_> {
    pub(super) fn call(&mut self, call: &Call, (block, place): (BlockId, usize), items: &mut Vec<Item>) {
        let texts = self.texts;
        let mut before = String::new();
        let mut after = self.brought_back(call, (block, place));
        let mut arguments = Vec::new();
        let mut bars = Vec::new();
        let split = Split::of(texts, call);
        let (cut, mut used) = (split.cut(), split.roots());
        for (at, argument) in call.arguments.iter().enumerate() {
            match argument {
                Argument::Active(pack) => {
                    arguments.push(pack.value(&mut |id| texts.name(id).into()));
                    let mut part = 0;
                    bars.push(pack.map(&mut |id| {
                        part += 1;
                        (id, at, part)
                    }));
                }
                Argument::Plain(id) => arguments.push(texts.name(*id).to_string()),
                Argument::Stretch(stretch) => {
                    let (name, place) = (texts.root(stretch.root), texts.stretch(stretch));
                    let own = split.argument("", at, stretch);
                    arguments.push(
                        own.unwrap_or_else(|| format!("{}{name}{place}", if stretch.mutable { "&mut " } else { "&" })),
                    );
                    if !texts.function.roots[stretch.root].ty.is_active() {
                        continue;
                    }
                    let len = texts.name(stretch.len);
                    if !self.activity.root(stretch.root) {
                        arguments.push(format!("&mut *storage::Buffer::filled({len}, {})", texts.zero()));
                    } else if cut.contains(&at) {
                        arguments.extend(split.argument("_bar", at, stretch));
                    } else if let Some(view) = self.beside(call, at, &mut before) {
                        arguments.push(view);
                    } else if used.insert(stretch.root) {
                        arguments.push(format!("&mut {name}_bar{place}"));
                    } else {
                        let other = format!("{name}_bar_{at}");
                        let _ = writeln!(before, "let mut {other} = storage::Buffer::filled({len}, {});", texts.zero());
                        let _ = writeln!(after, "storage::add_to(&mut {name}_bar{place}, &{other});");
                        arguments.push(format!("&mut {other}"));
                    }
                }
            }
        }
        let again = call.is_of_numbers() && self.plan.replayed.contains(&(block, place));
        arguments.extend(again.then(|| self.slopes(call)));
        arguments.push(call.returned.as_ref().map_or_else(
            || "Default::default()".into(),
            |pack| pack.value(&mut |id| if self.touched.contains(&id) { self.bar(id) } else { texts.zero() }),
        ));
        arguments.push("stack".into());
        let which = match call.is_of_numbers() {
            _ if again => "transpose",
            true => "adjoint",
            false => "reverse",
        };
        let name = |(_, at, part): (Id, usize, usize)| format!("{}_bar_{at}_{part}", call.name);
        let names: Vec<_> = bars.iter().map(|pack| pack.pattern(&mut { name })).collect();
        let bound = if names.is_empty() { String::new() } else { format!("let {} = ", tuple(names)) };
        before += &split.before("", |_| true);
        before += &split.cuts("_bar", |root| self.activity.root(root));
        let text = format!("{before}{bound}{}({});\n{after}", call.companion(which), arguments.join(", "));
        items.push(code(text));
        for part in bars.iter().flat_map(Pack::flat) {
            self.add(items, part.0, name(part));
        }
    }

    /// What the derivative of a function of numbers is made of, where it is evaluated again.
    fn slopes(&self, call: &Call) -> String {
        let name = call.results().first().map_or(call.name.as_str(), |&id| self.texts.name(id)).to_string();
        format!("{name}_slopes")
    }

    /// Evaluates a function of numbers again, so that the reverse of the call need not.
    pub(super) fn linearized(&self, call: &Call) -> String {
        let texts = self.texts;
        let arguments: Vec<_> = call
            .arguments
            .iter()
            .map(|argument| match argument {
                Argument::Active(pack) => pack.value(&mut |id| texts.name(id).into()),
                Argument::Plain(id) => texts.name(*id).into(),
                Argument::Stretch(_) => String::new(),
            })
            .collect();
        let names = call.returned.as_ref().map(|pack| pack.pattern(&mut |id| texts.name(id).into()));
        let (names, slopes) = (names.unwrap_or_else(|| "_".into()), self.slopes(call));
        format!("let ({names}, {slopes}) = {}({});\n", call.companion("linearize"), arguments.join(", "))
    }

    /// Adjoints of two stretches of one slice of which one begins where the other ends, or after a gap: the slice is split there.
    fn beside(&self, call: &Call, at: usize, before: &mut String) -> Option<String> {
        let texts = self.texts;
        let Argument::Stretch(this) = &call.arguments[at] else { return None };
        let mut same = call.arguments.iter().enumerate().filter_map(|(at, argument)| match argument {
            Argument::Stretch(other) if other.root == this.root => Some((at, other)),
            _ => None,
        });
        let (Some(one), Some(two), None) = (same.next(), same.next(), same.next()) else { return None };
        let (first, second) = if one.1.ends_before(two.1, texts.function) {
            (one, two)
        } else if two.1.ends_before(one.1, texts.function) {
            (two, one)
        } else {
            return None;
        };
        let name = format!("{}_bar", texts.root(this.root));
        let (low, high) = (format!("{name}_low"), format!("{name}_high"));
        if at == one.0 {
            let middle = texts.index(&second.1.offset);
            let _ = writeln!(before, "let ({low}, {high}) = {name}.split_at_mut({middle});");
        }
        if at == first.0 {
            return Some(format!("&mut {low}{}", texts.stretch(this)));
        }
        Some(format!("&mut {high}[..{}]", texts.name(this.len)))
    }

    /// What a call has overwritten comes back after its reverse.
    fn brought_back(&mut self, call: &Call, (block, at): (BlockId, usize)) -> String {
        let texts = self.texts;
        let mut after = String::new();
        for (i, argument) in call.arguments.iter().enumerate().rev() {
            let Argument::Stretch(stretch) = argument else { continue };
            if !stretch.mutable {
                continue;
            }
            // The reverse of the function may undo what it has written.
            let mut undone = call.reads(i);
            undone.join(&self.plan.saves_content(block, at, i));
            self.restored.entry(stretch.root).or_default().join(&undone);
            let target = format!("{}{}", texts.root(stretch.root), texts.stretch(stretch));
            let words = if texts.function.roots[stretch.root].ty.is_active() { "slice" } else { "words" };
            let back = format!("stack.pop_{words}(&mut {target});\n");
            after += &self.plan.saves_content(block, at, i).guard(&back);
        }
        after
    }
}
