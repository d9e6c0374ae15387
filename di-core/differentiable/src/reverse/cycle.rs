//! The reverse of loops.

use super::value::{Beside, Values, WANTED};
use super::{Item, Reverse};
use crate::columns::Columns;
use crate::form::{Block, BlockId, Carried, Id, Loop, Op, Range, Stmt};
use crate::forward::{Forward, tuple};
use crate::independent::depends;
use crate::plan::is_dear;
use crate::prune::{pruned, tidy};
use crate::shadows::{Pass, Shadows};
use crate::views::Inner;
use crate::when::When;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The most operations of an iteration that is worth computing again in several passes.
const MOST_WORK: usize = 6;

/// A loop that is being reversed.
struct Cycle<'a> {
    inner: &'a Loop,
    regular: Option<Inner<'a>>,
    /// When the iterations cannot be reversed in their own order.
    depends: When,
    /// What carries a derivative from one iteration to the next.
    active: Vec<&'a Carried>,
    seeds: Vec<(Id, String)>,
}

impl<'a> Reverse<'a> {
    pub(super) fn cycle(&mut self, inner: &Loop, items: &mut Vec<Item>) {
        let texts = self.texts;
        let active: Vec<_> = inner.carried.iter().filter(|carried| self.active(carried.entering)).collect();
        let running = |id: Id| format!("{}_carry", texts.name(id));
        let mut text = String::new();
        for carried in &active {
            let begun = self.touched.contains(&carried.result);
            let initial = if begun { self.bar(carried.result) } else { texts.zero() };
            let _ = writeln!(text, "let mut {} = {initial};", running(carried.entering));
        }
        let seeds = active.iter().map(|carried| (carried.leaving, running(carried.entering))).collect();
        let beside = self.beside.filter(|beside| beside.joined.body == inner.body.id);
        let (regular, depends) = if beside.is_some_and(|beside| !beside.joined.is_straight) {
            (None, When::Never)
        } else {
            let depends = depends(texts.function, self.activity, self.plan, inner);
            (Inner::of(texts.function, inner, &|_| true), depends)
        };
        let cycle = Cycle { inner, regular, depends, active, seeds };
        let mut outer = BTreeSet::new();
        let code = match beside {
            Some(beside) => self.with_values(&cycle, beside, &mut text, &mut outer),
            None => self.all_passes(&cycle, &mut outer),
        };
        if code.is_empty() {
            return;
        }
        items.push(Item::Code(text + &code, outer));
        for carried in &cycle.active {
            self.add(items, carried.initial, running(carried.entering));
        }
    }

    fn all_passes(&mut self, cycle: &Cycle<'_>, outer: &mut BTreeSet<Id>) -> String {
        let mut code = String::new();
        for pass in self.passes(cycle) {
            let (pass, added) = self.pass(cycle, pass);
            code += &pass;
            outer.extend(added);
        }
        code
    }

