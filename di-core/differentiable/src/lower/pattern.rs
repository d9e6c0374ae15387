//! Patterns, and what they bind.

use super::structure::fields_of;
use super::{Held, Lower, Val, View, refuse};
use crate::form::{Index, Op, Ty};
use syn::{Expr, Pat, Result};

impl Lower {
    /// Binds a pattern to what an expression stands for.
    pub(crate) fn pattern(&mut self, pat: &Pat, val: Val) -> Result<()> {
        match pat {
            Pat::Wild(_) => Ok(()),
            Pat::Paren(inner) => self.pattern(&inner.pat, val),
            Pat::Type(typed) => self.pattern(&typed.pat, val),
            Pat::Ident(ident) => {
                if ident.subpat.is_some() || ident.by_ref.is_some() {
                    return refuse(pat, "write a plain name: `ref` and `@` are not supported in `#[differentiable]`");
                }
                let name = ident.ident.to_string();
                let val = self.owned(pat, &name, ident.mutability.is_some(), val)?;
                self.bind(&name, val);
                Ok(())
            }
            Pat::Reference(inner) => {
                let val = self.dereferenced(&val).unwrap_or(val);
                let val = match self.loaded(val) {
                    Val::View(view) => Val::View(View { held: Held::Place, ..view }),
                    other => other,
                };
                self.pattern(&inner.pat, val)
            }
            Pat::Struct(fields) => {
                if let Some(rest) = &fields.rest {
                    return refuse(rest, "name every field: `..` is not supported in `#[differentiable]`");
                }
                let held = fields_of(pat, &val)?.to_vec();
                fields.fields.iter().try_for_each(|field| {
                    let name = quote::ToTokens::to_token_stream(&field.member).to_string();
                    match held.iter().find(|(held, _)| *held == name) {
                        Some((_, val)) => self.pattern(&field.pat, val.clone()),
                        None => refuse(field, "this field is not known: the struct was made without it"),
                    }
                })
            }
            Pat::TupleStruct(fields) => {
                let held = fields_of(pat, &val)?.to_vec();
                if held.len() != fields.elems.len() {
                    return refuse(pat, "name every field: `..` is not supported in `#[differentiable]`");
                }
                fields.elems.iter().zip(held).try_for_each(|(pat, (_, val))| self.pattern(pat, val))
            }
            Pat::Tuple(tuple) => {
                if let Val::Scalar(id) = val
                    && !self.is_active(id)
                {
                    let parts = (0..tuple.elems.len()).map(|i| format!(".{i}")).collect();
                    return self.passive_parts(id, parts, tuple.elems.iter());
                }
                let Val::Tuple(parts) = val else {
                    return refuse(
                        pat,
                        "this is not a tuple that `#[differentiable]` can take apart: bind it to a name",
                    );
                };
                if parts.len() != tuple.elems.len() {
                    return refuse(pat, "name every part of the tuple: `..` is not supported in `#[differentiable]`");
                }
                tuple.elems.iter().zip(parts).try_for_each(|(pat, val)| self.pattern(pat, val))
            }
            Pat::Slice(slice) => {
                if let (Val::Scalar(id), false) = (&val, slice.elems.iter().any(|pat| matches!(pat, Pat::Rest(_))))
                    && !self.is_active(*id)
                {
                    let parts = (0..slice.elems.len()).map(|i| format!("[{i}]")).collect();
                    return self.passive_parts(*id, parts, slice.elems.iter());
                }
                // Of a reference to an array the parts are references.
                let reference = match &val {
                    Val::View(view) if view.held == Held::Shared => Some(view.mutable),
                    _ => None,
                };
                for (i, pat) in slice.elems.iter().enumerate() {
                    if matches!(pat, Pat::Rest(_)) {
                        return refuse(pat, "name every entry, or index: `..` in a slice pattern is not supported");
                    }
                    let index = Index { terms: vec![], constant: i64::try_from(i).unwrap_or(0) };
                    let part = self.at(pat, &val, index)?;
                    let part = match (part, reference) {
                        (Val::View(view), Some(mutable)) => Val::View(View { held: Held::Shared, mutable, ..view }),
                        (part, Some(_)) => part,
                        (part, None) => self.loaded(part),
                    };
                    self.pattern(pat, part)?;
                }
                Ok(())
            }
            _ => refuse(pat, "this pattern is not supported in `#[differentiable]`: bind a name, a tuple or `&name`"),
        }
    }

