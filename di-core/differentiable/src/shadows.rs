//! Adjoints of memory inside an innermost loop: cut to the loop's length, and gathered in registers where iterations that
//! follow each other add to the same entry.

use crate::form::{Index, Place, RootId};
use crate::text::Texts;
use crate::views::{Inner, from};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// How the reverse of a loop reaches adjoints of memory.
#[derive(Default)]
pub(crate) struct Shadows {
    plain: BTreeMap<Place, String>,
    cells: BTreeMap<Place, String>,
    sums: BTreeMap<Place, String>,
    whole: BTreeMap<RootId, String>,
    /// Before the loop, at the beginning and at the end of its body, and after it.
    pub(crate) before: String,
    pub(crate) first: String,
    pub(crate) last: String,
    pub(crate) after: String,
}

impl Shadows {
    pub(crate) fn of(texts: &Texts<'_>, inner: &Inner<'_>, ascending: bool, active: impl Fn(RootId) -> bool) -> Self {
        let mut shadows = Self::default();
        let roots: BTreeSet<_> = inner.regular.iter().map(|place| place.root).filter(|&root| active(root)).collect();
        for root in roots {
            shadows.root(texts, inner, root, ascending);
        }
        shadows
    }

    fn root(&mut self, texts: &Texts<'_>, inner: &Inner<'_>, root: RootId, ascending: bool) {
        let places: Vec<_> = inner.regular.iter().filter(|place| place.root == root).collect();
        let others = inner.others.iter().filter(|place| place.root == root);
        let (index, count) = (inner.index(texts), inner.count(texts));
        let name = format!("{}_bar", texts.root(root));
        if let ([place], 0) = (&places[..], others.clone().count()) {
            let (outer, start) = inner.start(texts, place);
            let start = from(&start);
            let view = format!("{name}_part{}", texts.views.fresh());
            let _ = writeln!(
                self.before,
                "let {view} = if {count} == 0 {{ &mut [][..] }} else {{ &mut {name}{outer}{start}[..{count}] }};"
            );
            self.plain.insert((*place).clone(), format!("{view}[{index}]"));
            return;
        }
        if places.iter().copied().chain(others).any(|place| place.indices.len() > 1) {
            return;
        }
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
        if !inner.written.contains(&root) && !inner.range.reversed {
            self.gather(texts, inner, &places, &cells, ascending);
        }
    }

    /// Neighbours that several iterations add to are summed before they are stored.
    fn gather(&mut self, texts: &Texts<'_>, inner: &Inner<'_>, places: &[&Place], cells: &str, ascending: bool) {
        let mut groups = BTreeMap::<Vec<usize>, Vec<&Place>>::new();
        for place in places {
            groups.entry(place.indices[0].terms.clone()).or_default().push(place);
        }
        for (terms, group) in groups.into_iter().filter(|(_, group)| group.len() > 1) {
            let constants = || group.iter().map(|place| place.indices[0].constant);
            let (Some(low), Some(high)) = (constants().min(), constants().max()) else { continue };
            if high - low > 4 {
                continue;
            }
            let number = texts.views.fresh();
            let root = group[0].root;
            let sum = |at: i64| format!("{}_sum_{number}_{}", texts.root(root), at - low);
            let next = |at: i64| format!("{}_next_{number}_{}", texts.root(root), at - low);
            let place = |at: i64| Place { root, indices: vec![Index { terms: terms.clone(), constant: at }] };
            let (zero, count) = (texts.zero(), inner.count(texts));
            // Of what is left from iteration to iteration, the entry that comes last is at this end of the group.
            let (kept, done) = if ascending { (low + 1..=high, low) } else { (low..=high - 1, high) };
            let ahead = if ascending { 1 } else { -1 };
            let mut after = String::new();
            for at in kept.clone() {
                let _ = writeln!(self.before, "let mut {} = {zero};", next(at));
                let (_, start) = inner.start(texts, &place(at));
                let end = if ascending { format!("{start} + ({count} - 1)") } else { start };
                let _ = writeln!(after, "storage::add(&{cells}[{end}], {});", next(at));
            }
            for at in low..=high {
                let initial = if kept.contains(&(at + ahead)) { next(at + ahead) } else { zero.clone() };
                let _ = writeln!(self.first, "let mut {} = {initial};", sum(at));
                self.sums.insert(place(at), sum(at));
            }
            let _ = writeln!(self.last, "storage::add(&{}, {});", self.cells[&place(done)], sum(done));
            for at in kept {
                let _ = writeln!(self.last, "{} = {};", next(at), sum(at));
            }
            let _ = writeln!(self.after, "if {count} > 0 {{\n{after}}}");
        }
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

    pub(crate) fn clear(&self, texts: &Texts<'_>, place: &Place) -> String {
        let zero = texts.zero();
        match self.cell(texts, place) {
            Some(cell) => format!("{cell}.set({zero});\n"),
            None => format!("{} = {zero};\n", self.direct(texts, place)),
        }
    }

    pub(crate) fn add(&self, texts: &Texts<'_>, place: &Place, text: &str) -> String {
        if let Some(sum) = self.sums.get(place) {
            return format!("{sum} += {text};\n");
        }
        match self.cell(texts, place) {
            Some(cell) => format!("storage::add(&{cell}, {text});\n"),
            None => format!("{} += {text};\n", self.direct(texts, place)),
        }
    }
}
