//! Statements.

use super::packed::NOTHING;
use super::structure::is_constructor;
use super::vector::is_new_vector;
use super::{Lower, Val, refuse};
use crate::form::{Stmt as Form, Store};
use quote::ToTokens;
use syn::{Block, Expr, Result, Stmt};

impl Lower {
    /// A block with a scope of its own.
    pub(crate) fn scoped_block(&mut self, block: &Block) -> Result<Val> {
        self.scopes.push(std::collections::HashMap::new());
        let val = self.stmts(&block.stmts);
        self.scopes.pop();
        val
    }

    /// A block that has no value.
    pub(crate) fn loop_body(&mut self, block: &Block) -> Result<()> {
        self.expected = Some(NOTHING);
        self.scoped_block(block).map(drop)
    }

    /// Statements in order; what follows a jump that may be taken becomes the other branch.
    pub(crate) fn stmts(&mut self, stmts: &[Stmt]) -> Result<Val> {
        let mut val = Val::Unit;
        let expected = self.expected.take();
        for (i, stmt) in stmts.iter().enumerate() {
            let rest = &stmts[i + 1..];
            if rest.is_empty() {
                self.expected.clone_from(&expected);
            }
            val = self.stmt(stmt, rest)?;
            if rest.is_empty() || self.is_literally("%skip", "false") {
                continue;
            }
            if self.is_literally("%skip", "true") {
                return Ok(Val::Unit);
            }
            let Some(Val::Scalar(skip)) = self.lookup("%skip") else { continue };
            return self.unless(skip, &|lower| {
                lower.expected.clone_from(&expected);
                lower.stmts(rest)
            });
        }
        Ok(val)
    }

    fn stmt(&mut self, stmt: &Stmt, rest: &[Stmt]) -> Result<Val> {
        match stmt {
            Stmt::Local(local) => {
                let Some(init) = &local.init else {
                    return refuse(local, "give the variable a value where it is declared: `let a = …`");
                };
                if let Some((_, diverge)) = &init.diverge {
                    return refuse(diverge, "`let … else` is not supported in `#[differentiable]`: use `if`");
                }
                let typed = super::annotated::init(self, &init.expr, &local.pat)?;
                let val = self.typed(typed.as_ref().unwrap_or(&init.expr), &local.pat, rest)?;
                if let (syn::Pat::Wild(_), Val::Scalar(id)) = (&local.pat, &val) {
                    self.without_effect(&init.expr, *id)?;
                }
                self.annotate(&local.pat, &val);
                let val = match val {
                    Val::Entry(place) if !matches!(*init.expr, Expr::Reference(_) | Expr::MethodCall(_)) => {
                        self.loaded(Val::Entry(place))
                    }
                    other => other,
                };
                self.pattern(&local.pat, val)?;
                Ok(Val::Unit)
            }
            Stmt::Expr(expr, semicolon) => {
                if semicolon.is_some() || !rest.is_empty() {
                    self.expected = Some(NOTHING);
                }
                let val = self.expr(expr)?;
                self.expected = None;
                Ok(if semicolon.is_some() { Val::Unit } else { val })
            }
            Stmt::Item(item) => match item {
                syn::Item::Const(_) | syn::Item::Use(_) => refuse(item, "put this item outside of the function"),
                _ => refuse(item, "an item inside a `#[differentiable]` function is not supported: put it outside"),
            },
            Stmt::Macro(inner) => self.macro_call(inner, &inner.mac),
        }
    }

    /// Refuses a call of passive data whose value nobody takes: it can only be there for what it changes, which is not followed.
    pub(crate) fn without_effect(&self, expr: &Expr, id: usize) -> Result<()> {
        match expr {
            Expr::Paren(inner) => self.without_effect(&inner.expr, id),
            Expr::Call(_) | Expr::MethodCall(_) if !self.is_active(id) => refuse(
                expr,
                "what this changes is not followed: change passive data before the call of the function, and leave it alone inside",
            ),
            _ => Ok(()),
        }
    }

