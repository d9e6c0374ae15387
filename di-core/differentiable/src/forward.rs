//! Writes statements in their order: the tangent, and the forward sweep of the adjoint.

mod call;

use crate::activity::Activity;
use crate::columns::{self, Columns};
use crate::form::{Block, Fill, Id, Loop, Place, Range, RootId, Source, Stmt, Store, Ty};
use crate::lanes::{Segment, Users};
use crate::live::Live;
use crate::looks::Looks;
use crate::plan::Plan;
use crate::text::Texts;
use crate::views::Inner;
use crate::when::When;
use std::fmt::Write;

/// A writer of statements in their order.
pub(crate) struct Forward<'a> {
    pub(crate) texts: Texts<'a>,
    pub(crate) activity: &'a Activity,
    /// Tangents beside the values.
    pub(crate) tangent: Option<(&'a Users, &'a Looks)>,
    /// What is saved, in the forward sweep of an adjoint.
    pub(crate) plan: Option<(&'a Plan, &'a Live)>,
}

impl Forward<'_> {
    pub(crate) fn active(&self, id: Id) -> bool {
        self.tangent.is_some() && self.activity.value(id)
    }

    fn live(&self, id: Id) -> bool {
        self.plan.is_none_or(|(_, live)| live.has(id))
    }

    /// Whether a scalar or a write is wanted.
    fn keeps(&self, stmt: &Stmt) -> bool {
        self.plan.is_none_or(|(_, live)| match stmt {
            Stmt::Let(id) => live.has(*id),
            Stmt::Store { place, .. } => live.root_when(place.root).possible(),
            Stmt::Call(call) => live.keeps_call(call).possible(),
            _ => true,
        })
    }

    /// The tangent of a scalar; zero if it has none.
    pub(crate) fn dot(&self, id: Id) -> String {
        if self.active(id) { format!("{}_dot", self.texts.name(id)) } else { format!("[{}; K]", self.texts.zero()) }
    }

    pub(crate) fn block(&self, block: &Block) -> String {
        let mut out = String::new();
        if let Some((users, _)) = self.tangent {
            self.segments(users, block, &mut out);
            return out;
        }
        (0..block.stmts.len()).for_each(|at| out += &self.one(block, at));
        if let Some((plan, _)) = self.plan {
            self.save(block, plan, &mut out);
        }
        out
    }

    /// A statement of a block, if it is wanted.
    pub(crate) fn one(&self, block: &Block, at: usize) -> String {
        let stmt = &block.stmts[at];
        let when = self.plan.map_or(When::Always, |(plan, live)| live.keeps(plan, block, at));
        let mut code = String::new();
        if when.possible() {
            self.stmt(stmt, block, at, &mut code);
        }
        if self.plan.is_some_and(|(_, live)| live.defines(stmt)) { code } else { when.guard(&code) }
    }

    /// What the end of a block saves.
    fn save(&self, block: &Block, plan: &Plan, out: &mut String) {
        let mut numbers = vec![];
        for &id in plan.saved.get(&block.id).into_iter().flatten() {
            let name = self.texts.name(id);
            let ty = &self.texts.function.values[id].ty;
            if let Some(index) = self.texts.views.column(block.id) {
                let word = if ty.is_active() { "" } else { ".to_word()" };
                let _ = writeln!(out, "{}[{index}] = {name}{word};", columns::value(&self.texts, id));
                continue;
            }
            let _ = match ty {
                Ty::Active => {
                    numbers.push(name);
                    Ok(())
                }
                Ty::Plain(Some(_)) => writeln!(out, "stack.push_word({name});"),
                Ty::Plain(None) => writeln!(out, "stack.push_kind(&{name}_kind, {name});"),
            };
        }
        let _ = match &numbers[..] {
            [] => Ok(()),
            [name] => writeln!(out, "stack.push({name});"),
            names => writeln!(out, "stack.push_all([{}]);", names.join(", ")),
        };
    }

    /// A block of a tangent: straight code in segments, and the statements between them.
    fn segments(&self, users: &Users, block: &Block, out: &mut String) {
        let mut segment = Segment::default();
        for (at, stmt) in block.stmts.iter().enumerate() {
            if segment.takes(self.texts.function, stmt, (block.id, at)) {
                continue;
            }
            std::mem::take(&mut segment).write(self, users, out);
            if !segment.takes(self.texts.function, stmt, (block.id, at)) {
                self.stmt(stmt, block, at, out);
            }
        }
        segment.write(self, users, out);
    }

    /// Writes a value into memory.
    pub(crate) fn store_value(&self, place: &Place, kind: Store, value: Id, out: &mut String) {
        let sign = match kind {
            Store::Set => "=",
            Store::Add => "+=",
            Store::Sub => "-=",
        };
        let code = self.texts.write("", place, sign, self.texts.name(value));
        *out += &match self.tangent {
            Some((_, looks)) => looks.wanted(self.texts.function, place.root).guard(&code),
            None => code,
        };
    }

    fn stmt(&self, stmt: &Stmt, block: &Block, at: usize, out: &mut String) {
        let texts = &self.texts;
        let overwrites = self.plan.map_or(When::Never, |(plan, _)| plan.saves_content(block.id, at, 0));
        match stmt {
            Stmt::Let(id) => {
                let _ = writeln!(out, "let {} = {};", texts.name(*id), texts.value(*id));
            }
            Stmt::Store { place, kind, value } => {
                let target = texts.place(place);
                let is_active = texts.function.roots[place.root].ty.is_active();
                let method = if is_active { "push" } else { "push_word" };
                *out += &match texts.views.column(block.id).filter(|_| overwrites.possible()) {
                    Some(index) => {
                        overwrites.guard(&format!("{}[{index}] = {target};\n", columns::content(block.id, at)))
                    }
                    None => overwrites.guard(&format!("stack.{method}({target});\n")),
                };
                self.store_value(place, *kind, *value, out);
            }
            Stmt::Begin { root, len, fill } => self.begin(*root, *len, fill, &overwrites, out),
            Stmt::If { condition, then, otherwise, results } => {
                let results: Vec<_> = results.iter().filter(|[result, ..]| self.live(*result)).collect();
                let names = results.iter().flat_map(|[result, ..]| self.pair(*result, *result)).collect();
                let ends = |side: usize| results.iter().flat_map(|ids| self.pair(ids[0], ids[side])).collect();
                if !results.is_empty() {
                    let _ = write!(out, "let {} = ", tuple(names));
                }
                let _ = writeln!(out, "if {} {{", texts.name(*condition));
                let _ = write!(out, "{}", self.block(then));
                let second = self.block(otherwise);
                if results.is_empty() {
                    let end = if second.is_empty() { String::new() } else { format!("else {{\n{second}}}") };
                    let _ = writeln!(out, "}} {end}");
                } else {
                    let _ = writeln!(out, "{} }} else {{\n{second}{} }};", tuple(ends(1)), tuple(ends(2)));
                }
            }
            Stmt::Loop(inner) => self.cycle(inner, out),
            Stmt::Call(call) => self.call(call, (block.id, at), out),
            Stmt::Assert { text, .. } => {
                let _ = writeln!(out, "{text};");
            }
        }
    }

    /// A scalar and, where `as_of` has one, its tangent.
    fn pair(&self, as_of: Id, id: Id) -> Vec<String> {
        let mut pair = vec![self.texts.name(id).to_string()];
        if self.active(as_of) {
            pair.push(self.dot(id));
        }
        pair
    }

    fn begin(&self, root: RootId, len: Id, fill: &Fill, overwrites: &When, out: &mut String) {
        let texts = &self.texts;
        let (name, len) = (texts.root(root), texts.name(len));
        let is_active = texts.function.roots[root].ty.is_active();
        let is_vector = texts.is_vector(root);
        let method = if is_active { "push_slice" } else { "push_words" };
        if is_vector {
            let first = match fill {
                Fill::Repeat(id) => texts.name(*id).to_string(),
                _ if !is_active => "Default::default()".into(),
                _ => texts.zero(),
            };
            let _ = writeln!(out, "{name}.grow({len}, {first});");
        }
        *out += &overwrites.guard(&format!("stack.{method}({});\n", self.whole(root, name, len)));
        match fill {
            Fill::Repeat(id) if is_vector => {
                let _ = writeln!(out, "{name}[..{len}].fill({});", texts.name(*id));
            }
            Fill::Repeat(id) => {
                let _ = writeln!(out, "{name} = {};", texts.shaped(root, texts.name(*id)));
            }
            Fill::List(ids) => {
                let names: Vec<_> = ids.iter().map(|&id| texts.name(id)).collect();
                let _ = writeln!(out, "{name} = [{}];", names.join(", "));
            }
            Fill::Unspecified => {}
        }
        let shadowed = self.activity.root(root);
        if shadowed && is_vector && self.plan.is_some_and(|(plan, _)| !plan.apart) {
            let _ = writeln!(out, "{name}_bar.grow({len}, {});", texts.zero());
        }
        if !(shadowed && self.tangent.is_some()) {
            return;
        }
        let zeros = format!("[{}; K]", texts.zero());
        if is_vector {
            let _ = writeln!(out, "{name}_dot.grow({len}, {zeros});");
        }
        match fill {
            Fill::Repeat(id) if is_vector => {
                let _ = writeln!(out, "{name}_dot[..{len}].fill({});", self.dot(*id));
            }
            Fill::Repeat(id) => {
                let _ = writeln!(out, "{name}_dot = {};", texts.shaped(root, &self.dot(*id)));
            }
            Fill::List(ids) => {
                let dots: Vec<_> = ids.iter().map(|&id| self.dot(id)).collect();
                let _ = writeln!(out, "{name}_dot = [{}];", dots.join(", "));
            }
            Fill::Unspecified => {}
        }
    }

    /// All of a root as a slice.
    fn whole(&self, root: RootId, name: &str, len: &str) -> String {
        match &self.texts.function.roots[root].source {
            Source::Array(dimensions) => format!("&{name}{}", ".as_flattened()".repeat(dimensions.len() - 1)),
            _ => format!("&{name}[..{len}]"),
        }
    }

    pub(crate) fn range(&self, range: &Range) -> String {
        let texts = &self.texts;
        let (low, high) = (texts.name(range.low), texts.name(range.high));
        match (range.step, range.reversed) {
            (None, false) => format!("{low}..{high}"),
            (None, true) => format!("({low}..{high}).rev()"),
            (Some(step), false) => format!("({low}..{high}).step_by({})", texts.name(step)),
            (Some(step), true) => format!("({low}..{high}).step_by({}).rev()", texts.name(step)),
        }
    }

    fn cycle(&self, inner: &Loop, out: &mut String) {
        let texts = &self.texts;
        let carried: Vec<_> =
            inner.carried.iter().filter(|carried| self.live(carried.entering) || self.live(carried.result)).collect();
        for carried in &carried {
            let ty = match &texts.function.values[carried.entering].ty {
                Ty::Active => format!(": {}", texts.scalar),
                Ty::Plain(Some(name)) if !name.contains('_') => format!(": {name}"),
                Ty::Plain(_) => String::new(),
            };
            let name = texts.name(carried.entering);
            let _ = writeln!(out, "let mut {name}{ty} = {};", texts.name(carried.initial));
            if self.active(carried.entering) {
                let _ = writeln!(out, "let mut {name}_dot = {};", self.dot(carried.initial));
            }
        }
        let trips = inner.trips.filter(|id| self.plan.is_some() && self.live(*id)).map(|id| texts.name(id));
        if let Some(trips) = trips {
            let _ = writeln!(out, "let mut {trips} = 0_usize;");
        }
        let regular = Inner::of(texts.function, inner, &|stmt| self.keeps(stmt)).filter(|_| trips.is_none());
        let head = match &inner.range {
            _ if regular.is_some() => String::new(),
            Some(range) => format!("for {} in {}", texts.name(range.variable), self.range(range)),
            None => "loop".into(),
        };
        if let Some(regular) = &regular {
            let kinds: &[_] = if self.tangent.is_some() { &["", "_dot"] } else { &[""] };
            let reversed = if regular.range.reversed { When::Always } else { When::Never };
            let (before, head) = regular.head(texts, &reversed);
            let cut = regular.cut(texts, kinds, |root| self.activity.root(root));
            *out += &before;
            let columns = self.plan.and_then(|(plan, _)| Columns::of(texts.function, plan, inner));
            if let Some(columns) = columns {
                *out += &columns.begin(texts, "room", &regular.count(texts));
                texts.views.save_in_columns(inner.body.id, regular.index(texts));
            }
            let lanes = if self.tangent.is_some() { "storage::by_lanes::<K>();\n" } else { "" };
            let _ = write!(out, "{cut}{head}{lanes}{}", self.block(&inner.body));
            texts.views.clear();
        } else {
            let _ = write!(out, "{head} {{\n{}", self.block(&inner.body));
        }
        if let Some(trips) = trips {
            let _ = writeln!(out, "{trips} += 1;");
        }
        let entering: Vec<_> = carried.iter().flat_map(|c| self.pair(c.entering, c.entering)).collect();
        let leaving: Vec<_> = carried.iter().flat_map(|c| self.pair(c.entering, c.leaving)).collect();
        if !entering.is_empty() {
            let _ = writeln!(out, "{} = {};", tuple(entering), tuple(leaving));
        }
        if let Some(exit) = inner.exit {
            let _ = writeln!(out, "if {} {{ break; }}", texts.name(exit));
        }
        let _ = writeln!(out, "}}");
    }
}

/// One name by itself, several in parentheses.
pub(crate) fn tuple(names: Vec<String>) -> String {
    if names.len() == 1 { names.concat() } else { format!("({})", names.join(", ")) }
}

/// A sum, with a minus sign in place of `+ -`.
pub(crate) fn joined(terms: &[String]) -> String {
    terms.iter().enumerate().fold(String::new(), |sum, (at, term)| match term.strip_prefix('-') {
        Some(rest) if at > 0 => format!("{sum} - {rest}"),
        _ if at > 0 => format!("{sum} + {}", bracketed(term)),
        _ => bracketed(term),
    })
}

fn bracketed(term: &str) -> String {
    if term.starts_with("if") { format!("({term})") } else { term.into() }
}
