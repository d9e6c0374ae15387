//! Loops of every kind, and what leaves them early.

use super::assigned::Assigned;
use super::control::Bounds;
use super::{Lower, Val, refuse};
use crate::form::{Id, Index, Ty};
use syn::visit::Visit;
use syn::{
    BinOp, Block, Expr, ExprBinary, ExprForLoop, ExprLit, ExprLoop, ExprRange, ExprWhile, Lit, Pat, RangeLimits, Result,
};

impl Lower {
    pub(crate) fn for_loop(&mut self, syntax: &ExprForLoop) -> Result<Val> {
        unlabelled(syntax.label.as_ref())?;
        let (names, returns) = assigned(&syntax.body);
        if let Some((range, step, reversed)) = counted(&syntax.expr) {
            let (Some(start), Some(end)) = (&range.start, &range.end) else {
                return refuse(range, "give the range both ends: `low..high`");
            };
            let (low, low_ty) = self.bound_of(start)?;
            let (mut high, high_ty) = self.bound_of(end)?;
            let ty = if low_ty == Ty::Plain(None) { high_ty } else { low_ty };
            if matches!(range.limits, RangeLimits::Closed(_)) {
                high.constant += 1;
            }
            let high = match &ty {
                // Two literals, one of them with its type.
                Ty::Plain(Some(name)) if low.terms.is_empty() && high.terms.is_empty() => {
                    self.constant(&format!("{}_{name}", high.constant), ty.clone())
                }
                _ => self.scalar_of(&high, "high"),
            };
            let low = self.scalar_of(&low, "low");
            let step = step.map(|step| self.scalar_expr(step)).transpose()?;
            let hint = match &*syntax.pat {
                Pat::Ident(ident) => ident.ident.to_string(),
                Pat::Wild(_) => "i".into(),
                other => return refuse(other, "a range gives one integer: bind it to a name"),
            };
            let bounds = Bounds { hint: &hint, ty, low, high, step, reversed };
            self.cycle(Some(&bounds), &names, &|lower, i| {
                lower.bind(&hint, Val::Scalar(i.unwrap_or(low)));
                lower.loop_body(&syntax.body)
            })?;
            return Ok(self.after(returns));
        }
        let (sequence, reversed) = self.reversible(&syntax.expr)?;
        let high = Self::len_of(&sequence);
        let low = self.number(0);
        let bounds = Bounds::items(low, high, reversed);
        self.cycle(Some(&bounds), &names, &|lower, i| {
            lower.visit(&sequence, i.unwrap_or(low), &|lower, item| {
                lower.pattern(&syntax.pat, item)?;
                lower.loop_body(&syntax.body)
            })
        })?;
        Ok(self.after(returns))
    }

    /// A bound of a loop, which need not be of type `usize`, and its type as far as it is known.
    fn bound_of(&mut self, expr: &Expr) -> Result<(Index, Ty)> {
        match expr {
            Expr::Paren(inner) => self.bound_of(&inner.expr),
            Expr::Lit(ExprLit { lit: Lit::Int(int), .. }) => {
                let ty = if int.suffix().is_empty() { Ty::Plain(None) } else { Ty::plain(int.suffix()) };
                Ok((Index { terms: vec![], constant: int.base10_parse()? }, ty))
            }
            Expr::Binary(ExprBinary { left, op: BinOp::Add(_), right, .. }) => {
                let ((left, left_ty), (right, right_ty)) = (self.bound_of(left)?, self.bound_of(right)?);
                Ok((left.plus(&right), if left_ty == Ty::Plain(None) { right_ty } else { left_ty }))
            }
            _ => {
                let id = self.scalar_expr(expr)?;
                if self.is_active(id) {
                    return refuse(expr, "a bound of a loop is an integer: compute it from passive data");
                }
                Ok((self.index_of(id), self.function.values[id].ty.clone()))
            }
        }
    }

    pub(crate) fn while_loop(&mut self, syntax: &ExprWhile) -> Result<Val> {
        unlabelled(syntax.label.as_ref())?;
        let (names, returns) = assigned(&syntax.body);
        self.cycle(None, &names, &|lower, _| {
            let condition = lower.scalar_expr(&syntax.cond)?;
            lower.fork(condition, &|lower| lower.loop_body(&syntax.body).map(|()| Val::Unit), &|lower| {
                let truth = lower.boolean(true);
                lower.assign("%exit", truth);
                Ok(Val::Unit)
            })?;
            Ok(())
        })?;
        Ok(self.after(returns))
    }

    pub(crate) fn endless_loop(&mut self, syntax: &ExprLoop) -> Result<Val> {
        unlabelled(syntax.label.as_ref())?;
        let (names, returns) = assigned(&syntax.body);
        self.cycle(None, &names, &|lower, _| lower.loop_body(&syntax.body))?;
        Ok(self.after(returns))
    }

