//! Branches and loops.

use super::{Lower, Val, View};
use crate::form::{Carried, Id, Loop, Range, Stmt, Ty};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use syn::{ExprBinary, ExprIf, Result};

type Lowers<'a> = &'a dyn Fn(&mut Lower) -> Result<Val>;

/// The bounds of a loop.
pub(crate) struct Bounds<'a> {
    pub(crate) hint: &'a str,
    /// The type of the variable.
    pub(crate) ty: Ty,
    pub(crate) low: Id,
    pub(crate) high: Id,
    pub(crate) step: Option<Id>,
    pub(crate) reversed: bool,
}

impl Bounds<'_> {
    /// Of the items of a sequence.
    pub(crate) fn items(low: Id, high: Id, reversed: bool) -> Self {
        Self { hint: "i", ty: Ty::plain("usize"), low, high, step: None, reversed }
    }
}

impl Lower {
    pub(crate) fn branch(&mut self, branch: &ExprIf) -> Result<Val> {
        let expected = self.expected.take();
        let condition = self.scalar_expr(&branch.cond)?;
        let otherwise = branch.else_branch.as_ref().map(|(_, expr)| expr);
        let waits = |lower: &mut Self| lower.expected.clone_from(&expected);
        self.fork(
            condition,
            &|lower| {
                waits(lower);
                lower.scoped_block(&branch.then_branch)
            },
            &|lower| match otherwise {
                Some(expr) => {
                    waits(lower);
                    lower.expr(expr)
                }
                None => Ok(Val::Unit),
            },
        )
    }

