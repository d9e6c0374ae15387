//! Sums, products, folds, and what is done for each item.

use super::assigned::Assigned;
use super::sequence::Sequence;
use super::vector::length_of;
use super::{Lower, Val, View, refuse};
use crate::form::{Arithmetic, Fill, Id, Index, Source, Ty};
use std::cell::RefCell;
use std::collections::HashMap;
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
                let bounds = super::control::Bounds::items(low, high, reversed);
                self.cycle(Some(&bounds), &assigned.names, &|lower, i| {
                    lower.visit(&sequence, i.unwrap_or(low), &|lower, item| {
                        lower.pattern(pat, item)?;
                        lower.expr(&syntax.body).map(drop)
                    })
                })?;
                Val::Unit
            }
            ("collect", []) => self.collected(call)?,
            ("count", []) => {
                let sequence = self.sequence(&call.receiver)?;
                if !super::visit::filters(&sequence) {
                    return Ok(Some(Val::Scalar(Self::len_of(&sequence))));
                }
                let none = self.number(0);
                self.folded(&call.receiver, Val::Scalar(none), &|lower, held, _| {
                    let held = lower.scalar(call, held)?;
                    let text = format!("({} + 1)", lower.name(held));
                    Ok(Val::Scalar(lower.plain_value("t", text, vec![held], Ty::plain("usize"))))
                })?
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
        self.scopes.push(HashMap::new());
        let initial = self.owned(receiver, "held", true, initial)?;
        self.bind("%held", initial);
        let bounds = super::control::Bounds::items(low, high, reversed);
        self.cycle(Some(&bounds), &["%held".into()], &|lower, i| {
            lower.visit(&sequence, i.unwrap_or(low), &|lower, item| {
                let held = lower.lookup("%held").unwrap_or(Val::Unit);
                let next = step(lower, held.clone(), item)?;
                let next = lower.assigned(receiver, &held, next)?;
                lower.assign("%held", next);
                Ok(())
            })
        })?;
        let val = self.lookup("%held").unwrap_or(Val::Unit);
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
        let at = Expr::MethodCall(call.clone());
        let ty = self.clone().type_of_items(&at, &sequence)?;
        let zero = self.default_of(&ty);
        if super::visit::filters(&sequence) {
            let none = self.number(0);
            let view = self.begin(Source::Vector, none, Fill::Repeat(zero), ty);
            self.scopes.push([(length_of(view.root), Val::Scalar(none))].into());
            self.each(len, &[length_of(view.root)], &|lower, i| {
                lower.visit(&sequence, i, &|lower, item| {
                    let value = lower.scalar(&at, item)?;
                    let Some(Val::Scalar(len)) = lower.lookup(&length_of(view.root)) else { return Ok(()) };
                    lower.appended(&at, &View { len, ..view.clone() }, value)
                })
            })?;
            let len = self.lookup(&length_of(view.root));
            self.scopes.pop();
            return Ok(Val::View(match len {
                Some(Val::Scalar(len)) => View { len, ..view },
                _ => view,
            }));
        }
        let view = self.begin(Source::Vector, len, Fill::Repeat(zero), ty);
        self.each(len, &[], &|lower, i| {
            let item = lower.item(&sequence, i)?;
            let value = lower.scalar(&at, item)?;
            let place = lower.entry(&view, &Index { terms: vec![i], constant: 0 });
            lower.set_entry(&at, place, value)
        })?;
        Ok(Val::View(view))
    }

    /// The type of what a sequence gives, found by going through it once.
    fn type_of_items(mut self, at: &Expr, sequence: &Sequence) -> Result<Ty> {
        let found = RefCell::new(Ty::Plain(None));
        self.each(Self::len_of(sequence), &[], &|lower, i| {
            lower.visit(sequence, i, &|lower, item| {
                let value = lower.scalar(at, item)?;
                *found.borrow_mut() = lower.function.values[value].ty.clone();
                Ok(())
            })
        })?;
        Ok(found.into_inner())
    }
}
