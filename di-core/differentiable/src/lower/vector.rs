//! Vectors whose length changes: the length is a variable beside the memory.

use super::{Held, Lower, Val, View, refuse};
use crate::form::{Fill, Id, Index, RootId, Source, Stmt, Store, Ty};
use quote::ToTokens;
use syn::{Expr, ExprMethodCall, Result};

/// The name of the variable that holds the length.
pub(crate) fn length_of(root: RootId) -> String {
    format!("%len{root}")
}

impl Lower {
    /// A vector whose length changes gets a variable for it.
    pub(crate) fn grown(&mut self, name: &str, mutable: bool, val: Val) -> Val {
        let Val::View(view) = &val else { return val };
        let is_vector = self.function.roots[view.root].source == Source::Vector && view.outer.is_empty();
        if !(mutable && is_vector && view.held == Held::Place && self.scan.grows(name)) {
            return val;
        }
        self.bind(&length_of(view.root), Val::Scalar(view.len));
        Val::View(View { grows: true, ..view.clone() })
    }

    /// The name of what a loop carries for a variable.
    pub(crate) fn length_variable(&self, name: String) -> String {
        match self.lookup(&name) {
            Some(Val::View(view)) if view.grows => length_of(view.root),
            _ => name,
        }
    }

    /// A vector that grows has memory for `len` entries, and that length.
    pub(crate) fn regrow(&mut self, view: &View, len: Id) {
        self.push(Stmt::Begin { root: view.root, len, fill: Fill::Unspecified });
        self.assign(&length_of(view.root), Val::Scalar(len));
    }

    /// `Vec::new()` and its like, and `Vec::from` of what is given.
    pub(crate) fn new_vector(&mut self, call: &syn::ExprCall) -> Option<Val> {
        let ty = made_vector(call)?;
        let told = match self.annotated.take() {
            Some(text) => text.rsplit_once('<').map(|(_, entry)| entry.to_string()),
            None => ty.arguments.to_token_stream().to_string().rsplit_once('<').map(|(_, entry)| entry.to_string()),
        };
        let told = told.map(|entry| entry.trim_end_matches(['>', ' ']).trim().to_string());
        let ty = match told {
            Some(entry) if entry != self.scalar && entry != "_" => Ty::plain(&entry),
            _ => Ty::Active,
        };
        let (zero, none) = (self.default_of(&ty), self.number(0));
        Some(Val::View(self.begin(Source::Vector, none, Fill::Repeat(zero), ty)))
    }

    /// Methods that change the length of a vector.
    pub(crate) fn changed_vector(&mut self, call: &ExprMethodCall, view: &View) -> Result<Option<Val>> {
        let (whole, name) = (Expr::MethodCall(call.clone()), call.method.to_string());
        if !["push", "extend", "extend_from_slice", "clear", "truncate", "resize"].contains(&name.as_str()) {
            return Ok(None);
        }
        if !view.grows {
            return refuse(
                &call.method,
                format!("`{name}` changes a vector that is bound to a name: `let mut v = Vec::with_capacity(n);`"),
            );
        }
        let arguments: Vec<_> = call.args.iter().collect();
        match (name.as_str(), &arguments[..]) {
            ("push", [value]) => {
                let value = self.scalar_expr(value)?;
                self.appended(&whole, view, value)?;
            }
            ("extend_from_slice", [from]) => {
                let from = self.view_of(from)?;
                let high = Index { terms: vec![view.len, from.len], constant: 0 };
                let len = self.scalar_of(&high, "len");
                self.regrow(view, len);
                let to = View { offset: Index { terms: vec![view.len], constant: 0 }, len: from.len, ..view.clone() };
                self.copy(&whole, &from, &to)?;
            }
            ("extend", [from]) => {
                let (sequence, reversed) = self.reversible(from)?;
                let (low, high) = (self.number(0), Self::len_of(&sequence));
                let bounds = super::control::Bounds::items(low, high, reversed);
                self.cycle(Some(&bounds), &[length_of(view.root)], &|lower, i| {
                    lower.visit(&sequence, i.unwrap_or(low), &|lower, item| {
                        let value = lower.scalar(&whole, item)?;
                        let Some(Val::Scalar(len)) = lower.lookup(&length_of(view.root)) else { return Ok(()) };
                        lower.appended(&whole, &View { len, ..view.clone() }, value)
                    })
                })?;
            }
            ("clear", []) => {
                let none = self.number(0);
                self.assign(&length_of(view.root), Val::Scalar(none));
            }
            ("truncate", [len]) => {
                let len = self.scalar_expr(len)?;
                let len = self.least(view.len, len);
                self.assign(&length_of(view.root), Val::Scalar(len));
            }
            ("resize", [len, value]) => {
                let (len, value) = (self.scalar_expr(len)?, self.scalar_expr(value)?);
                self.regrow(view, len);
                let text = format!("usize::saturating_sub({}, {})", self.name(len), self.name(view.len));
                let more = self.plain_value("len", text, vec![len, view.len], Ty::plain("usize"));
                self.each(more, &[], &|lower, i| {
                    let index = Index { terms: vec![view.len, i], constant: 0 };
                    let place = lower.entry(view, &index);
                    lower.set_entry(&whole, place, value)
                })?;
            }
            _ => return refuse(&call.method, format!("`{name}` takes other arguments")),
        }
        Ok(Some(Val::Unit))
    }

    /// One more entry.
    pub(crate) fn appended(&mut self, at: &Expr, view: &View, value: Id) -> Result<()> {
        let place = self.entry(view, &self.index_of(view.len));
        let mut next = self.index_of(view.len);
        next.constant += 1;
        let len = self.scalar_of(&next, "len");
        if self.function.roots[view.root].ty.is_active() && self.is_known_plain(value) {
            return refuse(at, "say what the vector holds where it is declared: `let mut v: Vec<usize> = Vec::new();`");
        }
        self.regrow(view, len);
        match place {
            Val::Entry(place) => self.store(at, place, Store::Set, value),
            _ => refuse(at, "a vector of arrays is not supported: use one vector and index arithmetic"),
        }
    }

    fn is_known_plain(&self, id: Id) -> bool {
        matches!(&self.function.values[id].ty, Ty::Plain(Some(_)))
    }
}

/// The segment `Vec` of `Vec::new` and `Vec::with_capacity`.
fn made_vector(call: &syn::ExprCall) -> Option<&syn::PathSegment> {
    let Expr::Path(path) = &*call.func else { return None };
    let mut segments = path.path.segments.iter().rev();
    let (name, ty) = (segments.next()?, segments.next()?);
    (ty.ident == "Vec" && (name.ident == "new" || name.ident == "with_capacity")).then_some(ty)
}

pub(crate) fn is_new_vector(call: &syn::ExprCall) -> bool {
    made_vector(call).is_some()
}
