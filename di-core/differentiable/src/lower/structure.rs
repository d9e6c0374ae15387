//! Structs that are made in the function, and places inside of them.

use super::plain::ident_of;
use super::{Lower, Val, refuse};
use quote::ToTokens;
use syn::{Expr, ExprField, ExprStruct, Member, Result};

impl Lower {
    /// `Point { x, y }`, if a number of the differentiated type is in it.
    pub(crate) fn structure(&mut self, literal: &ExprStruct) -> Result<Val> {
        let mut fields = Vec::new();
        for field in &literal.fields {
            fields.push((field.member.to_token_stream().to_string(), self.expr(&field.expr)?));
        }
        if let Some(rest) = &literal.rest {
            let Val::Struct(others) = self.expr(rest)? else {
                return refuse(rest, "the rest of a struct comes from a struct that is made here: name the fields");
            };
            for (name, val) in others {
                if fields.iter().all(|(held, _)| *held != name) {
                    fields.push((name, val));
                }
            }
        }
        let fields = fields.into_iter().map(|(name, val)| (name, self.loaded(val))).collect();
        Ok(Val::Struct(fields))
    }

    /// Whether an expression makes a struct of numbers: a literal, or `Point(a, b)`.
    pub(crate) fn is_structure(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Struct(literal) => {
                literal.rest.is_some() || literal.fields.iter().any(|field| self.is_number(&field.expr))
            }
            Expr::Call(call) => is_constructor(call) && call.args.iter().any(|argument| self.is_number(argument)),
            _ => false,
        }
    }

    /// Whether the text tells that an expression is, or holds, a number of the differentiated type.
    fn is_number(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Array(array) => array.elems.iter().any(|part| self.is_number(part)),
            Expr::Tuple(tuple) => tuple.elems.iter().any(|part| self.is_number(part)),
            Expr::Repeat(repeat) => self.is_number(&repeat.expr),
            Expr::Struct(_) | Expr::Call(_) if self.is_structure(expr) => true,
            _ => self.type_of(expr).is_active() || self.clone().passive(expr).is_none(),
        }
    }

    /// `Point(a, b)`.
    pub(crate) fn constructed(&mut self, call: &syn::ExprCall) -> Result<Val> {
        if let Expr::Path(path) = &*call.func
            && let Some(last) = path.path.segments.last()
            && ["Some", "Ok", "Err", "Box", "Rc", "Wrapping"].iter().any(|name| last.ident == name)
        {
            return refuse(call, "a number cannot be wrapped here: keep it in a variable, a tuple or an array");
        }
        let mut fields = Vec::new();
        for (i, argument) in call.args.iter().enumerate() {
            let val = self.expr(argument)?;
            fields.push((i.to_string(), self.loaded(val)));
        }
        Ok(Val::Struct(fields))
    }

    /// `base.member`.
    pub(crate) fn field(&mut self, field: &ExprField) -> Result<Val> {
        let base = self.expr_place(&field.base)?;
        part(&base, &field.member).cloned().map_or_else(
            || {
                refuse(
                    field,
                    "this field is not known: only tuples and structs made in the function, and passive data, have fields here; bind what a call returns first, `let (p, q) = …`",
                )
            },
            Ok,
        )
    }

    /// `base.member = val`, of a local.
    pub(crate) fn assign_field(&mut self, left: &Expr, val: Val) -> Result<()> {
        let mut members = Vec::new();
        let mut base = left;
        loop {
            match base {
                Expr::Field(field) => {
                    members.push(&field.member);
                    base = &field.base;
                }
                Expr::Paren(inner) => base = &inner.expr,
                _ => break,
            }
        }
        members.reverse();
        let held = ident_of(base).and_then(|name| Some((self.lookup(&name)?, name)));
        let Some((mut held, name)) = held else {
            return refuse(left, "this field cannot be assigned: only fields of local tuples and structs can");
        };
        let mut place = &mut held;
        for member in members {
            match part_mut(place, member) {
                Some(inner) => place = inner,
                None => {
                    return refuse(left, "this field cannot be assigned: only fields of local tuples and structs can");
                }
            }
        }
        *place = self.assigned(left, &place.clone(), val)?;
        self.assign(&name, held);
        Ok(())
    }
}

pub(crate) fn part<'a>(val: &'a Val, member: &Member) -> Option<&'a Val> {
    match (val, member) {
        (Val::Tuple(parts), Member::Unnamed(index)) => parts.get(index.index as usize),
        (Val::Struct(fields), member) => {
            let name = member.to_token_stream().to_string();
            fields.iter().find(|(held, _)| *held == name).map(|(_, val)| val)
        }
        _ => None,
    }
}

fn part_mut<'a>(val: &'a mut Val, member: &Member) -> Option<&'a mut Val> {
    match (val, member) {
        (Val::Tuple(parts), Member::Unnamed(index)) => parts.get_mut(index.index as usize),
        (Val::Struct(fields), member) => {
            let name = member.to_token_stream().to_string();
            fields.iter_mut().find(|(held, _)| *held == name).map(|(_, val)| val)
        }
        _ => None,
    }
}

/// Whether a call makes a tuple struct or a variant.
pub(crate) fn is_constructor(call: &syn::ExprCall) -> bool {
    matches!(&*call.func, Expr::Path(path)
        if path.path.segments.last().is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase)))
}

/// `let Point { x, y } = p`, by its fields.
pub(crate) fn fields_of(at: impl ToTokens, val: &Val) -> Result<&[(String, Val)]> {
    match val {
        Val::Struct(fields) => Ok(fields),
        _ => refuse(at, "this is not a struct that was made in the function: bind it to a name"),
    }
}
