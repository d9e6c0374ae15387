//! Writes the reverse sweep of the adjoint.

mod call;
mod cycle;
mod value;

pub(crate) use value::{Beside, WANTED};

use crate::activity::Activity;
use crate::columns;
use crate::form::{Arithmetic, Block, BlockId, Fill, Id, Op, RootId, Source, Stmt, Store, Ty};
use crate::forward::Forward;
use crate::plan::{Plan, partner};
use crate::shadows::Shadows;
use crate::text::Texts;
use crate::when::When;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use value::Values;

/// A writer of the reverse sweep.
pub(crate) struct Reverse<'a> {
    texts: Texts<'a>,
    activity: &'a Activity,
    plan: &'a Plan,
    /// Scalars whose adjoint has begun.
    pub(crate) touched: BTreeSet<Id>,
    /// Memory that is made what it was before.
    pub(crate) restored: BTreeMap<RootId, When>,
    /// How adjoints of memory are reached in the loop that is being written.
    shadows: Shadows,
    /// The body of the loop that is being written, in a pass that does a part of it.
    partial: Option<BlockId>,
    /// The loop whose iterations are reversed where they are computed.
    beside: Option<Beside<'a>>,
    /// What that computes, while it is being written.
    values: Option<Values<'a>>,
}

/// A name and what it stands for.
type Factor = (String, String);

/// A piece of the reverse of a block.
enum Item {
    /// Code, and the scalars of outer blocks that it adds to.
    Code(String, BTreeSet<Id>),
    /// What is added to the adjoint of a scalar.
    Add(Id, String),
}

impl<'a> Reverse<'a> {
    pub(crate) fn new(texts: Texts<'a>, activity: &'a Activity, plan: &'a Plan, beside: Option<Beside<'a>>) -> Self {
        let (touched, restored, shadows) = (BTreeSet::new(), BTreeMap::new(), Shadows::default());
        Self { texts, activity, plan, touched, restored, shadows, partial: None, beside, values: None }
    }

    fn bar(&self, id: Id) -> String {
        format!("{}_bar", self.texts.name(id))
    }

    fn active(&self, id: Id) -> bool {
        self.activity.value(id)
    }

    fn add(&mut self, items: &mut Vec<Item>, id: Id, text: String) {
        if self.active(id) {
            self.touched.insert(id);
            items.push(Item::Add(id, text));
        }
    }

    /// The reverse of a block, begun with what its surroundings add, and the outer scalars it adds to.
    pub(crate) fn block(&mut self, block: &Block, seeds: &[(Id, String)]) -> (String, BTreeSet<Id>) {
        let mut items = Vec::new();
        for (id, text) in seeds {
            self.add(&mut items, *id, text.clone());
        }
        for (at, stmt) in block.stmts.iter().enumerate().rev() {
            self.stmt(stmt, block, at, &mut items);
        }
        let mut out = self.prelude(block);
        if let Some(values) = self.computed_with(block.id) {
            out += &self.values(values, block);
        }
        let outer = self.finish(block, items, &mut out);
        (out, outer)
    }

    fn is_saved(&self, block: usize, id: Id) -> bool {
        self.plan.saved.get(&block).is_some_and(|saved| saved.contains(&id))
    }

    /// What was saved comes back, and what is cheap is computed again.
    fn prelude(&self, block: &Block) -> String {
        let mut out = String::new();
        if self.plan.stays_in_scope(block.id) {
            return out;
        }
        let mut numbers = vec![];
        for &id in self.plan.saved.get(&block.id).into_iter().flatten().rev() {
            let value = &self.texts.function.values[id];
            if let Some(index) = self.texts.views.column(block.id) {
                let entry = format!("{}[{index}]", columns::value(&self.texts, id));
                let _ = match &value.ty {
                    Ty::Plain(Some(ty)) => {
                        writeln!(out, "let {}: {ty} = storage::Word::from_word({entry});", value.name)
                    }
                    _ => writeln!(out, "let {} = {entry};", value.name),
                };
                continue;
            }
            let _ = match &value.ty {
                Ty::Active => {
                    numbers.insert(0, value.name.as_str());
                    Ok(())
                }
                Ty::Plain(Some(ty)) => writeln!(out, "let {}: {ty} = stack.pop_word();", value.name),
                Ty::Plain(None) => writeln!(out, "let {0} = stack.pop_kind(&{0}_kind);", value.name),
            };
        }
        let _ = match &numbers[..] {
            [] => Ok(()),
            [name] => writeln!(out, "let {name} = stack.pop();"),
            names => writeln!(out, "let [{}] = stack.pop_all();", names.join(", ")),
        };
        let forward = Forward { texts: self.texts, activity: self.activity, tangent: None, plan: None };
        for (at, stmt) in block.stmts.iter().enumerate() {
            let wanted = self.computes(block, at, stmt);
            if let (Stmt::Call(call), true) = (stmt, wanted) {
                out += &self.linearized(call);
            } else if wanted {
                let once = Block { id: block.id, stmts: vec![stmt.clone()] };
                out += &forward.block(&once);
            }
        }
        out
    }

