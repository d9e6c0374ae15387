//! Expressions.

use super::plain::{ident_of, is_assignment, is_comparison, is_lazy};
use super::{Closure, Lower, Val, View, refuse};
use crate::form::{Arithmetic, Fill, Id, Op, Source, Store, Ty};
use quote::ToTokens;
use std::rc::Rc;
use syn::{BinOp, Expr, ExprBinary, Member, Result, UnOp};

impl Lower {
    /// What an expression stands for; scalars are computed on the way.
    pub(crate) fn expr(&mut self, expr: &Expr) -> Result<Val> {
        if let Some(id) = self.passive_scalar(expr) {
            return Ok(Val::Scalar(id));
        }
        match expr {
            Expr::Paren(inner) => self.expr(&inner.expr),
            Expr::Group(inner) => self.expr(&inner.expr),
            Expr::Path(_) => match ident_of(expr).and_then(|name| self.lookup(&name).cloned()) {
                Some(val) => Ok(val),
                None => refuse(expr, "`#[differentiable]` does not know this name"),
            },
            Expr::Unary(unary) => match unary.op {
                UnOp::Deref(_) => {
                    let val = self.expr(&unary.expr)?;
                    Ok(self.loaded(val))
                }
                UnOp::Neg(_) => {
                    let x = self.scalar_expr(&unary.expr)?;
                    Ok(Val::Scalar(self.negate(x)))
                }
                _ => {
                    let x = self.scalar_expr(&unary.expr)?;
                    let text = format!("!{}", self.name(x));
                    Ok(Val::Scalar(self.plain_value("t", text, vec![x], Ty::plain("bool"))))
                }
            },
            Expr::Binary(binary) if is_assignment(&binary.op) => self.compound(binary),
            Expr::Binary(binary) if is_lazy(&binary.op) => self.lazy(binary),
            Expr::Binary(binary) => self.binary(binary),
            Expr::Assign(assign) => {
                let val = self.expr(&assign.right)?;
                self.assign_to(&assign.left, val)
            }
            Expr::Reference(reference) => Ok(match self.expr_place(&reference.expr)? {
                Val::View(view) => Val::View(View { mutable: reference.mutability.is_some(), owned: false, ..view }),
                other => other,
            }),
            Expr::Index(_) => {
                let val = self.expr_place(expr)?;
                Ok(match val {
                    Val::Entry(_) => self.loaded(val),
                    other => other,
                })
            }
            Expr::Field(field) => match (self.expr(&field.base)?, &field.member) {
                (Val::Tuple(parts), Member::Unnamed(index)) if (index.index as usize) < parts.len() => {
                    Ok(parts[index.index as usize].clone())
                }
                _ => refuse(
                    expr,
                    "this field is not known: only tuples made in the function, and passive data, have fields here",
                ),
            },
            Expr::Tuple(tuple) if tuple.elems.is_empty() => Ok(Val::Unit),
            Expr::Tuple(tuple) => self.parts(tuple.elems.iter()),
            Expr::Array(array) => self.parts(array.elems.iter()),
            Expr::Repeat(repeat) => self.repeat(&repeat.expr, &repeat.len),
            Expr::Closure(closure) => {
                let captured = self.scopes.clone();
                Ok(Val::Closure(Rc::new(Closure { syntax: closure.clone(), captured })))
            }
            Expr::Call(call) => self.call(call),
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Block(block) if block.label.is_none() => self.scoped_block(&block.block),
            Expr::If(branch) => self.branch(branch),
            Expr::Match(choice) => self.choice(choice),
            Expr::ForLoop(inner) => self.for_loop(inner),
            Expr::While(inner) => self.while_loop(inner),
            Expr::Loop(inner) => self.endless_loop(inner),
            Expr::Break(_) | Expr::Continue(_) | Expr::Return(_) => self.jump(expr),
            Expr::Macro(inner) => self.macro_call(expr, &inner.mac),
            Expr::Cast(_) => {
                refuse(expr, "a cast drops the derivative: compute with the differentiated type, or cast passive data")
            }
            Expr::Let(_) => {
                refuse(expr, "`if let` is not supported in `#[differentiable]`: use `match` or `if` on passive data")
            }
            Expr::Try(_) => refuse(expr, "`?` is not supported in `#[differentiable]`: the function returns numbers"),
            Expr::Range(_) => refuse(expr, "a range stands in `for` or in an index only"),
            Expr::Struct(_) => {
                refuse(expr, "structs are not supported in `#[differentiable]` yet: use a tuple or an array")
            }
            Expr::Unsafe(_) => refuse(expr, "`unsafe` is not supported in `#[differentiable]`"),
            _ => refuse(expr, "this expression is not supported in `#[differentiable]`"),
        }
    }