    /// Both branches, and what comes of the variables that they change.
    pub(crate) fn fork(&mut self, condition: Id, then: Lowers<'_>, otherwise: Lowers<'_>) -> Result<Val> {
        let before = self.scopes.clone();
        let mut side = |lowers: Lowers<'_>| -> Result<_> {
            self.scopes.clone_from(&before);
            self.enter();
            let val = lowers(self)?;
            let val = self.loaded(val);
            let jumped = self.is_literally("%skip", "true");
            let block = self.leave();
            Ok((block, std::mem::take(&mut self.scopes), val, jumped))
        };
        let (then, then_scopes, then_val, then_jumped) = side(then)?;
        let (otherwise, other_scopes, other_val, other_jumped) = side(otherwise)?;
        self.scopes = before;
        let mut results = Vec::new();
        for depth in 0..self.scopes.len() {
            let mut names: Vec<_> = self.scopes[depth].keys().cloned().collect();
            names.sort_unstable();
            for name in names {
                let (Some(a), Some(b)) = (then_scopes[depth].get(&name), other_scopes[depth].get(&name)) else {
                    continue;
                };
                let joined = self.join(&name, condition, a, b, &mut results)?;
                self.scopes[depth].insert(name, joined);
            }
        }
        let dummy = |lower: &mut Self, val: &Val| lower.dummy(val);
        let val = match (then_val, other_val) {
            (Val::Unit, val) if then_jumped && !matches!(val, Val::Unit) => {
                let other = dummy(self, &val);
                self.join("t", condition, &other, &val, &mut results)?
            }
            (val, Val::Unit) if other_jumped && !matches!(val, Val::Unit) => {
                let other = dummy(self, &val);
                self.join("t", condition, &val, &other, &mut results)?
            }
            (a, b) => self.join("t", condition, &a, &b, &mut results)?,
        };
        self.push(Stmt::If { condition, then, otherwise, results });
        // A condition that is derived from this one comes after the statement's results.
        Ok(val)
    }

    /// A value that is never read.
    fn dummy(&mut self, val: &Val) -> Val {
        match val {
            Val::Scalar(id) if self.is_active(*id) => {
                let text = format!("{}::zero()", self.scalar);
                Val::Scalar(self.constant(&text, Ty::Active))
            }
            Val::Scalar(id) => {
                let ty = self.function.values[*id].ty.clone();
                Val::Scalar(self.constant("Default::default()", ty))
            }
            Val::Tuple(parts) => Val::Tuple(parts.iter().map(|part| self.dummy(part)).collect()),
            Val::Array(parts) => Val::Array(parts.iter().map(|part| self.dummy(part)).collect()),
            Val::Struct(fields) => {
                Val::Struct(fields.iter().map(|(name, part)| (name.clone(), self.dummy(part))).collect())
            }
            other => other.clone(),
        }
    }

    /// One of two values, by the condition.
    fn join(&mut self, hint: &str, condition: Id, a: &Val, b: &Val, results: &mut Vec<[Id; 3]>) -> Result<Val> {
        match (a, b) {
            (Val::Scalar(a), Val::Scalar(b)) if a == b => Ok(Val::Scalar(*a)),
            (Val::Scalar(a), Val::Scalar(b)) => {
                if self.name(*a) == "true" && self.name(*b) == "false" {
                    return Ok(Val::Scalar(condition));
                }
                let ty = self.common(&[*a, *b]);
                let result = self.given(hint_of(hint), ty);
                results.push([result, *a, *b]);
                Ok(Val::Scalar(result))
            }
            (Val::Tuple(a), Val::Tuple(b)) if a.len() == b.len() => {
                let parts = a.iter().zip(b).map(|(a, b)| self.join(hint, condition, a, b, results));
                Ok(Val::Tuple(parts.collect::<Result<_>>()?))
            }
            (Val::Array(a), Val::Array(b)) if a.len() == b.len() => {
                let parts = a.iter().zip(b).map(|(a, b)| self.join(hint, condition, a, b, results));
                Ok(Val::Array(parts.collect::<Result<_>>()?))
            }
            (Val::Struct(a), Val::Struct(b)) if a.len() == b.len() => {
                let mut fields = Vec::new();
                for ((name, a), (other, b)) in a.iter().zip(b) {
                    if name != other {
                        return Err(differ(hint));
                    }
                    fields.push((name.clone(), self.join(hint, condition, a, b, results)?));
                }
                Ok(Val::Struct(fields))
            }
            (Val::View(a), Val::View(b)) if !a.is(b) => Err(differ(hint)),
            (Val::Unit, _) | (_, Val::Unit) => Ok(Val::Unit),
            (Val::View(_), Val::View(_)) => Ok(a.clone()),
            (Val::Entry(x), Val::Entry(y)) if x == y => Ok(a.clone()),
            (Val::Closure(a), Val::Closure(b)) if Rc::ptr_eq(a, b) => Ok(Val::Closure(Rc::clone(a))),
            _ => Err(differ(hint)),
        }
    }

    /// `&&` and `||`: the right side is looked at only where it is wanted.
    pub(crate) fn lazy(&mut self, binary: &ExprBinary) -> Result<Val> {
        let left = self.scalar_expr(&binary.left)?;
        let is_and = matches!(binary.op, syn::BinOp::And(_));
        let saved = self.clone();
        let before = self.open.last().map_or(0, |block| block.stmts.len());
        let right = self.scalar_expr(&binary.right)?;
        let after = self.open.last().map_or(0, |block| block.stmts.len());
        if before == after {
            let text = format!("({} {} {})", self.name(left), if is_and { "&&" } else { "||" }, self.name(right));
            return Ok(Val::Scalar(self.plain_value("t", text, vec![left, right], Ty::plain("bool"))));
        }
        *self = saved;
        let right = |lower: &mut Self| lower.expr(&binary.right);
        if is_and {
            self.fork(left, &right, &|lower| Ok(lower.boolean(false)))
        } else {
            self.fork(left, &|lower| Ok(lower.boolean(true)), &right)
        }
    }

    /// A loop from 0 to `high`.
    pub(crate) fn each(
        &mut self,
        high: Id,
        assigned: &[String],
        body: &dyn Fn(&mut Self, Id) -> Result<()>,
    ) -> Result<()> {
        let low = self.number(0);
        let bounds = Bounds::items(low, high, false);
        self.cycle(Some(&bounds), assigned, &|lower, i| body(lower, i.unwrap_or(low)))
    }

    /// A loop that carries the scalars of the given names.
    pub(crate) fn cycle(
        &mut self,
        bounds: Option<&Bounds<'_>>,
        assigned: &[String],
        body: &dyn Fn(&mut Self, Option<Id>) -> Result<()>,
    ) -> Result<()> {
        let mut assigned: BTreeSet<String> = assigned.iter().cloned().collect();
        assigned = assigned.into_iter().map(|name| self.length_variable(name)).collect();
        assigned.retain(|name| {
            matches!(self.lookup(name), Some(Val::Scalar(_) | Val::Tuple(_) | Val::Array(_) | Val::Struct(_)))
        });
        let (mut active, mut missed) = (BTreeSet::new(), BTreeSet::new());
        let saved = self.clone();
        loop {
            match self.attempt(bounds, &assigned, &active, &missed, body)? {
                Attempt::Done => return Ok(()),
                Attempt::Active(name) => drop(active.insert(name)),
                Attempt::Unchanged(names) => {
                    assigned.retain(|name| missed.contains(name) || !names.contains(name));
                }
                Attempt::Changed(names) => {
                    missed.extend(names.iter().cloned());
                    assigned.extend(names);
                }
            }
            self.clone_from(&saved);
        }
    }

    fn attempt(
        &mut self,
        bounds: Option<&Bounds<'_>>,
        assigned: &BTreeSet<String>,
        active: &BTreeSet<String>,
        kept: &BTreeSet<String>,
        body: &dyn Fn(&mut Self, Option<Id>) -> Result<()>,
    ) -> Result<Attempt> {
        let initial: Vec<_> =
            assigned.iter().filter_map(|name| Some((name.clone(), self.lookup(name)?.clone()))).collect();
        let before = self.scopes.clone();
        self.enter();
        self.loops.insert(self.block());
        let mut entering = Vec::new();
        for (name, val) in &initial {
            let entered = self.entering(name, val, active.contains(name))?;
            self.assign(name, entered.clone());
            entering.push(entered);
        }
        let truth = self.boolean(false);
        self.bind("%skip", truth.clone());
        self.bind("%exit", truth);
        let variable = bounds.map(|bounds| self.given(bounds.hint, bounds.ty.clone()));
        body(self, variable)?;
        let exit = match self.lookup("%exit") {
            Some(Val::Scalar(id)) if self.name(id) != "false" => Some(id),
            _ => None,
        };
        let leaving: Vec<_> = initial.iter().filter_map(|(name, _)| self.lookup(name)).collect();
        let body = self.leave();
        let mut missed = changed(&before, &self.scopes);
        missed.retain(|name| !assigned.contains(name));
        if !missed.is_empty() {
            return Ok(Attempt::Changed(missed));
        }
        let (mut carried, mut unchanged) = (Vec::new(), BTreeSet::new());
        for (((name, initial), entering), leaving) in initial.iter().zip(&entering).zip(&leaving) {
            let (initial, entering, leaving) = (flat(initial), flat(entering), flat(leaving));
            if initial.len() != leaving.len() {
                return Err(syn::Error::new(
                    proc_macro2::Span::call_site(),
                    format!("`{name}` changes its shape in a loop: give it the same parts throughout"),
                ));
            }
            if entering == leaving && !kept.contains(name) {
                unchanged.insert(name.clone());
            }
            for ((initial, entering), leaving) in initial.into_iter().zip(entering).zip(leaving) {
                if self.is_active(leaving) && !self.is_active(entering) {
                    return Ok(Attempt::Active(name.clone()));
                }
                carried.push(Carried { entering, initial, leaving, result: 0 });
            }
        }
        if !unchanged.is_empty() {
            return Ok(Attempt::Unchanged(unchanged));
        }
        for carried in &mut carried {
            let Self { function, .. } = self;
            let held = function.values[carried.entering].clone();
            carried.result = self.value(held.name, held.ty, held.op);
        }
        let mut results = carried.iter().map(|carried| carried.result);
        for (name, val) in &initial {
            let val = rebuilt(val, &mut results);
            self.assign(name, val);
        }
        let trips = exit.map(|_| self.given("trips", Ty::plain("usize")));
        let range = bounds.zip(variable).map(|(bounds, variable)| Range {
            variable,
            low: bounds.low,
            high: bounds.high,
            step: bounds.step,
            reversed: bounds.reversed,
        });
        self.push(Stmt::Loop(Loop { range, carried, exit, trips, body }));
        Ok(Attempt::Done)
    }

    fn entering(&mut self, name: &str, val: &Val, active: bool) -> Result<Val> {
        match val {
            Val::Scalar(id) => {
                let ty = if active { Ty::Active } else { self.function.values[*id].ty.clone() };
                Ok(Val::Scalar(self.given(hint_of(name), ty)))
            }
            Val::Tuple(parts) => {
                Ok(Val::Tuple(parts.iter().map(|part| self.entering(name, part, active)).collect::<Result<_>>()?))
            }
            Val::Array(parts) => {
                Ok(Val::Array(parts.iter().map(|part| self.entering(name, part, active)).collect::<Result<_>>()?))
            }
            Val::Struct(fields) => Ok(Val::Struct(
                fields
                    .iter()
                    .map(|(field, part)| Ok((field.clone(), self.entering(name, part, active)?)))
                    .collect::<Result<_>>()?,
            )),
            other => Ok(other.clone()),
        }
    }
}