    /// Whether the reverse of a block computes a statement again.
    fn computes(&self, block: &Block, at: usize, stmt: &Stmt) -> bool {
        match stmt {
            Stmt::Let(id) => self.plan.needed.contains(id) && !self.is_saved(block.id, *id),
            Stmt::If { .. } | Stmt::Call(_) => self.plan.replayed.contains(&(block.id, at)),
            _ => false,
        }
    }

    /// Whether this pass over a loop leaves to another what is added to a scalar.
    fn is_left_out(&self, id: Id) -> bool {
        let function = self.texts.function;
        self.partial.is_some_and(|body| !function.is_within(function.values[id].block, body))
    }

    /// Writes the items, each adjoint declared where it begins.
    fn finish(&self, block: &Block, items: Vec<Item>, out: &mut String) -> BTreeSet<Id> {
        let (mut outer, mut declared) = (BTreeSet::new(), BTreeSet::new());
        let here = |id: &Id| self.texts.function.values[*id].block == block.id;
        let mut counts = BTreeMap::<Id, usize>::new();
        for item in &items {
            match item {
                Item::Add(id, _) => *counts.entry(*id).or_default() += 1,
                Item::Code(_, ids) => ids.iter().for_each(|id| *counts.entry(*id).or_default() += 2),
            }
        }
        for item in items {
            match item {
                Item::Add(id, _) if self.is_left_out(id) => {}
                Item::Add(id, text) if !here(&id) || declared.contains(&id) => {
                    let _ = match text.strip_prefix('-') {
                        Some(rest) if !text.contains(" + ") => writeln!(out, "{} -= {rest};", self.bar(id)),
                        _ => writeln!(out, "{} += {text};", self.bar(id)),
                    };
                    if !here(&id) {
                        outer.insert(id);
                    }
                }
                Item::Add(id, text) => {
                    declared.insert(id);
                    let mutable = if counts[&id] > 1 { "mut " } else { "" };
                    let _ = writeln!(out, "let {mutable}{} = {text};", self.bar(id));
                }
                Item::Code(text, ids) => {
                    for id in ids.into_iter().filter(|&id| !self.is_left_out(id)) {
                        if !here(&id) {
                            outer.insert(id);
                        } else if declared.insert(id) {
                            let _ = writeln!(out, "let mut {} = {};", self.bar(id), self.texts.zero());
                        }
                    }
                    *out += &text;
                }
            }
        }
        outer
    }

    fn stmt(&mut self, stmt: &Stmt, block: &Block, at: usize, items: &mut Vec<Item>) {
        let texts = self.texts;
        let overwritten = self.plan.saves_content(block.id, at, 0);
        match stmt {
            Stmt::Let(id) => self.operation(*id, items),
            Stmt::Store { place, kind, value } => {
                if overwritten.possible() {
                    self.restored.entry(place.root).or_default().join(&overwritten);
                    let method = if texts.function.roots[place.root].ty.is_active() { "pop" } else { "pop_word" };
                    let old = match texts.views.column(block.id) {
                        Some(index) => format!("{}[{index}]", columns::content(block.id, at)),
                        None => format!("stack.{method}()"),
                    };
                    items.push(code(overwritten.guard(&texts.write("", place, "=", &old))));
                }
                if !self.activity.root(place.root) {
                    return;
                }
                let shadow = self.shadows.get(&texts, place);
                let sign = if *kind == Store::Sub { "-" } else { "" };
                self.add(items, *value, format!("{sign}{shadow}"));
                if *kind == Store::Set {
                    items.push(code(self.shadows.clear(&texts, place)));
                }
            }
            Stmt::Begin { root, len, fill } => self.begin(*root, *len, fill, &overwritten, items),
            Stmt::If { condition, then, otherwise, results } => {
                let active: Vec<_> =
                    results.iter().filter(|[id, ..]| self.active(*id) && self.touched.contains(id)).collect();
                let seeds = |side: usize| -> Vec<_> {
                    active.iter().map(|ids| (ids[side], format!("{}_bar", texts.name(ids[0])))).collect()
                };
                let (first, mut outer) = self.block(then, &seeds(1));
                let (second, more) = self.block(otherwise, &seeds(2));
                outer.extend(more);
                if first.is_empty() && second.is_empty() {
                    return;
                }
                let condition = texts.name(*condition);
                items.push(Item::Code(
                    match (first.is_empty(), second.is_empty()) {
                        (_, true) => format!("if {condition} {{\n{first}}}\n"),
                        (true, _) => format!("if !{condition} {{\n{second}}}\n"),
                        _ => format!("if {condition} {{\n{first}}} else {{\n{second}}}\n"),
                    },
                    outer,
                ));
            }
            Stmt::Loop(inner) => self.cycle(inner, items),
            Stmt::Call(call) => self.call(call, (block.id, at), items),
            Stmt::Assert { .. } => {}
        }
    }