    /// Parts of passive data, by reference where that is a reference.
    fn passive_parts<'a>(&mut self, id: usize, parts: Vec<String>, pats: impl Iterator<Item = &'a Pat>) -> Result<()> {
        let is_reference = matches!(&self.function.values[id].op, Op::Plain { text, .. } if text.starts_with('&'));
        for (part, pat) in parts.iter().zip(pats) {
            let part = self.part(id, if is_reference { "&" } else { "" }, part, &[]);
            self.pattern(pat, part)?;
        }
        Ok(())
    }

    /// Gives the author's name to what has none yet.
    pub(crate) fn named(&mut self, name: &str, val: Val) -> Val {
        if let Val::View(view) = &val
            && self.function.roots[view.root].name.starts_with("memory")
        {
            self.function.roots[view.root].name = self.fresh(name);
        }
        if let Val::Scalar(id) = val {
            let last = matches!(self.open.last().and_then(|block| block.stmts.last()), Some(crate::form::Stmt::Let(last)) if *last == id);
            let value = &self.function.values[id];
            let temporary = value.name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_') == "t";
            if last && temporary && !matches!(value.op, Op::Given) {
                let fresh = self.fresh(name);
                self.known.retain(|_, held| *held != id);
                self.function.values[id].name = fresh;
            }
        }
        val
    }

    /// The type that an annotation gives, for a scalar whose type was not known.
    pub(crate) fn annotate(&mut self, pat: &Pat, val: &Val) {
        let (Pat::Type(typed), Val::Scalar(id)) = (pat, val) else { return };
        let text = quote::ToTokens::to_token_stream(&typed.ty).to_string();
        let value = &mut self.function.values[*id];
        if value.ty == Ty::Plain(None) && text != "_" {
            value.ty = if text == self.scalar { Ty::Active } else { Ty::plain(&text) };
        }
    }

    /// A reference to an entry becomes the entry's value.
    pub(crate) fn loaded(&mut self, val: Val) -> Val {
        match val {
            Val::Entry(place) => Val::Scalar(self.load(place)),
            Val::Tuple(parts) => Val::Tuple(parts.into_iter().map(|part| self.loaded(part)).collect()),
            Val::Array(parts) => Val::Array(parts.into_iter().map(|part| self.loaded(part)).collect()),
            Val::Struct(fields) => {
                Val::Struct(fields.into_iter().map(|(name, part)| (name, self.loaded(part))).collect())
            }
            other => other,
        }
    }

    /// The one scalar that is meant.
    pub(crate) fn scalar(&mut self, expr: impl quote::ToTokens, val: Val) -> Result<usize> {
        match self.loaded(val) {
            Val::Scalar(id) => Ok(id),
            Val::Unit => refuse(expr, "a number is expected here, and this has no value"),
            Val::Tuple(_) | Val::Array(_) => {
                refuse(expr, "a number is expected here, and this is a tuple or an array: take it apart first")
            }
            Val::View(_) => refuse(expr, "a number is expected here, and this is a slice: index it"),
            Val::Struct(_) => refuse(expr, "a number is expected here, and this is a struct: name one of its fields"),
            Val::Closure(_) => refuse(
                expr,
                "a number is expected here, and this is a closure: call it, or, for passive data, compute it by a helper of plain numbers without the attribute",
            ),
            Val::Entry(_) => refuse(expr, "a number is expected here, and this is a reference: write `*` before it"),
        }
    }

    pub(crate) fn scalar_expr(&mut self, expr: &Expr) -> Result<usize> {
        let val = self.without_jump(expr, &|lower| lower.expr(expr))?;
        self.scalar(expr, val)
    }
}