    /// The code of a loop whose iterations are reversed where they are computed, with sums and without.
    fn with_values(
        &mut self,
        cycle: &Cycle<'_>,
        Beside { joined, full, lean }: Beside<'a>,
        text: &mut String,
        outer: &mut BTreeSet<Id>,
    ) -> String {
        let sums = &cycle.inner.carried;
        for sum in sums {
            let [name, initial] = [sum.entering, sum.initial].map(|id| self.texts.name(id));
            let _ = writeln!(text, "let mut {name}: {} = {initial};", self.texts.scalar);
        }
        let mut one = |values: Option<Values<'a>>| {
            self.values = values;
            let code = if self.values.is_none() {
                self.all_passes(cycle, outer)
            } else {
                let (code, added) = self.pass(cycle, None);
                outer.extend(added);
                code
            };
            self.values = None;
            tidy(&code)
        };
        let with = one(Some(Values { live: full, sums: sums.clone() }));
        let without = one((!joined.is_straight).then(|| Values { live: lean, sums: vec![] }));
        if self.is_little_more(sums, &with, &without) {
            return with;
        }
        format!("if {WANTED} {{\n{with}}} else {{\n{without}}}\n")
    }

    /// What is added to neighbours has passes of its own where that lets the compiler take several iterations at once.
    fn passes(&self, cycle: &Cycle<'_>) -> Vec<Option<Pass>> {
        // Each pass computes the values of an iteration again.
        let op = |stmt: &Stmt| match stmt {
            Stmt::Let(id) => Some(self.texts.function.values[*id].op.clone()),
            _ => None,
        };
        let is_work = |op: &Op| !matches!(op, Op::Plain { .. } | Op::Load(_));
        let stmts = &cycle.inner.body.stmts;
        let is_cheap = stmts.iter().all(|stmt| match stmt {
            Stmt::Call(_) => false,
            stmt => !op(stmt).is_some_and(|op| is_dear(&op)),
        }) && stmts.iter().filter_map(op).filter(is_work).count() <= MOST_WORK;
        match &cycle.regular {
            Some(regular) if !cycle.depends.possible() && is_cheap => {
                let passes = Pass::all(regular, |root| self.activity.root(root));
                if passes.len() > 1 { passes.into_iter().map(Some).collect() } else { vec![None] }
            }
            _ => vec![None],
        }
    }

    /// The branches that are run again as a whole.
    fn run_again(&self, block: &Block, inside: bool) -> BTreeSet<BlockId> {
        let mut found = BTreeSet::new();
        for (at, stmt) in block.stmts.iter().enumerate() {
            if let Stmt::If { then, otherwise, .. } = stmt {
                let inside = inside || self.plan.replayed.contains(&(block.id, at));
                for branch in [then, otherwise] {
                    found.extend(inside.then_some(branch.id));
                    found.extend(self.run_again(branch, inside));
                }
            }
        }
        found
    }

    /// One run over the iterations, and the outer scalars that it adds to.
    fn pass(&mut self, cycle: &Cycle<'_>, pass: Option<Pass>) -> (String, BTreeSet<Id>) {
        let texts = self.texts;
        let Cycle { inner, regular, depends, active, seeds } = cycle;
        let several = pass.is_some();
        if let Some(regular) = regular {
            let activity = self.activity;
            self.shadows = Shadows::of(&texts, regular, !depends.possible(), pass, |root| activity.root(root));
            let again = self.run_again(&inner.body, false);
            let read = Inner::of(texts.function, inner, &|stmt| match stmt {
                Stmt::Let(id) if self.computed_with(inner.body.id).is_some_and(|values| values.live.has(*id)) => true,
                Stmt::Let(id) => {
                    (self.plan.needed.contains(id) && !self.is_saved(inner.body.id, *id))
                        || again.contains(&texts.function.values[*id].block)
                }
                Stmt::Store { place, .. } => self.plan.read.contains_key(&place.root),
                _ => true,
            });
            if let Some(read) = read {
                self.shadows.before += &read.cut(&texts, &[""], |_| true);
            }
            if let Some(columns) = Columns::of(texts.function, self.plan, inner) {
                let count = regular.count(&texts);
                self.shadows.before += &columns.begin(&texts, "top", &count);
                self.shadows.after += &columns.end(&count);
                texts.views.save_in_columns(inner.body.id, regular.index(&texts));
            }
        }
        let is_partial = self.shadows.is_partial();
        let outside = self.partial;
        if is_partial {
            self.partial = Some(inner.body.id);
        }
        let (body, outer) = self.block(&inner.body, seeds);
        self.partial = outside;
        let shadows = std::mem::take(&mut self.shadows);
        if regular.is_some() {
            texts.views.clear();
        }
        if body.is_empty() {
            return (String::new(), outer);
        }
        let (open, close) = match regular {
            Some(regular) => shadows.enclosing(&texts, regular),
            None => Default::default(),
        };
        let before = format!("{}{open}", shadows.before);
        let gathers = !shadows.first.is_empty();
        let mut text = format!("{}{}{body}{}", self.head(cycle, &before, gathers), shadows.first, shadows.last);
        if !active.is_empty() && !is_partial {
            let adjoint = |id: Id| if self.touched.contains(&id) { self.bar(id) } else { texts.zero() };
            let entering = active.iter().map(|carried| format!("{}_carry", texts.name(carried.entering))).collect();
            let adjoints = active.iter().map(|carried| adjoint(carried.entering)).collect();
            let _ = writeln!(text, "{} = {};", tuple(entering), tuple(adjoints));
        }
        let _ = write!(text, "}}\n{close}{}", shadows.after);
        if several {
            text = pruned(&text);
        }
        let adds = !is_partial || text.contains("storage::add(") || text.contains("+=");
        (if adds { text } else { String::new() }, outer)
    }

    /// What stands before the body. What gathers neighbours was written for one order.
    fn head(&self, cycle: &Cycle<'_>, before: &str, gathers: bool) -> String {
        let texts = self.texts;
        if let Some(regular) = &cycle.regular {
            let reversed = match &cycle.depends {
                _ if regular.range.reversed => When::Never,
                When::If(_) if gathers => When::Always,
                depends => depends.clone(),
            };
            let (first, head) = regular.head(&texts, &reversed);
            return format!("{first}{before}{head}");
        }
        let forward = Forward { texts, activity: self.activity, tangent: None, plan: None };
        match (&cycle.inner.range, cycle.inner.trips) {
            (Some(range), None) => {
                // Sums are made in the order of the author.
                let reversed = Range {
                    reversed: range.reversed == self.computed_with(cycle.inner.body.id).is_some(),
                    ..range.clone()
                };
                format!("for {} in {} {{\n", texts.name(range.variable), forward.range(&reversed))
            }
            (Some(range), Some(trips)) => {
                let (variable, range, trips) = (texts.name(range.variable), forward.range(range), texts.name(trips));
                format!("for {variable} in ({range}).take({trips}).rev() {{\n")
            }
            (None, Some(trips)) => format!("for _ in 0..{} {{\n", texts.name(trips)),
            (None, None) => "loop {\n".into(),
        }
    }
}
