//! Numbers by value, and what calls return.

use super::{Lower, Val, refuse};
use crate::form::{Index, Ty};
use crate::pack::{Pack, literal};
use quote::ToTokens;
use syn::visit::Visit;
use syn::{Expr, FnArg, Member, Pat, Result, Signature, Stmt};

/// What a call that stands by itself takes of its value.
pub(crate) const NOTHING: Pack<()> = Pack::Tuple(vec![]);

impl Val {
    pub(crate) fn of_pack(pack: &Pack) -> Self {
        match pack {
            Pack::One(id) => Self::Scalar(*id),
            Pack::Tuple(parts) => Self::Tuple(parts.iter().map(Self::of_pack).collect()),
            Pack::Array(parts) | Pack::Open(parts) => Self::Array(parts.iter().map(Self::of_pack).collect()),
        }
    }
}

impl Lower {
    /// Arrays by value that are written into, or used otherwise than by literal indices, are memory.
    pub(crate) fn spread_parameters(&mut self, sig: &Signature) -> Result<()> {
        for input in &sig.inputs {
            let FnArg::Typed(typed) = input else { continue };
            let Pat::Ident(ident) = &*typed.pat else { continue };
            let name = ident.ident.to_string();
            if let Some(val @ Val::Array(_)) = self.lookup(&name) {
                let val = self.owned(ident, &name, ident.mutability.is_some(), val)?;
                self.bind(&name, val);
            }
        }
        Ok(())
    }

    /// What stands for numbers until they are known.
    pub(crate) fn zeros(&mut self, pack: &Pack<()>) -> Val {
        match pack {
            Pack::One(()) => self.zero(),
            Pack::Tuple(parts) => Val::Tuple(parts.iter().map(|part| self.zeros(part)).collect()),
            Pack::Array(parts) | Pack::Open(parts) => Val::Array(parts.iter().map(|part| self.zeros(part)).collect()),
        }
    }

    /// The numbers of a value.
    pub(crate) fn packed(&mut self, at: impl ToTokens + Copy, val: Val, pack: &Pack<()>) -> Result<Pack> {
        match pack {
            Pack::One(()) => self.scalar(at, val).map(Pack::One),
            Pack::Tuple(parts) => self.parts_of(at, &val, parts).map(Pack::Tuple),
            Pack::Array(parts) | Pack::Open(parts) => self.parts_of(at, &val, parts).map(Pack::Array),
        }
    }

    fn parts_of(&mut self, at: impl ToTokens + Copy, val: &Val, parts: &[Pack<()>]) -> Result<Vec<Pack>> {
        if let Val::Tuple(held) | Val::Array(held) = val {
            if held.len() != parts.len() {
                return refuse(at, "the value has another number of parts");
            }
            return held.iter().zip(parts).map(|(held, part)| self.packed(at, held.clone(), part)).collect();
        }
        let mut packed = Vec::new();
        for (i, part) in parts.iter().enumerate() {
            let index = Index { terms: vec![], constant: i64::try_from(i).unwrap_or(0) };
            let entry = self.at(at, val, index)?;
            packed.push(self.packed(at, entry, part)?);
        }
        Ok(packed)
    }

    /// What a function that is called returns: by the pattern that waits for it, else one number.
    pub(crate) fn returned(&mut self, name: &str) -> Option<Pack> {
        match self.expected.take() {
            Some(pack) if pack == NOTHING => None,
            Some(pack) => Some(pack.map(&mut |()| self.given(name, Ty::Active))),
            None => Some(Pack::One(self.given(name, Ty::Active))),
        }
    }

    /// The numbers of what is assigned.
    pub(crate) fn shape_of(&mut self, left: &Expr) -> Option<Pack<()>> {
        match left {
            Expr::Paren(inner) => self.shape_of(&inner.expr),
            Expr::Infer(_) => Some(NOTHING),
            Expr::Tuple(tuple) => {
                let parts = tuple.elems.iter().map(|part| match part {
                    Expr::Infer(_) => Some(Pack::One(())),
                    part => self.shape_of(part),
                });
                parts.collect::<Option<_>>().map(Pack::Tuple)
            }
            Expr::Path(_) | Expr::Field(_) => {
                let held = self.reach(left)?;
                self.shape_of_value(&held)
            }
            _ => Some(Pack::One(())),
        }
    }