    /// A place: an entry stays one.
    pub(crate) fn expr_place(&mut self, expr: &Expr) -> Result<Val> {
        match expr {
            Expr::Paren(inner) => self.expr_place(&inner.expr),
            Expr::Reference(inner) => self.expr_place(&inner.expr),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => self.expr_place(&unary.expr),
            Expr::Index(index) => {
                let bound = super::plain::base(expr).and_then(|name| self.lookup(&name).cloned());
                if matches!(bound, None | Some(Val::Scalar(_)))
                    && let Some(id) = self.passive_scalar(expr)
                {
                    return Ok(Val::Scalar(id));
                }
                let mut val = self.expr_place(&index.expr)?;
                if let Expr::Range(range) = &*index.index {
                    return match val {
                        Val::View(view) => Ok(Val::View(self.slice(&view, range)?)),
                        _ => refuse(expr, "give this array a name with `let` before slicing it"),
                    };
                }
                let at = self.index(&index.index)?;
                if let (Val::Tuple(parts), false) = (&val, at.terms.is_empty()) {
                    val = Val::View(self.spread(expr, parts.clone())?);
                }
                self.at(expr, &val, at)
            }
            _ => self.expr(expr),
        }
    }

    fn parts<'a>(&mut self, parts: impl Iterator<Item = &'a Expr>) -> Result<Val> {
        let parts = parts.map(|part| {
            let val = self.expr(part)?;
            self.by_copy(part, val)
        });
        parts.collect::<Result<_>>().map(Val::Tuple)
    }

    fn repeat(&mut self, value: &Expr, len: &Expr) -> Result<Val> {
        if let Expr::Repeat(inner) = value {
            let (dimensions, fill) = self.dimensions(inner)?;
            let dimensions: Vec<_> = [vec![len.to_token_stream().to_string()], dimensions].concat();
            let len = self.constant(&dimensions[0], Ty::plain("usize"));
            let ty = self.function.values[fill].ty.clone();
            return Ok(Val::View(self.begin(Source::Array(dimensions), len, Fill::Repeat(fill), ty)));
        }
        let fill = self.scalar_expr(value)?;
        let text = len.to_token_stream().to_string();
        let len = self.constant(&text, Ty::plain("usize"));
        let ty = self.function.values[fill].ty.clone();
        Ok(Val::View(self.begin(Source::Array(vec![text]), len, Fill::Repeat(fill), ty)))
    }

    fn dimensions(&mut self, repeat: &syn::ExprRepeat) -> Result<(Vec<String>, Id)> {
        let len = repeat.len.to_token_stream().to_string();
        if let Expr::Repeat(inner) = &*repeat.expr {
            let (inner, fill) = self.dimensions(inner)?;
            return Ok(([vec![len], inner].concat(), fill));
        }
        Ok((vec![len], self.scalar_expr(&repeat.expr)?))
    }

    fn binary(&mut self, binary: &ExprBinary) -> Result<Val> {
        let left = self.scalar_expr(&binary.left)?;
        let right = self.scalar_expr(&binary.right)?;
        self.operate(binary, &binary.op, left, right).map(Val::Scalar)
    }

    /// An operator of two scalars.
    pub(crate) fn operate(&mut self, at: impl ToTokens, op: &BinOp, left: Id, right: Id) -> Result<Id> {
        if is_comparison(op) || !(self.is_active(left) || self.is_active(right)) {
            let text = format!("({} {} {})", self.name(left), op.to_token_stream(), self.name(right));
            let ty = if is_comparison(op) { Ty::plain("bool") } else { self.common(&[left, right]) };
            return Ok(self.plain_value("t", text, vec![left, right], ty));
        }
        let sign = match op {
            BinOp::Add(_) | BinOp::AddAssign(_) => Arithmetic::Add,
            BinOp::Sub(_) | BinOp::SubAssign(_) => Arithmetic::Sub,
            BinOp::Mul(_) | BinOp::MulAssign(_) => Arithmetic::Mul,
            BinOp::Div(_) | BinOp::DivAssign(_) => Arithmetic::Div,
            BinOp::Rem(_) | BinOp::RemAssign(_) => {
                let op = Op::Binary { rule: "Rem", method: "%", x: left, y: right };
                return Ok(self.define("t", Ty::Active, op));
            }
            _ => return refuse(at, "this operator has no derivative: numbers have `+ - * / %`"),
        };
        Ok(self.arithmetic(sign, left, right))
    }

    pub(crate) fn arithmetic(&mut self, sign: Arithmetic, left: Id, right: Id) -> Id {
        self.define("t", Ty::Active, Op::Arithmetic(sign, left, right))
    }

    pub(crate) fn negate(&mut self, x: Id) -> Id {
        if self.is_active(x) {
            return self.define("t", Ty::Active, Op::Negate(x));
        }
        let text = format!("-{}", self.name(x));
        let ty = self.function.values[x].ty.clone();
        self.plain_value("t", text, vec![x], ty)
    }

    /// `x += e` and its like.
    fn compound(&mut self, binary: &ExprBinary) -> Result<Val> {
        let right = self.scalar_expr(&binary.right)?;
        let place = self.expr_place(&binary.left)?;
        if let Val::Entry(place) = place {
            let additive = match binary.op {
                BinOp::AddAssign(_) => Some(Store::Add),
                BinOp::SubAssign(_) => Some(Store::Sub),
                _ => None,
            };
            if let (Some(kind), true) = (additive, self.function.roots[place.root].ty.is_active()) {
                self.store(&binary.left, place, kind, right)?;
                return Ok(Val::Unit);
            }
            let held = self.load(place.clone());
            let value = self.operate(binary, &plain_operator(&binary.op), held, right)?;
            self.store(&binary.left, place, Store::Set, value)?;
            return Ok(Val::Unit);
        }
        let held = self.scalar(&binary.left, place)?;
        let value = self.operate(binary, &plain_operator(&binary.op), held, right)?;
        self.assign_to(&binary.left, Val::Scalar(value))
    }

    /// `place = value`.
    pub(crate) fn assign_to(&mut self, left: &Expr, val: Val) -> Result<Val> {
        match left {
            Expr::Paren(inner) => return self.assign_to(&inner.expr, val),
            Expr::Infer(_) => return Ok(Val::Unit),
            Expr::Tuple(tuple) => {
                let Val::Tuple(parts) = val else { return refuse(left, "a tuple is assigned from a tuple only") };
                for (left, part) in tuple.elems.iter().zip(parts) {
                    self.assign_to(left, part)?;
                }
                return Ok(Val::Unit);
            }
            Expr::Field(field) => {
                if let (Some(name), Member::Unnamed(index)) = (ident_of(&field.base), &field.member)
                    && let Some(Val::Tuple(mut parts)) = self.lookup(&name).cloned()
                    && (index.index as usize) < parts.len()
                {
                    parts[index.index as usize] = self.loaded(val);
                    self.assign(&name, Val::Tuple(parts));
                    return Ok(Val::Unit);
                }
                return refuse(left, "this field cannot be assigned: only parts of a local tuple can");
            }
            _ => {}
        }
        if let Some(name) = ident_of(left) {
            return match (self.lookup(&name).cloned(), val) {
                (
                    Some(Val::Scalar(_) | Val::Tuple(_) | Val::Unit),
                    val @ (Val::Scalar(_) | Val::Entry(_) | Val::Tuple(_)),
                ) => {
                    let val = self.loaded(val);
                    let val = self.named(&name, val);
                    self.assign(&name, val);
                    Ok(Val::Unit)
                }
                (Some(Val::View(to)), Val::View(from))
                    if to.root != from.root && to.outer.is_empty() && self.owns(&to) =>
                {
                    self.copy(left, &from, &to)?;
                    Ok(Val::Unit)
                }
                (Some(Val::View(to)), Val::Tuple(parts)) if self.owns(&to) => {
                    let from = self.spread(left, parts)?;
                    self.copy(left, &from, &to)?;
                    Ok(Val::Unit)
                }
                _ => refuse(
                    left,
                    "a slice or reference cannot be made to point elsewhere: use another name, or copy the entries",
                ),
            };
        }
        let value = self.scalar(left, val)?;
        match self.expr_place(left)? {
            Val::Entry(place) => {
                self.set(left, place, value)?;
                Ok(Val::Unit)
            }
            Val::Tuple(_) => {
                refuse(left, "declare the array with its type, `let mut a: [T; N]`, to write into its entries")
            }
            _ => {
                refuse(left, "this cannot be assigned: use a local, an entry of a slice or array, or a part of a tuple")
            }
        }
    }

    /// `place = value`, as an addition where it is one.
    fn set(&mut self, at: &Expr, place: crate::form::Place, value: Id) -> Result<()> {
        let stmts = self.open.last().map_or(&[][..], |block| &block.stmts);
        let op = &self.function.values[value].op;
        if let (Op::Arithmetic(sign @ (Arithmetic::Add | Arithmetic::Sub), a, b), Some(crate::form::Stmt::Let(last))) =
            (op.clone(), stmts.last())
            && *last == value
        {
            let reads = |id: Id| matches!(&self.function.values[id].op, Op::Load(held) if *held == place);
            let untouched =
                stmts.iter().rev().take_while(|stmt| !matches!(stmt, crate::form::Stmt::Let(id) if reads(*id)));
            let untouched = untouched.clone().all(|stmt| matches!(stmt, crate::form::Stmt::Let(_)))
                && untouched.count() < stmts.len();
            if untouched && reads(a) {
                let kind = if sign == Arithmetic::Add { Store::Add } else { Store::Sub };
                return self.store(at, place, kind, b);
            }
        }
        self.store(at, place, Store::Set, value)
    }

    fn owns(&self, view: &View) -> bool {
        matches!(self.function.roots[view.root].source, Source::Array(_) | Source::Vector)
            && view.offset.terms.is_empty()
    }
}

/// `+` of `+=`.
fn plain_operator(op: &BinOp) -> BinOp {
    let text = op.to_token_stream().to_string();
    syn::parse_str(text.trim_end_matches('=')).unwrap_or(*op)
}
