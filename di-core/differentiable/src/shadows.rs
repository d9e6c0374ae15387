//! Adjoints of memory inside an innermost loop: cut to the loop's length, and gathered in registers where iterations that
//! follow each other add to the same entry.

use crate::form::{Id, Index, Place, RootId};
use crate::text::Texts;
use crate::views::{Inner, from};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A pass over a loop that reaches some entries and leaves others to other passes.
#[derive(Clone)]
pub(crate) enum Pass {
    /// Everything but what is added to these.
    Without(BTreeSet<Place>),
    /// What is added to these alone.
    Only(BTreeSet<Place>),
}

impl Pass {
    /// The passes of a loop in which iterations that follow each other add to the same entries; one if there are none. The last
    /// does what is not adding.
    pub(crate) fn all(inner: &Inner<'_>, active: impl Fn(RootId) -> bool) -> Vec<Self> {
        let mut groups = BTreeMap::<(RootId, &[Index], Vec<usize>), Vec<&Place>>::new();
        for place in inner.regular.iter().filter(|place| active(place.root) && !inner.written.contains(&place.root)) {
            if let Some((last, outer)) = place.indices.split_last() {
                groups.entry((place.root, outer, last.terms.clone())).or_default().push(place);
            }
        }
        // Several groups of one root cannot be told apart by the compiler, so that passes of their own bring nothing.
        let roots: BTreeSet<_> = groups.keys().map(|(root, ..)| *root).collect();
        if roots.len() < groups.len() {
            return vec![];
        }
        let most = groups.values().map(Vec::len).max().unwrap_or(0);
        let of = |at: usize| groups.values().filter_map(|group| group.get(at)).map(|&place| place.clone()).collect();
        let mut passes: Vec<_> = (1..most).map(|at| Self::Only(of(at))).collect();
        passes.push(Self::Without((1..most).flat_map(|at| -> BTreeSet<_> { of(at) }).collect()));
        passes
    }
}

/// How the reverse of a loop reaches adjoints of memory.
#[derive(Default)]
pub(crate) struct Shadows {
    plain: BTreeMap<Place, String>,
    cells: BTreeMap<Place, String>,
    sums: BTreeMap<Place, String>,
    whole: BTreeMap<RootId, String>,
    pass: Option<Pass>,
    /// Views that are the only ones of their root.
    alone: Vec<String>,
    /// Rows that are cut from a slice of adjoints: its name, the views and where they begin.
    apart: Vec<(String, Vec<(String, String)>)>,
    /// Before the loop, at the beginning and at the end of its body, and after it.
    pub(crate) before: String,
    pub(crate) first: String,
    pub(crate) last: String,
    pub(crate) after: String,
}

impl Shadows {
    /// `pass` tells what is done, if neighbours are reached in passes of their own rather than gathered.
    pub(crate) fn of(
        texts: &Texts<'_>,
        inner: &Inner<'_>,
        ascending: bool,
        pass: Option<Pass>,
        active: impl Fn(RootId) -> bool,
    ) -> Self {
        let mut shadows = Self { pass, ..Self::default() };
        let roots: BTreeSet<_> = inner.regular.iter().map(|place| place.root).filter(|&root| active(root)).collect();
        for root in roots {
            shadows.root(texts, inner, root, ascending);
        }
        shadows
    }

    fn root(&mut self, texts: &Texts<'_>, inner: &Inner<'_>, root: RootId, ascending: bool) {
        let places: Vec<_> = inner.regular.iter().filter(|place| place.root == root).collect();
        let others = inner.others.iter().filter(|place| place.root == root);
        let alone = others.clone().count() == 0;
        if let ([place], true) = (&places[..], alone) {
            return self.view(texts, inner, place);
        }
        if places.iter().copied().chain(others).any(|place| place.indices.len() > 1) {
            return;
        }
        let gathers = self.pass.is_none() && !inner.written.contains(&root) && !inner.range.reversed;
        let groups = grouped(&places);
        if gathers && alone && groups.values().all(|group| group.len() == 1 || span(group).is_some()) {
            return self.rows(texts, inner, root, &groups, ascending);
        }
        let (index, count) = (inner.index(texts), inner.count(texts));
        let name = format!("{}_bar", texts.root(root));
        let cells = format!("{name}_cells{}", texts.views.fresh());
        let _ = writeln!(self.before, "let {cells} = std::cell::Cell::from_mut(&mut {name}[..]).as_slice_of_cells();");
        self.whole.insert(root, cells.clone());
        for place in &places {
            let start = from(&inner.start(texts, place).1);
            let view = format!("{name}_part{}", texts.views.fresh());
            let _ = writeln!(
                self.before,
                "let {view} = if {count} == 0 {{ &[][..] }} else {{ &{cells}{start}[..{count}] }};"
            );
            self.cells.insert((*place).clone(), format!("{view}[{index}]"));
        }
        if gathers {
            for group in groups.values() {
                self.gather(texts, inner, group, &cells, ascending);
            }
        }
    }

