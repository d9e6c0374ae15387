//! Expressions.

use super::block::ends_in_call;
use super::packed::NOTHING;
use super::plain::{ident_of, is_assignment, is_comparison, is_lazy};
use super::structure::is_constructor;
use super::{Held, Lower, Val, View, refuse};
use crate::form::{Arithmetic, Fill, Id, Op, Source, Store, Ty};
use quote::ToTokens;
use syn::{BinOp, Expr, ExprBinary, Result, UnOp};

impl Lower {
    /// What an expression stands for; scalars are computed on the way.
    pub(crate) fn expr(&mut self, expr: &Expr) -> Result<Val> {
        // What is waited for is what this expression ends with, and nothing inside of it.
        let expected = self.expected.take();
        if let Expr::Call(call) = expr
            && let Some(vector) = self.new_vector(call)
        {
            return Ok(vector);
        }
        if !self.is_structure(expr)
            && let Some(id) = self.passive_scalar(expr)
        {
            if expected == Some(NOTHING) {
                self.without_effect(expr, id)?;
            }
            return Ok(Val::Scalar(id));
        }
        let is_open = matches!(expr, Expr::Paren(_) | Expr::Group(_) | Expr::Block(_) | Expr::If(_) | Expr::Match(_));
        if ends_in_call(expr) || (is_open && expected == Some(NOTHING)) {
            self.expected = expected;
        }
        match expr {
            Expr::Paren(inner) => self.expr(&inner.expr),
            Expr::Group(inner) => self.expr(&inner.expr),
            Expr::Path(_) => match ident_of(expr).and_then(|name| self.lookup(&name)) {
                Some(val) => Ok(val),
                None => refuse(expr, "`#[differentiable]` does not know this name"),
            },
            Expr::Unary(unary) => match unary.op {
                UnOp::Deref(_) => {
                    let val = self.expr(&unary.expr)?;
                    Ok(match self.loaded(val) {
                        Val::View(view) => Val::View(View { held: Held::Place, ..view }),
                        other => other,
                    })
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
                if ends_in_call(&assign.right) {
                    self.expected = self.shape_of(&assign.left);
                }
                let val = self.expr(&assign.right)?;
                self.unless_skipped(&|lower| lower.assign_to(&assign.left, val.clone()))
            }
            Expr::Reference(reference) => self.reference(reference),
            Expr::Index(_) => {
                let val = self.expr_place(expr)?;
                Ok(match val {
                    Val::Entry(_) => self.loaded(val),
                    other => other,
                })
            }
            Expr::Field(field) => self.field(field),
            Expr::Tuple(tuple) if tuple.elems.is_empty() => Ok(Val::Unit),
            Expr::Tuple(tuple) => self.parts(tuple.elems.iter()).map(Val::Tuple),
            Expr::Array(array) => self.parts(array.elems.iter()).map(Val::Array),
            Expr::Struct(literal) => self.structure(literal),
            Expr::Repeat(repeat) => self.repeat(&repeat.expr, &repeat.len),
            Expr::Closure(closure) => self.closure(closure),
            Expr::Call(call) if is_constructor(call) => self.constructed(call),
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
            Expr::Cast(cast) => self.cast(cast),
            Expr::Let(_) => refuse(
                expr,
                "`if let` is not supported in `#[differentiable]`: test by `is_some()` and take by `unwrap()`, or compute it by a helper of plain numbers without the attribute",
            ),
            Expr::Try(_) => refuse(expr, "`?` is not supported in `#[differentiable]`: the function returns numbers"),
            Expr::Range(_) => refuse(expr, "a range stands in `for` or in an index only"),
            Expr::Unsafe(_) => refuse(
                expr,
                "`unsafe` is not supported in `#[differentiable]`: index, or put it into a function of passive data",
            ),
            _ => refuse(
                expr,
                "this expression is not supported in `#[differentiable]`: write it with `let`, `if` and `for`",
            ),
        }
    }

    /// A place: an entry stays one.
    pub(crate) fn expr_place(&mut self, expr: &Expr) -> Result<Val> {
        match expr {
            Expr::Paren(inner) => self.expr_place(&inner.expr),
            Expr::Reference(inner) => self.expr_place(&inner.expr),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => self.expr_place(&unary.expr),
            Expr::Index(index) => {
                let bound = super::plain::base(expr).and_then(|name| self.lookup(&name));
                if matches!(bound, None | Some(Val::Scalar(_)))
                    && let Some(id) = self.passive_scalar(expr)
                {
                    return Ok(Val::Scalar(id));
                }
                let val = self.expr_place(&index.expr)?;
                if let Expr::Range(range) = &*index.index {
                    return match val {
                        Val::View(view) => Ok(Val::View(self.slice(&view, range)?)),
                        Val::Array(parts) => {
                            let view = self.spread(expr, parts)?;
                            Ok(Val::View(self.slice(&view, range)?))
                        }
                        _ => refuse(expr, "give this array a name with `let` before slicing it"),
                    };
                }
                let at = self.index(&index.index)?;
                if let (Val::Array(parts), false) = (&val, at.terms.is_empty()) {
                    let view = self.spread(expr, parts.clone())?;
                    return self.at(expr, &Val::View(view), at);
                }
                self.at(expr, &val, at)
            }
            _ => self.expr(expr),
        }
    }

    fn parts<'a>(&mut self, parts: impl Iterator<Item = &'a Expr>) -> Result<Vec<Val>> {
        parts.map(|part| self.without_jump(part, &|lower| lower.expr(part))).collect()
    }

