//! Innermost loops run over slices that are cut to their length first, so that no index is checked inside.

use crate::form::{Block, BlockId, Function, Id, Index, Loop, Op, Place, Range, RootId, Source, Stmt, Ty};
use crate::text::Texts;
use crate::when::When;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// How an entry is reached.
#[derive(Clone, Debug)]
pub(crate) enum Entry {
    Direct(String),
    /// Through a `Cell`, where several views of one slice are in use.
    Cell(String),
}

/// What stands for entries of memory inside a loop.
#[derive(Debug, Default)]
pub(crate) struct Views {
    texts: RefCell<BTreeMap<(&'static str, Place), Entry>>,
    /// The index of columns in the loop whose body this is.
    columns: RefCell<Option<(BlockId, String)>>,
    count: Cell<usize>,
}

impl Views {
    /// The text of an entry, if it is one of a view: of the values (`""`) or of tangents (`"_dot"`).
    pub(crate) fn entry(&self, kind: &'static str, place: &Place) -> Option<Entry> {
        self.texts.borrow().get(&(kind, place.clone())).cloned()
    }

    fn insert(&self, kind: &'static str, place: &Place, entry: Entry) {
        self.texts.borrow_mut().insert((kind, place.clone()), entry);
    }

    /// Saves in columns inside a loop.
    pub(crate) fn save_in_columns(&self, body: BlockId, index: String) {
        *self.columns.borrow_mut() = Some((body, index));
    }

    /// The index of columns, in a body that saves in columns.
    pub(crate) fn column(&self, block: BlockId) -> Option<String> {
        self.columns.borrow().as_ref().filter(|(body, _)| *body == block).map(|(_, index)| index.clone())
    }

    pub(crate) fn clear(&self) {
        self.texts.borrow_mut().clear();
        *self.columns.borrow_mut() = None;
    }

    pub(crate) fn fresh(&self) -> usize {
        self.count.set(self.count.get() + 1);
        self.count.get()
    }
}

/// An innermost loop of consecutive numbers.
pub(crate) struct Inner<'a> {
    pub(crate) range: &'a Range,
    /// The entries that each iteration reads or writes, next to each other from one iteration to the next.
    pub(crate) regular: Vec<Place>,
    /// The other entries.
    pub(crate) others: Vec<Place>,
    pub(crate) written: Vec<RootId>,
}

impl<'a> Inner<'a> {
    pub(crate) fn of(function: &Function, cycle: &'a Loop, keeps: &dyn Fn(&Stmt) -> bool) -> Option<Self> {
        let range = cycle.range.as_ref().filter(|range| range.step.is_none() && cycle.exit.is_none())?;
        if !is_counted(function, range) {
            return None;
        }
        let (mut regular, mut others) = (Vec::new(), Vec::new());
        collect(function, &cycle.body, true, keeps, &mut |place, always| {
            let list = if always && follows(function, place, range.variable, cycle.body.id) {
                &mut regular
            } else {
                &mut others
            };
            if !list.contains(place) {
                list.push(place.clone());
            }
        })?;
        let written = Function::written(&cycle.body).into_iter().collect();
        others.retain(|place| !regular.contains(place));
        Some(Self { range, regular, others, written })
    }

    fn is_alone(&self, place: &Place) -> bool {
        let same = |other: &&Place| other.root == place.root;
        self.regular.iter().filter(same).count() == 1 && !self.others.iter().any(|other| other.root == place.root)
    }

    /// The index that a view has in the loop.
    pub(crate) fn index(&self, texts: &Texts<'_>) -> String {
        let variable = texts.name(self.range.variable);
        if texts.name(self.range.low) == "0" { variable.into() } else { format!("{variable}_at") }
    }

    /// How many iterations there are.
    pub(crate) fn count(&self, texts: &Texts<'_>) -> String {
        let (low, high) = (texts.name(self.range.low), texts.name(self.range.high));
        if low == "0" { high.into() } else { format!("{}_count", texts.name(self.range.variable)) }
    }

    /// The head of the loop, and what stands before it.
    pub(crate) fn head(&self, texts: &Texts<'_>, reversed: &When) -> (String, String) {
        let (variable, low, high) =
            (texts.name(self.range.variable), texts.name(self.range.low), texts.name(self.range.high));
        let (index, count) = (self.index(texts), self.count(texts));
        let mut head = match reversed {
            When::Never => format!("for {index} in 0..{count} {{\n"),
            When::Always => format!("for {index} in (0..{count}).rev() {{\n"),
            When::If(_) => {
                let from_end = format!("if {} {{ {count} - 1 - {index} }} else {{ {index} }}", reversed.text());
                format!("for {index} in 0..{count} {{\nlet {index} = {from_end};\n")
            }
        };
        if low == "0" {
            return (String::new(), head);
        }
        let _ = writeln!(head, "let {variable} = {low} + {index};");
        (format!("let {count} = usize::saturating_sub({high}, {low});\n"), head)
    }

    /// Where the view of an entry begins, and what stands before the last index.
    pub(crate) fn start(&self, texts: &Texts<'_>, place: &Place) -> (String, String) {
        let outer: String = place.indices[..place.indices.len() - 1]
            .iter()
            .fold(String::new(), |text, index| format!("{text}[{}]", texts.index(index)));
        let mut start = place.indices.last().cloned().unwrap_or_default();
        start.terms.retain(|&id| id != self.range.variable);
        match texts.name(self.range.low).parse::<i64>() {
            Ok(low) => start.constant += low,
            Err(_) => start.terms.push(self.range.low),
        }
        (outer, texts.index(&start))
    }

