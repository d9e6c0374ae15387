//! `std::mem::swap` and `std::mem::replace`.

use super::{Held, Lower, Val, refuse};
use syn::{Expr, Result};

impl Lower {
    /// A function of `std::mem`, if it is one.
    pub(crate) fn of_mem(&mut self, at: &Expr, name: &str, arguments: &[&Expr]) -> Result<Val> {
        match (name, arguments) {
            ("swap", [Expr::Reference(a), Expr::Reference(b)]) => {
                let (x, y) = (self.place_value(&a.expr)?, self.place_value(&b.expr)?);
                let held = self.kept(x.clone(), true)?;
                self.reassign(&a.expr, &x, y.clone())?;
                self.reassign(&b.expr, &y, held)?;
                Ok(Val::Unit)
            }
            ("replace", [Expr::Reference(a), value]) => {
                let value = self.expr(value)?;
                let value = self.kept(value, true)?;
                let x = self.place_value(&a.expr)?;
                let held = self.kept(x.clone(), true)?;
                self.reassign(&a.expr, &x, value)?;
                Ok(match held {
                    Val::View(view) => Val::View(super::View { held: Held::Fresh, ..view }),
                    other => other,
                })
            }
            ("swap", _) => refuse(at, "`swap` takes `&mut` of two variables or entries here: write the references out"),
            ("take", _) => refuse(at, "write the value that stays behind: `std::mem::replace(&mut a, T::zero())`"),
            _ => refuse(at, "this function of `std::mem` is not supported in `#[differentiable]`"),
        }
    }

    /// What stands in a place now.
    fn place_value(&mut self, expr: &Expr) -> Result<Val> {
        let val = self.expr_place(expr)?;
        match &val {
            Val::View(view) if view.held == Held::Shared => {
                refuse(expr, "references cannot be swapped: swap the arrays or vectors themselves")
            }
            _ => Ok(self.loaded(val)),
        }
    }

    fn reassign(&mut self, left: &Expr, old: &Val, new: Val) -> Result<()> {
        match old {
            Val::View(_) => self.assigned(left, old, new).map(drop),
            _ => self.assign_to(left, new).map(drop),
        }
    }
}