    /// The only entry of its root that an iteration reaches.
    fn view(&mut self, texts: &Texts<'_>, inner: &Inner<'_>, place: &Place) {
        let (index, count) = (inner.index(texts), inner.count(texts));
        let name = format!("{}_bar", texts.root(place.root));
        let (outer, start) = inner.start(texts, place);
        let start = from(&start);
        let view = format!("{name}_part{}", texts.views.fresh());
        let _ = writeln!(
            self.before,
            "let {view} = if {count} == 0 {{ &mut [][..] }} else {{ &mut {name}{outer}{start}[..{count}] }};"
        );
        self.plain.insert(place.clone(), format!("{view}[{index}]"));
        self.alone.push(view);
    }

    /// Rows of one root that are added to: each is reached at one entry, and beside each other they are cut apart.
    fn rows(
        &mut self,
        texts: &Texts<'_>,
        inner: &Inner<'_>,
        root: RootId,
        groups: &BTreeMap<&[Id], Vec<&Place>>,
        ascending: bool,
    ) {
        let done = |group: &[&Place]| {
            let of = |place: &&&Place| place.indices[0].constant;
            let found = if ascending { group.iter().min_by_key(of) } else { group.iter().max_by_key(of) };
            found.map(|place| (*place).clone())
        };
        let rows: Vec<_> = groups.values().filter_map(|group| done(group)).collect();
        let name = format!("{}_bar", texts.root(root));
        if let [place] = &rows[..] {
            self.view(texts, inner, place);
        } else {
            let (index, mut apart) = (inner.index(texts), vec![]);
            for place in rows {
                let view = format!("{name}_part{}", texts.views.fresh());
                apart.push((view.clone(), inner.start(texts, &place).1));
                self.plain.insert(place, format!("{view}[{index}]"));
            }
            self.apart.push((name.clone(), apart));
        }
        for group in groups.values() {
            self.gather(texts, inner, group, &name, ascending);
        }
    }

    /// Neighbours that several iterations add to are summed before they are stored.
    fn gather(&mut self, texts: &Texts<'_>, inner: &Inner<'_>, group: &[&Place], whole: &str, ascending: bool) {
        let Some((low, high)) = span(group).filter(|_| group.len() > 1) else { return };
        let number = texts.views.fresh();
        let root = group[0].root;
        let terms = &group[0].indices[0].terms;
        let sum = |at: i64| format!("{}_sum_{number}_{}", texts.root(root), at - low);
        let next = |at: i64| format!("{}_next_{number}_{}", texts.root(root), at - low);
        let place = |at: i64| Place { root, indices: vec![Index { terms: terms.clone(), constant: at }] };
        let (zero, count) = (texts.zero(), inner.count(texts));
        let in_cells = self.whole.contains_key(&root);
        let add = |to: &str, value: String| {
            if in_cells { format!("storage::add(&{to}, {value});\n") } else { format!("{to} += {value};\n") }
        };
        // Of what is left from iteration to iteration, the entry that comes last is at this end of the group.
        let (kept, done) = if ascending { (low + 1..=high, low) } else { (low..=high - 1, high) };
        let ahead = if ascending { 1 } else { -1 };
        let mut after = String::new();
        for at in kept.clone() {
            let _ = writeln!(self.before, "let mut {} = {zero};", next(at));
            let (_, start) = inner.start(texts, &place(at));
            let end = if ascending { format!("{start} + ({count} - 1)") } else { start };
            after += &add(&format!("{whole}[{end}]"), next(at));
        }
        for at in low..=high {
            let initial = if kept.contains(&(at + ahead)) { next(at + ahead) } else { zero.clone() };
            let _ = writeln!(self.first, "let mut {} = {initial};", sum(at));
            self.sums.insert(place(at), sum(at));
        }
        let entries = if in_cells { &self.cells } else { &self.plain };
        self.last += &add(&entries[&place(done)], sum(done));
        for at in kept {
            let _ = writeln!(self.last, "{} = {};", next(at), sum(at));
        }
        let _ = writeln!(self.after, "if {count} > 0 {{\n{after}}}");
    }