fn differ(hint: &str) -> syn::Error {
    let message = if hint == "t" {
        "this is another slice or array in each branch: declare an array before, and copy the entries into it".into()
    } else {
        format!("`{hint}` is another slice or array in each branch: copy the entries into one that is declared before")
    };
    syn::Error::new(proc_macro2::Span::call_site(), message)
}

enum Attempt {
    Done,
    /// The variable of this name has the differentiated type, which its first value did not show.
    Active(String),
    /// These variables are changed too.
    Changed(Vec<String>),
    /// These variables are not changed after all.
    Unchanged(BTreeSet<String>),
}

impl View {
    fn is(&self, other: &Self) -> bool {
        self.root == other.root && self.outer == other.outer && self.offset == other.offset && self.len == other.len
    }
}

/// What is a name for the result of a variable.
fn hint_of(name: &str) -> &str {
    name.strip_prefix('%').map_or(name, |rest| rest.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// The variables that have another value than before.
fn changed(before: &[HashMap<String, Val>], after: &[HashMap<String, Val>]) -> Vec<String> {
    let pairs = before.iter().zip(after);
    let differ = pairs.flat_map(|(before, after)| {
        before.iter().filter(|(name, val)| after.get(*name).is_some_and(|other| flat(val) != flat(other)))
    });
    differ.map(|(name, _)| name.clone()).collect()
}

fn flat(val: &Val) -> Vec<Id> {
    match val {
        Val::Scalar(id) => vec![*id],
        Val::Tuple(parts) | Val::Array(parts) => parts.iter().flat_map(flat).collect(),
        Val::Struct(fields) => fields.iter().flat_map(|(_, part)| flat(part)).collect(),
        _ => vec![],
    }
}

fn rebuilt(val: &Val, results: &mut impl Iterator<Item = Id>) -> Val {
    match val {
        Val::Scalar(id) => Val::Scalar(results.next().unwrap_or(*id)),
        Val::Tuple(parts) => Val::Tuple(parts.iter().map(|part| rebuilt(part, results)).collect()),
        Val::Array(parts) => Val::Array(parts.iter().map(|part| rebuilt(part, results)).collect()),
        Val::Struct(fields) => {
            Val::Struct(fields.iter().map(|(name, part)| (name.clone(), rebuilt(part, results))).collect())
        }
        other => other.clone(),
    }
}