    /// After a loop that may have returned from the function.
    fn after(&mut self, returns: bool) -> Val {
        if returns && let Some(returned) = self.lookup("%returned") {
            self.assign("%skip", returned.clone());
            self.assign("%exit", returned);
        }
        Val::Unit
    }

    pub(crate) fn jump(&mut self, expr: &Expr) -> Result<Val> {
        let truth = self.boolean(true);
        match expr {
            Expr::Break(inner) => {
                unlabelled(inner.label.as_ref())?;
                if let Some(value) = &inner.expr {
                    return refuse(value, "`break` with a value is not supported: assign it to a variable before");
                }
                self.assign("%exit", truth.clone());
            }
            Expr::Continue(inner) => unlabelled(inner.label.as_ref())?,
            Expr::Return(inner) => {
                if self.lookup("%returned").is_none() {
                    return refuse(expr, "`return` inside a closure is not supported: write its value last");
                }
                if let Some(value) = &inner.expr {
                    let result = self.result.clone();
                    self.expected.clone_from(&result);
                    let val = self.expr(value)?;
                    self.expected = None;
                    let val = self.loaded(val);
                    self.unless_skipped(&|lower| {
                        if let Some(result) = &result {
                            let pack = lower.packed(value, val.clone(), result)?;
                            lower.assign("%value", Val::of_pack(&pack));
                        }
                        Ok(Val::Unit)
                    })?;
                }
                self.assign("%exit", truth.clone());
                self.assign("%returned", truth.clone());
            }
            _ => {}
        }
        self.assign("%skip", truth);
        Ok(Val::Unit)
    }

    /// What a part of an expression is; a jump inside of it would leave the rest half done.
    pub(crate) fn without_jump(
        &mut self,
        at: impl quote::ToTokens,
        part: &dyn Fn(&mut Self) -> Result<Val>,
    ) -> Result<Val> {
        let before = self.skip();
        let val = part(self)?;
        self.unjumped(at, before)?;
        Ok(val)
    }

    /// Whether what follows is skipped.
    pub(crate) fn skip(&self) -> Option<Id> {
        match self.lookup("%skip") {
            Some(Val::Scalar(id)) => Some(id),
            _ => None,
        }
    }

    pub(crate) fn unjumped(&self, at: impl quote::ToTokens, before: Option<Id>) -> Result<()> {
        if self.skip() == before {
            return Ok(());
        }
        refuse(at, "this jumps out of the middle of an expression: give it to a variable with `let` first")
    }

    /// Does what follows in a statement, where it is reached.
    pub(crate) fn unless_skipped(&mut self, rest: &dyn Fn(&mut Self) -> Result<Val>) -> Result<Val> {
        match self.lookup("%skip") {
            Some(Val::Scalar(skip)) if self.name(skip) == "true" => Ok(Val::Unit),
            Some(Val::Scalar(skip)) if self.name(skip) != "false" => self.unless(skip, rest),
            _ => rest(self),
        }
    }

    /// Does what follows where `skip` does not hold; there it is known not to.
    pub(crate) fn unless(&mut self, skip: Id, rest: &dyn Fn(&mut Self) -> Result<Val>) -> Result<Val> {
        let known = |truth: bool| {
            move |lower: &mut Self| {
                let truth = lower.boolean(truth);
                lower.assign("%skip", truth);
            }
        };
        self.fork(
            skip,
            &|lower| {
                known(true)(lower);
                Ok(Val::Unit)
            },
            &|lower| {
                known(false)(lower);
                rest(lower)
            },
        )
    }

    /// A number that stands in a variable until it is given another one.
    pub(crate) fn zero(&mut self) -> Val {
        let text = format!("{}::zero()", self.scalar);
        Val::Scalar(self.constant(&text, Ty::Active))
    }
}

fn unlabelled(label: Option<impl quote::ToTokens>) -> Result<()> {
    match label {
        None => Ok(()),
        Some(label) => refuse(label, "labels are not supported in `#[differentiable]`: leave outer loops by a flag"),
    }
}

fn assigned(block: &Block) -> (Vec<String>, bool) {
    let mut assigned = Assigned::default();
    assigned.visit_block(block);
    if assigned.returns {
        assigned.names.extend(["%returned".into(), "%value".into()]);
    }
    (assigned.names, assigned.returns)
}

/// `low..high`, with `.rev()` or `.step_by(n)`.
fn counted(expr: &Expr) -> Option<(&ExprRange, Option<&Expr>, bool)> {
    match expr {
        Expr::Range(range) => Some((range, None, false)),
        Expr::Paren(inner) => counted(&inner.expr),
        Expr::MethodCall(call) if call.method == "rev" => {
            let (range, step, reversed) = counted(&call.receiver)?;
            step.is_none().then_some((range, step, !reversed))
        }
        Expr::MethodCall(call) if call.method == "step_by" => {
            let (range, step, reversed) = counted(&call.receiver)?;
            (step.is_none() && !reversed).then(|| (range, call.args.first(), false))
        }
        _ => None,
    }
}