    /// What stands before and after a loop that adds to several rows of one root: in a function of its own, whose parameters the
    /// compiler knows to be apart.
    pub(crate) fn enclosing(&self, texts: &Texts<'_>, inner: &Inner<'_>) -> (String, String) {
        let (mut open, mut close) = (String::new(), String::new());
        if self.apart.is_empty() {
            return (open, close);
        }
        let count = inner.count(texts);
        let mut arguments = self.alone.clone();
        let mut views = self.alone.clone();
        for (name, rows) in &self.apart {
            let names: Vec<_> = rows.iter().map(|(view, _)| view.as_str()).collect();
            let starts: Vec<_> = rows.iter().map(|(_, start)| start.as_str()).collect();
            let (names, starts) = (names.join(", "), starts.join(", "));
            let _ = writeln!(open, "storage::apart(&mut {name}[..], [{starts}], {count}, |[{names}]| {{");
            arguments.extend(rows.iter().map(|(view, _)| format!("&mut {view}[..{count}]")));
            views.extend(rows.iter().map(|(view, _)| view.clone()));
        }
        let parameters: Vec<_> = views.iter().map(|view| format!("{view}: &mut [{}]", texts.scalar)).collect();
        let _ = writeln!(open, "(|{}| {{", parameters.join(", "));
        let _ = writeln!(close, "}})({});", arguments.join(", "));
        close += &"});\n".repeat(self.apart.len());
        (open, close)
    }

    fn cell(&self, texts: &Texts<'_>, place: &Place) -> Option<String> {
        let whole = || self.whole.get(&place.root).map(|cells| format!("{cells}{}", texts.indices(place)));
        self.cells.get(place).cloned().or_else(whole)
    }

    fn direct(&self, texts: &Texts<'_>, place: &Place) -> String {
        let plain = || format!("{}_bar{}", texts.root(place.root), texts.indices(place));
        self.plain.get(place).cloned().unwrap_or_else(plain)
    }

    pub(crate) fn get(&self, texts: &Texts<'_>, place: &Place) -> String {
        match self.cell(texts, place) {
            Some(cell) => format!("{cell}.get()"),
            None => self.direct(texts, place),
        }
    }

    /// Whether adding is all that is done.
    pub(crate) fn is_partial(&self) -> bool {
        matches!(self.pass, Some(Pass::Only(_)))
    }

    fn reaches(&self, place: &Place) -> bool {
        match &self.pass {
            None => true,
            Some(Pass::Without(places)) => !places.contains(place),
            Some(Pass::Only(places)) => places.contains(place),
        }
    }

    pub(crate) fn clear(&self, texts: &Texts<'_>, place: &Place) -> String {
        if self.is_partial() {
            return String::new();
        }
        let zero = texts.zero();
        match self.cell(texts, place) {
            Some(cell) => format!("{cell}.set({zero});\n"),
            None => format!("{} = {zero};\n", self.direct(texts, place)),
        }
    }

    pub(crate) fn add(&self, texts: &Texts<'_>, place: &Place, text: &str) -> String {
        if !self.reaches(place) {
            return String::new();
        }
        if let Some(sum) = self.sums.get(place) {
            return format!("{sum} += {text};\n");
        }
        match self.cell(texts, place) {
            Some(cell) => format!("storage::add(&{cell}, {text});\n"),
            None => format!("{} += {text};\n", self.direct(texts, place)),
        }
    }
}

/// The places of one root by what their indices have in common.
fn grouped<'a>(places: &[&'a Place]) -> BTreeMap<&'a [Id], Vec<&'a Place>> {
    let mut groups = BTreeMap::<_, Vec<_>>::new();
    for place in places {
        groups.entry(&place.indices[0].terms[..]).or_default().push(*place);
    }
    groups
}

/// The lowest and the highest of neighbours, if they are few enough to be summed in registers.
fn span(group: &[&Place]) -> Option<(i64, i64)> {
    let constants = || group.iter().map(|place| place.indices[0].constant);
    let (low, high) = (constants().min()?, constants().max()?);
    (high - low <= 4).then_some((low, high))
}