    fn shape_of_value(&self, held: &Val) -> Option<Pack<()>> {
        let each = |parts: &[Val]| parts.iter().map(|part| self.shape_of_value(part)).collect::<Option<_>>();
        match held {
            Val::Scalar(_) | Val::Entry(_) => Some(Pack::One(())),
            Val::Tuple(parts) => each(parts).map(Pack::Tuple),
            Val::Array(parts) => each(parts).map(Pack::Array),
            Val::View(view) if view.depth == 0 && self.dimensions_of(view).is_some() => {
                self.name(view.len).parse().ok().map(|len| Pack::Array(vec![Pack::One(()); len]))
            }
            _ => None,
        }
    }

    /// What a pattern that waits for a value takes apart. A name is one number unless its parts are asked for later.
    pub(crate) fn expects(&self, pat: &Pat, rest: &[Stmt]) -> Result<Option<Pack<()>>> {
        let unknown = std::cell::Cell::new(false);
        let pack = Pack::of_pattern(pat, &self.scalar, &|name| {
            let asked = Asked::of(name, rest);
            unknown.set(unknown.get() || (asked.entries.is_some() && asked.others > 0));
            asked.pack()
        });
        if unknown.get() {
            return refuse(pat, "give this array its type, `[T; N]` with a literal in the place of `N`");
        }
        Ok(pack)
    }
}

fn binds(pat: &Pat, name: &str) -> bool {
    struct Finder<'a>(&'a str, bool);
    impl<'ast> Visit<'ast> for Finder<'_> {
        fn visit_pat_ident(&mut self, ident: &'ast syn::PatIdent) {
            self.1 |= ident.ident == self.0;
        }
    }
    let mut finder = Finder(name, false);
    finder.visit_pat(pat);
    finder.1
}

/// `name[1]` and `name.1` in what follows tell that a name stands for an array or a tuple.
struct Asked<'a> {
    name: &'a str,
    /// The largest index, and the largest member.
    entries: Option<usize>,
    members: Option<usize>,
    /// Other uses of the name.
    others: usize,
}

impl<'a> Asked<'a> {
    fn of(name: &'a str, rest: &[Stmt]) -> Self {
        let mut asked = Asked { name, entries: None, members: None, others: 0 };
        for stmt in rest {
            asked.visit_stmt(stmt);
            if matches!(stmt, Stmt::Local(local) if binds(&local.pat, name)) {
                break;
            }
        }
        asked
    }

    fn pack(&self) -> Pack<()> {
        let several = |most: usize| vec![Pack::One(()); most + 1];
        match (self.entries, self.members) {
            (Some(most), _) => Pack::Open(several(most)),
            (None, Some(most)) => Pack::Tuple(several(most)),
            (None, None) => Pack::One(()),
        }
    }
}

impl<'ast> Visit<'ast> for Asked<'_> {
    fn visit_expr_index(&mut self, index: &'ast syn::ExprIndex) {
        if super::plain::ident_of(&index.expr).is_some_and(|name| name == self.name) {
            let at = literal(&index.index);
            self.entries = self.entries.max(at.or(Some(0)));
            self.others += usize::from(at.is_none());
            return self.visit_expr(&index.index);
        }
        syn::visit::visit_expr_index(self, index);
    }

    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        self.others += usize::from(path.path.is_ident(self.name));
    }

    fn visit_expr_field(&mut self, field: &'ast syn::ExprField) {
        if let (Some(name), Member::Unnamed(index)) = (super::plain::ident_of(&field.base), &field.member)
            && name == self.name
        {
            self.members = self.members.max(Some(index.index as usize));
            return;
        }
        syn::visit::visit_expr_field(self, field);
    }
}