    /// The value of a `let`, which may need its type.
    fn typed(&mut self, init: &Expr, pat: &syn::Pat, rest: &[Stmt]) -> Result<Val> {
        self.expected = None;
        if !ends_in_call(init) || matches!(init, Expr::Call(call) if is_constructor(call)) {
            return self.expr(init);
        }
        if matches!(init, Expr::Call(call) if is_new_vector(call)) {
            if let syn::Pat::Type(typed) = pat {
                self.annotated = Some(typed.ty.to_token_stream().to_string());
            }
            return self.expr(init);
        }
        // What is passive as a whole has any type.
        if let Some(id) = self.passive_scalar(init) {
            return Ok(Val::Scalar(id));
        }
        self.expected = self.expects(pat, rest)?;
        if self.expected.is_none() && is_call(init) {
            return refuse(
                pat,
                "a function of differentiated numbers returns such numbers here: one, a tuple, an array, or none",
            );
        }
        let val = self.expr(init);
        self.expected = None;
        val
    }

    pub(crate) fn set_entry(&mut self, at: &Expr, place: Val, value: usize) -> Result<()> {
        match place {
            Val::Entry(place) => self.store(at, place, Store::Set, value),
            _ => refuse(at, "only entries of one dimension can be written here"),
        }
    }

    /// `assert!`, `vec!` and what else there is.
    pub(crate) fn macro_call(&mut self, at: impl ToTokens, mac: &syn::Macro) -> Result<Val> {
        let name = mac.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        match name.as_str() {
            "vec" => {
                if let Ok(repeat) = syn::parse2::<syn::ExprRepeat>(bracketed(&mac.tokens)) {
                    let fill = self.scalar_expr(&repeat.expr)?;
                    let len = self.scalar_expr(&repeat.len)?;
                    let ty = self.function.values[fill].ty.clone();
                    return Ok(Val::View(self.begin(
                        crate::form::Source::Vector,
                        len,
                        crate::form::Fill::Repeat(fill),
                        ty,
                    )));
                }
                match syn::parse2::<syn::ExprArray>(bracketed(&mac.tokens)) {
                    Ok(array) => {
                        let parts: Vec<_> = array.elems.iter().map(|part| self.expr(part)).collect::<Result<_>>()?;
                        self.list(&Expr::Array(array), parts).map(Val::View)
                    }
                    Err(_) => refuse(at, "write `vec![value; n]` or `vec![a, b]`"),
                }
            }
            "assert" | "debug_assert" => {
                let arguments =
                    mac.parse_body_with(syn::punctuated::Punctuated::<Expr, syn::Token![,]>::parse_terminated)?;
                let Some(condition) = arguments.first() else { return refuse(at, "a condition is missing") };
                let id = self.scalar_expr(condition)?;
                let text = format!("{name}!({})", self.name(id));
                self.push(Form::Assert { text, uses: vec![id] });
                Ok(Val::Unit)
            }
            "assert_eq" | "assert_ne" | "debug_assert_eq" => {
                let arguments =
                    mac.parse_body_with(syn::punctuated::Punctuated::<Expr, syn::Token![,]>::parse_terminated)?;
                let (Some(a), Some(b)) = (arguments.get(0), arguments.get(1)) else {
                    return refuse(at, "two numbers are expected");
                };
                let (a, b) = (self.scalar_expr(a)?, self.scalar_expr(b)?);
                let text = format!("{name}!({}, {})", self.name(a), self.name(b));
                self.push(Form::Assert { text, uses: vec![a, b] });
                Ok(Val::Unit)
            }
            _ => refuse(at, "`#[differentiable]` does not see through this macro: write what it expands to"),
        }
    }
}

fn bracketed(tokens: &proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    quote::quote!([#tokens])
}

/// Whether the value of an expression may be that of a call.
pub(crate) fn ends_in_call(expr: &Expr) -> bool {
    let block = |block: &Block| matches!(block.stmts.last(), Some(Stmt::Expr(tail, None)) if ends_in_call(tail));
    match expr {
        Expr::Paren(inner) => ends_in_call(&inner.expr),
        Expr::Group(inner) => ends_in_call(&inner.expr),
        Expr::Block(inner) => block(&inner.block),
        Expr::If(branch) => {
            block(&branch.then_branch) || branch.else_branch.as_ref().is_some_and(|(_, other)| ends_in_call(other))
        }
        Expr::Match(choice) => choice.arms.iter().any(|arm| ends_in_call(&arm.body)),
        _ => is_call(expr),
    }
}

/// Whether the expression as a whole is the call of a function or of a method of `self`.
fn is_call(expr: &Expr) -> bool {
    match expr {
        Expr::Call(_) => true,
        Expr::MethodCall(call) => super::plain::ident_of(&call.receiver).is_some_and(|name| name == "self"),
        _ => false,
    }
}
