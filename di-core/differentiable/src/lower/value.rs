//! Values of arrays, vectors, tuples and structs: what is bound or assigned is a copy, as in Rust.

use super::{Held, Lower, Val, View, refuse};
use crate::form::{Fill, Index, Source, Ty};
use quote::ToTokens;
use syn::{Expr, Result};

impl Lower {
    /// What a variable holds from now on: memory of its own, if somebody writes into it or into where it comes from.
    pub(crate) fn kept(&mut self, val: Val, mutable: bool) -> Result<Val> {
        Ok(match val {
            Val::View(view) => match view.held {
                Held::Shared => Val::View(View { grows: false, ..view }),
                Held::Place if mutable || !self.frozen.contains(&view.root) => {
                    let copied = self.duplicate(&view)?;
                    if !mutable {
                        self.frozen.insert(copied.root);
                    }
                    Val::View(View { held: Held::Place, ..copied })
                }
                Held::Place => Val::View(view),
                Held::Fresh => {
                    if !mutable {
                        self.frozen.insert(view.root);
                    }
                    Val::View(View { held: Held::Place, ..view })
                }
            },
            Val::Tuple(parts) => Val::Tuple(self.each_kept(parts, mutable)?),
            Val::Array(parts) => Val::Array(self.each_kept(parts, mutable)?),
            Val::Struct(fields) => Val::Struct(
                fields.into_iter().map(|(name, val)| Ok((name, self.kept(val, mutable)?))).collect::<Result<_>>()?,
            ),
            other => other,
        })
    }

    fn each_kept(&mut self, parts: Vec<Val>, mutable: bool) -> Result<Vec<Val>> {
        parts.into_iter().map(|part| self.kept(part, mutable)).collect()
    }

    /// What a variable of the given name is bound to.
    pub(crate) fn owned(&mut self, at: impl ToTokens, name: &str, mutable: bool, val: Val) -> Result<Val> {
        let val = match val {
            Val::Array(parts) if mutable || self.scan.is_used_whole(name) => {
                if parts.iter().any(|part| matches!(part, Val::Tuple(_) | Val::Struct(_) | Val::Closure(_))) {
                    if mutable {
                        return refuse(
                            at,
                            "an array of tuples or structs cannot be written into: use an array for each part",
                        );
                    }
                    Val::Array(parts)
                } else {
                    Val::View(self.spread(&at, parts)?)
                }
            }
            other => other,
        };
        let val = if mutable { self.mutable(val)? } else { val };
        let val = self.kept(val, mutable)?;
        let val = self.named(name, val);
        Ok(self.grown(name, mutable, val))
    }

    /// Arrays inside of a tuple or struct that is written into are memory.
    fn mutable(&mut self, val: Val) -> Result<Val> {
        Ok(match val {
            Val::Array(parts) => {
                let at: Expr = syn::parse_quote!(array);
                Val::View(self.spread(&at, parts)?)
            }
            Val::Tuple(parts) => Val::Tuple(parts.into_iter().map(|part| self.mutable(part)).collect::<Result<_>>()?),
            Val::Struct(fields) => Val::Struct(
                fields.into_iter().map(|(name, val)| Ok((name, self.mutable(val)?))).collect::<Result<_>>()?,
            ),
            other => other,
        })
    }

    /// The dimensions of what a view stands for, if it is an array.
    pub(crate) fn dimensions_of(&self, view: &View) -> Option<Vec<String>> {
        if view.held == Held::Shared {
            return None;
        }
        match &self.function.roots[view.root].source {
            Source::Array(dimensions) => dimensions.get(view.outer.len()..).map(<[_]>::to_vec),
            _ => None,
        }
    }

    /// Memory with the same entries.
    pub(crate) fn duplicate(&mut self, view: &View) -> Result<View> {
        let source = match self.dimensions_of(view) {
            Some(dimensions) => Source::Array(dimensions),
            None if view.depth > 0 => {
                let at: Expr = syn::parse_quote!(array);
                return refuse(at, "a slice of arrays cannot be copied as a whole: copy its rows");
            }
            None => Source::Vector,
        };
        let ty = self.function.roots[view.root].ty.clone();
        let zero = self.default_of(&ty);
        let copied = self.begin(source, view.len, Fill::Repeat(zero), ty);
        let at: Expr = syn::parse_quote!(array);
        self.copy(&at, view, &copied)?;
        Ok(copied)
    }

    /// A value that memory of a type begins with.
    pub(crate) fn default_of(&mut self, ty: &Ty) -> usize {
        match self.zero() {
            Val::Scalar(zero) if ty.is_active() => zero,
            _ => self.constant("Default::default()", ty.clone()),
        }
    }

    /// `old = new`, of values of the same shape; memory is copied into.
    pub(crate) fn assigned(&mut self, at: &Expr, old: &Val, new: Val) -> Result<Val> {
        match (old, new) {
            (Val::Scalar(_) | Val::Unit, new @ (Val::Scalar(_) | Val::Entry(_))) => Ok(self.loaded(new)),
            (Val::Unit, new) => self.kept(new, true),
            (Val::View(to), new @ (Val::View(_) | Val::Array(_))) if to.held != Held::Shared => {
                let from = match new {
                    Val::Array(parts) => self.spread(at, parts)?,
                    Val::View(from) => from,
                    _ => return refuse(at, "this is no array"),
                };
                if to.grows {
                    self.regrow(to, from.len);
                    let to = View { len: from.len, ..to.clone() };
                    self.copy(at, &from, &to)?;
                } else {
                    self.copy(at, &from, to)?;
                }
                Ok(old.clone())
            }
            (Val::Tuple(old), Val::Tuple(new)) if old.len() == new.len() => {
                let parts = old.iter().zip(new).map(|(old, new)| self.assigned(at, old, new));
                Ok(Val::Tuple(parts.collect::<Result<_>>()?))
            }
            (Val::Struct(old), Val::Struct(new)) if old.len() == new.len() => {
                let mut fields = Vec::new();
                for (name, old) in old {
                    let Some((_, new)) = new.iter().find(|(held, _)| held == name) else {
                        return refuse(at, "this struct has other fields");
                    };
                    fields.push((name.clone(), self.assigned(at, old, new.clone())?));
                }
                Ok(Val::Struct(fields))
            }
            (Val::View(_) | Val::Entry(_), _) => refuse(
                at,
                "a slice or reference cannot be made to point elsewhere: use another name, or copy the entries",
            ),
            (Val::Tuple(_), _) => refuse(at, "a tuple is assigned from a tuple that is made here: name its parts"),
            _ => refuse(at, "this cannot be assigned: use a local, an entry of a slice or array, or a part of a tuple"),
        }
    }

    /// Copies a view of the same length.
    pub(crate) fn copy(&mut self, at: &Expr, from: &View, to: &View) -> Result<()> {
        let high = to.len;
        let same = self.name(from.len) == self.name(to.len);
        if !same {
            let text = format!("assert_eq!({}, {})", self.name(from.len), self.name(to.len));
            self.push(crate::form::Stmt::Assert { text, uses: vec![from.len, to.len] });
        }
        self.each(high, &[], &|lower, i| {
            let index = Index { terms: vec![i], constant: 0 };
            let (from, to) = (lower.entry(from, &index), lower.entry(to, &index));
            match (from, to) {
                (from @ Val::Entry(_), Val::Entry(to)) => {
                    let value = lower.scalar(at, from)?;
                    lower.store(at, to, crate::form::Store::Set, value)
                }
                (Val::View(from), Val::View(to)) => lower.copy(at, &from, &to),
                _ => refuse(at, "these do not have the same shape"),
            }
        })
    }
}
