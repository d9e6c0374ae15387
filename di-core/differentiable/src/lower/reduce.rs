//! Sums, products, folds, and what is done for each item.

use super::assigned::Assigned;
use super::{Lower, Val, refuse};
use crate::form::{Arithmetic, Fill, Id, Index, Source, Ty};
use syn::visit::Visit;
use syn::{Expr, ExprMethodCall, Result};

impl Lower {
    /// A method that ends an iterator, if it is one.
    pub(crate) fn reduction(&mut self, call: &ExprMethodCall) -> Result<Option<Val>> {
        let arguments: Vec<_> = call.args.iter().collect();
        let name = call.method.to_string();
        Ok(Some(match (name.as_str(), &arguments[..]) {
            ("sum", []) => self.accumulate(&call.receiver, "sum", Arithmetic::Add)?,
            ("product", []) => self.accumulate(&call.receiver, "product", Arithmetic::Mul)?,
            ("fold", [initial, closure]) => {
                let initial = self.expr(initial)?;
                let initial = self.loaded(initial);
                let function = self.expr_or_path(closure)?;
                self.folded(&call.receiver, initial, &|lower, held, item| {
                    lower.apply(closure, &function, vec![held, item])
                })?
            }
            ("for_each", [closure]) => {
                let Expr::Closure(syntax) = closure else {
                    return refuse(closure, "write the closure out here: `|x| …`");
                };
                let mut assigned = Assigned::default();
                assigned.visit_expr(&syntax.body);
                let Some(pat) = syntax.inputs.first() else { return refuse(closure, "the closure takes one item") };
                let (sequence, reversed) = self.reversible(&call.receiver)?;
                let (low, high) = (self.number(0), Self::len_of(&sequence));
                let bounds = super::control::Bounds { hint: "i", low, high, step: None, reversed };
                self.cycle(Some(&bounds), &assigned.names, &|lower, i| {
                    let item = lower.item(&sequence, i.unwrap_or(low))?;
                    lower.pattern(pat, item)?;
                    lower.expr(&syntax.body).map(drop)
                })?;
                Val::Unit
            }
            ("collect", []) => self.collected(call)?,
            ("count", []) => {
                let sequence = self.sequence(&call.receiver)?;
                Val::Scalar(Self::len_of(&sequence))
            }
            _ => return Ok(None),
        }))
    }

    fn accumulate(&mut self, receiver: &Expr, name: &str, sign: Arithmetic) -> Result<Val> {
        let text = format!("{}::{}()", self.scalar, if sign == Arithmetic::Add { "zero" } else { "one" });
        let initial = Val::Scalar(self.constant(&text, Ty::Active));
        let val = self.folded(receiver, initial, &|lower, held, item| {
            let (held, item) = (lower.scalar(receiver, held)?, lower.scalar(receiver, item)?);
            if !lower.is_active(item) {
                return refuse(receiver, "a sum or product of passive data: compute it by a helper of plain numbers");
            }
            Ok(Val::Scalar(lower.arithmetic(sign, held, item)))
        })?;
        if let Val::Scalar(id) = val
            && self.function.values[id].name.starts_with("held")
        {
            let fresh = self.fresh(name);
            self.rename_carried(id, &fresh);
        }
        Ok(val)
    }

    /// A loop that carries one value.
    fn folded(
        &mut self,
        receiver: &Expr,
        initial: Val,
        step: &dyn Fn(&mut Self, Val, Val) -> Result<Val>,
    ) -> Result<Val> {
        let (sequence, reversed) = self.reversible(receiver)?;
        let (low, high) = (self.number(0), Self::len_of(&sequence));
        self.scopes.push([("%held".to_string(), initial)].into());
        let bounds = super::control::Bounds { hint: "i", low, high, step: None, reversed };
        self.cycle(Some(&bounds), &["%held".into()], &|lower, i| {
            let held = lower.lookup("%held").cloned().unwrap_or(Val::Unit);
            let item = lower.item(&sequence, i.unwrap_or(low))?;
            let next = step(lower, held, item)?;
            let next = lower.loaded(next);
            lower.assign("%held", next);
            Ok(())
        })?;
        let val = self.lookup("%held").cloned().unwrap_or(Val::Unit);
        self.scopes.pop();
        Ok(val)
    }

    /// Entering and result of a loop have one name.
    fn rename_carried(&mut self, id: Id, fresh: &str) {
        let Some(crate::form::Stmt::Loop(last)) = self.open.last().and_then(|block| block.stmts.last()) else { return };
        let ids: Vec<_> = last.carried.iter().filter(|c| c.result == id).flat_map(|c| [c.entering, c.result]).collect();
        for id in ids {
            self.function.values[id].name = fresh.into();
        }
    }

    /// A vector of what the iterator gives.
    fn collected(&mut self, call: &ExprMethodCall) -> Result<Val> {
        let sequence = self.sequence(&call.receiver)?;
        let len = Self::len_of(&sequence);
        let Val::Scalar(zero) = self.zero() else { return refuse(call, "no scalar") };
        let view = self.begin(Source::Vector, len, Fill::Repeat(zero), Ty::Active);
        let at: Expr = Expr::MethodCall(call.clone());
        self.each(len, &[], &|lower, i| {
            let item = lower.item(&sequence, i)?;
            let value = lower.scalar(&at, item)?;
            if !lower.is_active(value) {
                return refuse(&at, "only numbers of the differentiated type are collected: make passive data outside");
            }
            let place = lower.entry(&view, &Index { terms: vec![i], constant: 0 });
            lower.set_entry(&at, place, value)
        })?;
        Ok(Val::View(view))
    }
}