    fn operation(&mut self, id: Id, items: &mut Vec<Item>) {
        if !self.active(id) || !self.touched.contains(&id) {
            return;
        }
        let texts = self.texts;
        let bar = self.bar(id);
        if let Op::Load(place) = &texts.function.values[id].op {
            if self.activity.root(place.root) {
                items.push(code(self.shadows.add(&texts, place, &bar)));
            }
            return;
        }
        let (factors, terms) = self.derivative(id, &bar);
        for (name, text) in factors {
            items.push(code(format!("let {name} = {text};\n")));
        }
        for (operand, text) in terms {
            self.add(items, operand, text);
        }
    }

    /// What is computed once, with names, and what is added to the adjoint of each operand.
    fn derivative(&self, id: Id, bar: &str) -> (Vec<Factor>, Vec<(Id, String)>) {
        let (texts, function) = (self.texts, self.texts.function);
        if let Op::Arithmetic(Arithmetic::Div, a, b) = function.values[id].op {
            // One division for both operands.
            let over = format!("{}_over", texts.name(id));
            let terms = vec![(a, over.clone()), (b, format!("-({over} * {})", texts.name(id)))];
            return (vec![(over, format!("{bar} / {}", texts.name(b)))], terms);
        }
        let (mut factors, terms) = texts.derivative(id, |id| self.activity.value(id));
        if let (Some((partner, sign)), [factor]) = (partner(function, id), &mut factors[..]) {
            factor.1 = format!("{sign}{}", texts.name(partner));
        }
        (factors, terms.into_iter().map(|term| (term.operand, term.along(bar))).collect())
    }

    fn begin(&mut self, root: RootId, len: Id, fill: &Fill, overwritten: &When, items: &mut Vec<Item>) {
        let texts = self.texts;
        let (name, len) = (texts.root(root), texts.name(len));
        if overwritten.possible() {
            let method = if texts.function.roots[root].ty.is_active() { "pop_slice" } else { "pop_words" };
            let flat = match &texts.function.roots[root].source {
                Source::Array(dimensions) => {
                    format!("&mut {name}{}", ".as_flattened_mut()".repeat(dimensions.len() - 1))
                }
                _ => format!("&mut {name}[..{len}]"),
            };
            items.push(code(overwritten.guard(&format!("stack.{method}({flat});\n"))));
        }
        if !self.activity.root(root) {
            return;
        }
        let zero = texts.zero();
        match fill {
            Fill::Repeat(id) if self.active(*id) => {
                let flat = match &texts.function.roots[root].source {
                    Source::Array(dimensions) => {
                        format!("{name}_bar{}", ".as_flattened()".repeat(dimensions.len() - 1))
                    }
                    _ => format!("{name}_bar[..{len}]"),
                };
                self.add(items, *id, format!("{}::sum_of(&{flat})", texts.scalar));
            }
            Fill::List(ids) => {
                for (i, &id) in ids.iter().enumerate() {
                    self.add(items, id, format!("{name}_bar[{i}]"));
                }
            }
            _ => {}
        }
        if matches!(fill, Fill::Unspecified) {
            return;
        }
        let clear = if texts.is_vector(root) {
            format!("{name}_bar[..{len}].fill({zero});\n")
        } else {
            format!("{name}_bar = {};\n", texts.shaped(root, &zero))
        };
        items.push(code(clear));
    }
}

fn code(text: String) -> Item {
    Item::Code(text, BTreeSet::new())
}
