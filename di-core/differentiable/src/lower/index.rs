//! Indices as sums.

use super::{Lower, Val, refuse};
use crate::form::{Id, Index};
use syn::{BinOp, Expr, ExprBinary, Lit, Result};

impl Lower {
    /// An index expression, taken apart at its sums.
    pub(crate) fn index(&mut self, expr: &Expr) -> Result<Index> {
        match expr {
            Expr::Paren(inner) => self.index(&inner.expr),
            Expr::Lit(lit) => match &lit.lit {
                Lit::Int(int) => Ok(Index { terms: vec![], constant: int.base10_parse()? }),
                _ => refuse(expr, "an index is an integer: write an expression of type `usize`"),
            },
            Expr::Binary(ExprBinary { left, op: BinOp::Add(_), right, .. }) => {
                let (left, right) = (self.index(left)?, self.index(right)?);
                Ok(left.plus(&right))
            }
            Expr::Binary(ExprBinary { left, op: BinOp::Sub(_), right, .. }) if matches!(&**right, Expr::Lit(lit) if matches!(lit.lit, Lit::Int(_))) =>
            {
                let (left, right) = (self.index(left)?, self.index(right)?);
                Ok(left.plus(&Index { terms: vec![], constant: -right.constant }))
            }
            _ => {
                let id = self.scalar_expr(expr)?;
                if self.is_active(id) {
                    return refuse(expr, "an index cannot be of the differentiated type: compute it from passive data");
                }
                let value = &mut self.function.values[id];
                if value.ty == crate::form::Ty::Plain(None) {
                    value.ty = crate::form::Ty::plain("usize");
                }
                Ok(self.index_of(id))
            }
        }
    }

    pub(crate) fn index_of(&self, id: Id) -> Index {
        match self.name(id).parse() {
            Ok(constant) => Index { terms: vec![], constant },
            Err(_) => Index { terms: vec![id], constant: 0 },
        }
    }

    /// An index as one scalar.
    pub(crate) fn scalar_of(&mut self, index: &Index, hint: &str) -> Id {
        match (&index.terms[..], index.constant) {
            ([], constant) => self.number(constant),
            ([id], 0) => *id,
            _ => {
                let text = self.index_text(index);
                self.plain_value(hint, text, index.terms.clone(), crate::form::Ty::plain("usize"))
            }
        }
    }

    pub(crate) fn number(&mut self, number: i64) -> Id {
        self.constant(&number.to_string(), crate::form::Ty::plain("usize"))
    }

    pub(crate) fn index_text(&self, index: &Index) -> String {
        index.text(|id| self.name(id))
    }

    pub(crate) fn boolean(&mut self, truth: bool) -> Val {
        Val::Scalar(self.constant(if truth { "true" } else { "false" }, crate::form::Ty::plain("bool")))
    }
}

impl Index {
    pub(crate) fn plus(&self, other: &Self) -> Self {
        let mut terms = [&self.terms[..], &other.terms].concat();
        terms.sort_unstable();
        Self { terms, constant: self.constant + other.constant }
    }

    pub(crate) fn text<'a>(&self, name: impl Fn(Id) -> &'a str) -> String {
        let mut text = self.terms.iter().map(|&id| name(id).to_string()).collect::<Vec<_>>().join(" + ");
        if text.is_empty() {
            text = self.constant.to_string();
        } else if self.constant > 0 {
            text = format!("{text} + {}", self.constant);
        } else if self.constant < 0 {
            text = format!("{text} - {}", -self.constant);
        }
        text
    }
}