    /// `&place` and `&mut place`.
    fn reference(&mut self, reference: &syn::ExprReference) -> Result<Val> {
        let mutable = reference.mutability.is_some();
        match self.expr_place(&reference.expr)? {
            Val::View(view) => Ok(Val::View(View { mutable, held: Held::Shared, grows: false, ..view })),
            Val::Scalar(_) | Val::Tuple(_) | Val::Struct(_) if mutable => refuse(
                reference,
                "a mutable reference to a local is not followed: assign to the local itself, or return the new value",
            ),
            other => Ok(other),
        }
    }

    /// A cast of passive data, such as a condition.
    fn cast(&mut self, cast: &syn::ExprCast) -> Result<Val> {
        let x = self.scalar_expr(&cast.expr)?;
        if self.is_active(x) {
            return refuse(
                cast,
                "a cast drops the derivative: compute with the differentiated type, or cast passive data",
            );
        }
        let ty = cast.ty.to_token_stream().to_string();
        let text = format!("({} as {ty})", self.name(x));
        Ok(Val::Scalar(self.plain_value("t", text, vec![x], Ty::plain(&ty))))
    }

    fn repeat(&mut self, value: &Expr, len: &Expr) -> Result<Val> {
        if let Expr::Repeat(inner) = value {
            let (dimensions, fill) = self.dimensions(inner)?;
            let dimensions: Vec<_> = [vec![len.to_token_stream().to_string()], dimensions].concat();
            let len = self.constant(&dimensions[0], Ty::plain("usize"));
            let ty = self.function.values[fill].ty.clone();
            return Ok(Val::View(self.begin(Source::Array(dimensions), len, Fill::Repeat(fill), ty)));
        }
        let fill = self.without_jump(value, &|lower| lower.expr(value))?;
        if let Val::View(_) | Val::Array(_) = fill {
            return self.repeated(value, fill, len);
        }
        let fill = self.scalar(value, fill)?;
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
                let Val::Tuple(parts) = self.apart(val)? else {
                    return refuse(left, "a tuple is assigned from a tuple that is made here: name its parts");
                };
                if parts.len() != tuple.elems.len() {
                    return refuse(left, "name every part of the tuple: `..` is not supported in `#[differentiable]`");
                }
                for (left, part) in tuple.elems.iter().zip(parts) {
                    self.assign_to(left, part)?;
                }
                return Ok(Val::Unit);
            }
            Expr::Field(_) => {
                let val = self.apart(val)?;
                self.assign_field(left, val)?;
                return Ok(Val::Unit);
            }
            _ => {}
        }
        if let Some(name) = ident_of(left) {
            let Some(held) = self.lookup(&name) else {
                return refuse(left, "passive data outside of the function cannot be assigned: use a local");
            };
            let val = self.apart(val)?;
            let val = self.assigned(left, &held, val)?;
            let val = self.named(&name, val);
            self.assign(&name, val);
            return Ok(Val::Unit);
        }
        match self.expr_place(left)? {
            Val::Entry(place) => {
                let value = self.scalar(left, val)?;
                self.set(left, place, value)?;
                Ok(Val::Unit)
            }
            held @ Val::View(_) => {
                self.assigned(left, &held, val)?;
                Ok(Val::Unit)
            }
            Val::Scalar(id) if !self.is_active(id) => refuse(
                left,
                "passive data of a parameter is only read here: write into a local, or hand it to a function of passive data",
            ),
            Val::Array(_) => {
                refuse(left, "declare the array with its type, `let mut a: [T; N]`, to write into its entries")
            }
            _ => {
                refuse(left, "this cannot be assigned: use a local, an entry of a slice or array, or a part of a tuple")
            }
        }
    }

    /// Arrays in the parts of a value become copies, so that parts may be assigned one after the other.
    fn apart(&mut self, val: Val) -> Result<Val> {
        match val {
            Val::Tuple(_) | Val::Struct(_) => {
                let val = self.kept(val, true)?;
                Ok(self.loaded(val))
            }
            other => Ok(other),
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
}

/// `+` of `+=`.
fn plain_operator(op: &BinOp) -> BinOp {
    let text = op.to_token_stream().to_string();
    syn::parse_str(text.trim_end_matches('=')).unwrap_or(*op)
}
