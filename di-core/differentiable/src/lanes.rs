//! Straight code of a tangent: the values first, then the tangents lane by lane, so that what is between two entries of memory
//! stays in registers.

use crate::form::{Block, BlockId, Function, Id, Op, RootId, Stmt, Store};
use crate::forward::{Forward, joined};
use crate::views::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Where each scalar is used: statements by block and position; what is returned is used by none.
#[derive(Debug, Default)]
pub(crate) struct Users(BTreeMap<Id, BTreeSet<(BlockId, usize)>>);

impl Users {
    pub(crate) fn of(function: &Function) -> Self {
        let mut users = Self::default();
        users.block(function, &function.body);
        function.results().into_iter().for_each(|id| users.add(id, (BlockId::MAX, 0)));
        users
    }

    fn add(&mut self, id: Id, at: (BlockId, usize)) {
        self.0.entry(id).or_default().insert(at);
    }

    fn block(&mut self, function: &Function, block: &Block) {
        for (at, stmt) in block.stmts.iter().enumerate() {
            let here = (block.id, at);
            match stmt {
                Stmt::Let(id) => function.values[*id].uses().into_iter().for_each(|id| self.add(id, here)),
                Stmt::Store { value, .. } => self.add(*value, here),
                Stmt::Begin { fill, .. } => fill.ids().iter().for_each(|&id| self.add(id, here)),
                Stmt::If { then, otherwise, results, .. } => {
                    results.iter().flatten().for_each(|&id| self.add(id, here));
                    self.block(function, then);
                    self.block(function, otherwise);
                }
                Stmt::Loop(inner) => {
                    for carried in &inner.carried {
                        [carried.initial, carried.leaving].into_iter().for_each(|id| self.add(id, here));
                    }
                    self.block(function, &inner.body);
                }
                Stmt::Call(call) => call.uses().into_iter().for_each(|id| self.add(id, here)),
                Stmt::Assert { .. } => {}
            }
        }
    }

    /// Whether a scalar is used by another statement than these.
    fn beyond(&self, id: Id, segment: &BTreeSet<(BlockId, usize)>) -> bool {
        self.0.get(&id).is_some_and(|users| !users.is_subset(segment))
    }
}

/// Statements without control flow, and the roots that they write into.
#[derive(Default)]
pub(crate) struct Segment<'b> {
    stmts: Vec<(&'b Stmt, (BlockId, usize))>,
    written: BTreeSet<RootId>,
}

impl<'b> Segment<'b> {
    /// Takes a statement in, or tells that the segment ends before it.
    pub(crate) fn takes(&mut self, function: &Function, stmt: &'b Stmt, at: (BlockId, usize)) -> bool {
        match stmt {
            Stmt::Let(id) => match &function.values[*id].op {
                Op::Load(place) if self.written.contains(&place.root) => return false,
                _ => {}
            },
            Stmt::Store { place, .. } => drop(self.written.insert(place.root)),
            _ => return false,
        }
        self.stmts.push((stmt, at));
        true
    }

    /// Writes the statements.
    pub(crate) fn write(self, forward: &Forward<'_>, users: &Users, out: &mut String) {
        let texts = &forward.texts;
        let function = texts.function;
        let segment: BTreeSet<_> = self.stmts.iter().map(|(_, at)| *at).collect();
        let stored: BTreeSet<_> = self.stmts.iter().filter_map(|(stmt, _)| stored(stmt)).collect();
        let (mut lanes, mut arrays, mut after) = (Lanes::default(), String::new(), String::new());
        for (stmt, _) in &self.stmts {
            match stmt {
                Stmt::Let(id) => {
                    let value = &function.values[*id];
                    let name = &value.name;
                    let _ = writeln!(out, "let {name} = {};", texts.value(*id));
                    if !forward.active(*id) {
                        continue;
                    }
                    let kept = stored.contains(id) || users.beyond(*id, &segment);
                    if let Op::Load(place) = &value.op {
                        let entry = match texts.reached("_dot", place) {
                            Entry::Direct(text) if !kept => format!("&{text}"),
                            _ => texts.entry("_dot", place),
                        };
                        let _ = writeln!(out, "let {name}_dot = {entry};");
                        continue;
                    }
                    let (factors, terms) = texts.derivative(*id, |id| forward.active(id));
                    for (factor, text) in factors {
                        let _ = writeln!(out, "let {factor} = {text};");
                    }
                    let terms: Vec<_> = terms
                        .iter()
                        .map(|term| term.along(&lanes.of(texts.name(term.operand), term.operand)))
                        .collect();
                    let sum = if terms.len() == 1 { terms[0].clone() } else { joined(&terms) };
                    if kept {
                        let _ = writeln!(arrays, "let mut {name}_dot = [{}; K];", texts.zero());
                        let _ = writeln!(lanes.text, "{name}_dot[k] = {sum};");
                    } else {
                        lanes.scalars.insert(*id);
                        let _ = writeln!(lanes.text, "let {name}_dot = {sum};");
                    }
                }
                Stmt::Store { place, kind, value } => {
                    forward.store_value(place, *kind, *value, out);
                    if !forward.activity.root(place.root) {
                        continue;
                    }
                    let dot = forward.dot(*value);
                    let sign = if *kind == Store::Sub { "-=" } else { "+=" };
                    match (kind, texts.reached("_dot", place)) {
                        (Store::Set, _) => after += &texts.write("_dot", place, "=", &dot),
                        _ if !forward.active(*value) => {}
                        (_, Entry::Direct(shadow)) => {
                            let _ = writeln!(after, "for k in 0..K {{ {shadow}[k] {sign} {dot}[k]; }}");
                        }
                        (_, Entry::Cell(shadow)) => {
                            let _ = writeln!(after, "let mut lanes = {shadow}.get();");
                            let _ = writeln!(after, "for k in 0..K {{ lanes[k] {sign} {dot}[k]; }}");
                            let _ = writeln!(after, "{shadow}.set(lanes);");
                        }
                    }
                }
                _ => {}
            }
        }
        *out += &arrays;
        if !lanes.text.is_empty() {
            let _ = write!(out, "for k in 0..K {{\n{}}}\n", lanes.text);
        }
        *out += &after;
    }
}

fn stored(stmt: &Stmt) -> Option<Id> {
    match stmt {
        Stmt::Store { value, .. } => Some(*value),
        _ => None,
    }
}

/// The code of one lane, and the scalars that are computed in it.
#[derive(Default)]
struct Lanes {
    text: String,
    scalars: BTreeSet<Id>,
}

impl Lanes {
    fn of(&self, name: &str, id: Id) -> String {
        if self.scalars.contains(&id) { format!("{name}_dot") } else { format!("{name}_dot[k]") }
    }
}