    /// Several views of a root that is written into are of cells; returns the text before the loop.
    fn cut_cells(&self, texts: &Texts<'_>, kind: &'static str, root: RootId) -> String {
        let (index, count) = (self.index(texts), self.count(texts));
        let name = format!("{}{kind}", texts.root(root));
        let cells = format!("{name}_cells{}", texts.views.fresh());
        let mut out = format!("let {cells} = std::cell::Cell::from_mut(&mut {name}[..]).as_slice_of_cells();\n");
        for place in self.regular.iter().filter(|place| place.root == root) {
            let start = from(&self.start(texts, place).1);
            let view = format!("{name}_part{}", texts.views.fresh());
            let _ = writeln!(out, "let {view} = if {count} == 0 {{ &[][..] }} else {{ &{cells}{start}[..{count}] }};");
            texts.views.insert(kind, place, Entry::Cell(format!("{view}[{index}]")));
        }
        for place in self.others.iter().filter(|place| place.root == root) {
            texts.views.insert(kind, place, Entry::Cell(format!("{cells}{}", texts.indices(place))));
        }
        out
    }

    /// Cuts what the loop reads and writes; returns the text before the loop.
    pub(crate) fn cut(&self, texts: &Texts<'_>, kinds: &[&'static str], shadowed: impl Fn(RootId) -> bool) -> String {
        let mut out = String::new();
        let mut in_cells = BTreeSet::new();
        let (index, count) = (self.index(texts), self.count(texts));
        for place in &self.regular {
            let writes = self.written.contains(&place.root);
            if writes && !self.is_alone(place) {
                let all = || self.regular.iter().chain(&self.others).filter(|other| other.root == place.root);
                if in_cells.insert(place.root) && all().all(|place| place.indices.len() == 1) {
                    let kinds = kinds.iter().filter(|kind| kind.is_empty() || shadowed(place.root));
                    kinds.for_each(|kind| out += &self.cut_cells(texts, kind, place.root));
                }
                continue;
            }
            for &kind in kinds {
                if !kind.is_empty() && !shadowed(place.root) {
                    continue;
                }
                let (outer, start) = self.start(texts, place);
                let start = from(&start);
                let name = format!("{}{kind}_part{}", texts.root(place.root), texts.views.fresh());
                let (borrow, whole) =
                    (if writes { "&mut " } else { "&" }, format!("{}{kind}{outer}", texts.root(place.root)));
                let _ = writeln!(
                    out,
                    "let {name} = if {count} == 0 {{ {borrow}[][..] }} else {{ {borrow}{whole}{start}[..{count}] }};"
                );
                texts.views.insert(kind, place, Entry::Direct(format!("{name}[{index}]")));
            }
        }
        out
    }
}

/// Whether a loop runs over numbers of type `usize`, as indices are, or may do so.
fn is_counted(function: &Function, range: &Range) -> bool {
    let value = |id: Id| &function.values[id];
    match &value(range.variable).ty {
        Ty::Plain(Some(ty)) => ty == "usize",
        _ => value(range.low).name == "0" && value(range.high).name.parse::<usize>().is_ok(),
    }
}

/// `[start..]`, and nothing for all.
pub(crate) fn from(start: &str) -> String {
    if start == "0" { String::new() } else { format!("[{start}..]") }
}

/// Gives each entry that a block reads or writes to `put`; `None` if it is not innermost.
fn collect(
    function: &Function,
    block: &Block,
    always: bool,
    keeps: &dyn Fn(&Stmt) -> bool,
    put: &mut impl FnMut(&Place, bool),
) -> Option<()> {
    for stmt in block.stmts.iter().filter(|stmt| keeps(stmt)) {
        match stmt {
            Stmt::Let(id) => {
                if let Op::Load(place) = &function.values[*id].op {
                    put(place, always);
                }
            }
            Stmt::Store { place, .. } => put(place, always),
            Stmt::If { then, otherwise, .. } => {
                collect(function, then, false, keeps, put)?;
                collect(function, otherwise, false, keeps, put)?;
            }
            Stmt::Assert { .. } => {}
            Stmt::Call(call) if call.is_of_numbers() => {}
            Stmt::Loop(_) | Stmt::Call(_) | Stmt::Begin { .. } => return None,
        }
    }
    Some(())
}

/// Whether an entry moves by one from iteration to iteration, in memory of one stretch.
fn follows(function: &Function, place: &Place, variable: Id, body: usize) -> bool {
    let outside = |id: &Id| !function.is_within(function.values[*id].block, body);
    let Some((last, outer)) = place.indices.split_last() else { return false };
    let is_flat = match &function.roots[place.root].source {
        Source::Array(dimensions) => dimensions.len() == place.indices.len(),
        _ => true,
    };
    is_flat
        && last.terms.iter().filter(|id| **id == variable).count() == 1
        && last.terms.iter().filter(|id| **id != variable).all(outside)
        && outer.iter().flat_map(|index: &Index| &index.terms).all(outside)
}
