//! Expressions that are passive as a whole: they stay as the author wrote them.

use super::{Lower, Val};
use crate::form::{Id, Ty};
use quote::ToTokens;
use syn::visit_mut::{VisitMut, visit_expr_mut};
use syn::{BinOp, Expr, Lit, UnOp};

/// Writes the names of the intermediate form into an expression.
struct Renamer<'a> {
    lower: &'a mut Lower,
    uses: Vec<Id>,
    passive: bool,
}

impl VisitMut for Renamer<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if !self.passive {
            return;
        }
        match expr {
            Expr::Path(_) => {
                if let Some(name) = ident_of(expr) {
                    match self.lower.lookup(&name) {
                        Some(Val::Scalar(id)) => self.replace(expr, id),
                        Some(_) => self.passive = false,
                        None => {}
                    }
                }
            }
            Expr::Field(_) | Expr::Index(_) if base(expr).is_some_and(|name| self.lower.lookup(&name).is_some()) => {
                match self.lower.reach(expr) {
                    Some(Val::Scalar(id)) => self.replace(expr, id),
                    Some(Val::Entry(place)) if !self.lower.function.roots[place.root].ty.is_active() => {
                        let id = self.lower.load(place);
                        self.replace(expr, id);
                    }
                    Some(_) => self.passive = false,
                    None => visit_expr_mut(self, expr),
                }
            }
            Expr::MethodCall(call) if call.method == "buffer" => self.passive = false,
            // Two numbers, each with a name of its own.
            Expr::MethodCall(call) if call.method == "sin_cos" && self.lower.type_of(&call.receiver).is_active() => {
                self.passive = false;
            }
            Expr::Reference(inner)
                if inner.mutability.is_some()
                    && base(&inner.expr).is_some_and(|name| self.lower.lookup(&name).is_some()) =>
            {
                self.passive = false;
            }
            Expr::MethodCall(call) if call.args.is_empty() && (call.method == "len" || call.method == "is_empty") => {
                let val = base(&call.receiver)
                    .is_some_and(|name| self.lower.lookup(&name).is_some())
                    .then(|| self.lower.reach(&call.receiver))
                    .flatten();
                let Some(Val::View(view)) = val else { return visit_expr_mut(self, expr) };
                let empty = call.method == "is_empty";
                self.replace(expr, view.len);
                if empty {
                    *expr = syn::parse_quote!((#expr == 0));
                }
            }
            Expr::Macro(_)
            | Expr::Block(_)
            | Expr::If(_)
            | Expr::Match(_)
            | Expr::Closure(_)
            | Expr::ForLoop(_)
            | Expr::While(_)
            | Expr::Loop(_)
            | Expr::Let(_)
            | Expr::Return(_)
            | Expr::Break(_)
            | Expr::Continue(_)
            | Expr::Assign(_)
            | Expr::Try(_)
            | Expr::Await(_)
            | Expr::Unsafe(_)
            | Expr::Async(_)
            | Expr::Array(_)
            | Expr::Repeat(_)
            | Expr::Tuple(_)
            | Expr::Range(_) => self.passive = false,
            Expr::Binary(binary) if is_assignment(&binary.op) || is_lazy(&binary.op) => self.passive = false,
            // A function of such numbers returns such a number, even if these are constants.
            Expr::Call(call)
                if !matches!(&*call.func, Expr::Path(path) if self.lower.is_of_scalar(&path.path))
                    && call.args.iter().any(|argument| self.lower.type_of(argument).is_active()) =>
            {
                self.passive = false;
            }
            _ => visit_expr_mut(self, expr),
        }
    }

    /// `Point { x }` is short for `Point { x: x }`, and `x` may have another name here.
    fn visit_field_value_mut(&mut self, field: &mut syn::FieldValue) {
        field.colon_token.get_or_insert_default();
        self.visit_expr_mut(&mut field.expr);
    }

    fn visit_expr_index_mut(&mut self, index: &mut syn::ExprIndex) {
        self.visit_expr_mut(&mut index.expr);
        match &mut *index.index {
            Expr::Range(range) => {
                range.start.iter_mut().chain(&mut range.end).for_each(|bound| self.visit_expr_mut(bound));
            }
            at => self.visit_expr_mut(at),
        }
    }
}

impl Renamer<'_> {
    fn replace(&mut self, expr: &mut Expr, id: Id) {
        if self.lower.is_active(id) {
            self.passive = false;
            return;
        }
        self.uses.push(id);
        match syn::parse_str(self.lower.name(id)) {
            Ok(named) => *expr = named,
            Err(_) => self.passive = false,
        }
    }
}

impl Lower {
    /// The expression in terms of scalars and its type, if nothing in it is of the differentiated type.
    pub(crate) fn passive(&mut self, expr: &Expr) -> Option<(String, Vec<Id>, Ty)> {
        let before = self.open.last().map_or(0, |block| block.stmts.len());
        let values = self.function.values.len();
        let mut renamed = expr.clone();
        let mut renamer = Renamer { lower: self, uses: vec![], passive: true };
        renamer.visit_expr_mut(&mut renamed);
        let Renamer { uses, passive, .. } = renamer;
        if !passive {
            // What was read on the way is not wanted.
            if let Some(block) = self.open.last_mut() {
                block.stmts.truncate(before);
            }
            if self.function.values.len() > values {
                self.known.retain(|text, id| *id < values || text.starts_with("const "));
            }
            return None;
        }
        let ty = self.type_of(expr);
        Some((renamed.to_token_stream().to_string(), uses, ty))
    }

    /// The scalar of a passive expression; one that is short is written out where it is used.
    pub(crate) fn passive_scalar(&mut self, expr: &Expr) -> Option<Id> {
        if let Some(name) = ident_of(expr)
            && let Some(Val::Scalar(id)) = self.lookup(&name)
        {
            return Some(id);
        }
        let (text, uses, ty) = self.passive(expr)?;
        Some(if uses.is_empty() && is_short(expr) {
            self.constant(&text, ty)
        } else {
            self.plain_value("t", text, uses, ty)
        })
    }

    /// What a path with fields and indices stands for, without computing anything but indices.
    pub(crate) fn reach(&mut self, expr: &Expr) -> Option<Val> {
        match expr {
            Expr::Paren(inner) => self.reach(&inner.expr),
            Expr::Reference(inner) => self.reach(&inner.expr),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => self.reach(&unary.expr),
            Expr::Path(_) => self.lookup(&ident_of(expr)?),
            Expr::Field(field) => super::structure::part(&self.reach(&field.base)?, &field.member).cloned(),
            Expr::Index(index) => {
                let val = self.reach(&index.expr)?;
                if let Expr::Range(range) = &*index.index {
                    let Val::View(view) = val else { return None };
                    return self.slice(&view, range).ok().map(Val::View);
                }
                let at = self.index(&index.index).ok()?;
                self.at(expr, &val, at).ok()
            }
            _ => None,
        }
    }

    /// The type of a passive expression, as far as its syntax tells.
    pub(crate) fn type_of(&self, expr: &Expr) -> Ty {
        match expr {
            Expr::Paren(inner) => self.type_of(&inner.expr),
            Expr::Group(inner) => self.type_of(&inner.expr),
            Expr::Unary(inner) => self.type_of(&inner.expr),
            Expr::Lit(lit) => match &lit.lit {
                Lit::Float(float) if float.suffix().is_empty() => Ty::plain("f64"),
                Lit::Bool(_) => Ty::plain("bool"),
                Lit::Int(int) if !int.suffix().is_empty() => Ty::plain(int.suffix()),
                _ => Ty::Plain(None),
            },
            Expr::Path(_) => match ident_of(expr).and_then(|name| self.lookup(&name)) {
                Some(Val::Scalar(id)) => self.function.values[id].ty.clone(),
                _ => Ty::Plain(None),
            },
            Expr::Cast(cast) => Ty::plain(&cast.ty.to_token_stream().to_string()),
            Expr::Call(call) => match &*call.func {
                Expr::Path(path)
                    if self.is_of_scalar(&path.path) && !path.path.segments.iter().any(|s| s.ident == "from") =>
                {
                    Ty::Active
                }
                _ => Ty::Plain(None),
            },
            Expr::MethodCall(call) => match call.method.to_string().as_str() {
                "len" | "count" => Ty::plain("usize"),
                "is_empty" | "contains" => Ty::plain("bool"),
                name if super::method::is_question(name) => Ty::plain("bool"),
                "unwrap" | "expect" => match &*call.receiver {
                    Expr::Call(inner) if matches!(&*inner.func, Expr::Path(path) if self.is_of_scalar(&path.path)) => {
                        Ty::Active
                    }
                    _ => Ty::Plain(None),
                },
                // Of what is not known it is not claimed that it is a number.
                name => match self.type_of(&call.receiver) {
                    Ty::Active if !super::method::gives_number(name) => Ty::Plain(None),
                    ty => ty,
                },
            },
            Expr::Binary(binary) => {
                if is_comparison(&binary.op) {
                    return Ty::plain("bool");
                }
                match (self.type_of(&binary.left), self.type_of(&binary.right)) {
                    (Ty::Active, _) | (_, Ty::Active) => Ty::Active,
                    (Ty::Plain(None), right) => right,
                    (left, _) => left,
                }
            }
            _ => Ty::Plain(None),
        }
    }

    /// Whether a path begins with the scalar's parameter: `T::zero`.
    pub(crate) fn is_of_scalar(&self, path: &syn::Path) -> bool {
        path.segments.len() > 1 && path.segments[0].ident == self.scalar
    }
}

/// The name, of a path that is nothing but a name.
pub(crate) fn ident_of(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident().map(ToString::to_string),
        Expr::Paren(inner) => ident_of(&inner.expr),
        _ => None,
    }
}

/// The name at the bottom of fields, indices and references.
pub(crate) fn base(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Field(field) => base(&field.base),
        Expr::Index(index) => base(&index.expr),
        Expr::Reference(inner) => base(&inner.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => base(&unary.expr),
        _ => ident_of(expr),
    }
}

/// Whether it can be written wherever it is used.
fn is_short(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) | Expr::Path(_) => true,
        Expr::Field(field) => is_short(&field.base),
        Expr::Paren(inner) => is_short(&inner.expr),
        Expr::Call(call) => matches!(&*call.func, Expr::Path(_)) && call.args.iter().all(is_short),
        _ => false,
    }
}

pub(crate) fn is_assignment(op: &BinOp) -> bool {
    op.to_token_stream().to_string().ends_with('=') && !is_comparison(op)
}

pub(crate) fn is_comparison(op: &BinOp) -> bool {
    matches!(op, BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_))
}

pub(crate) fn is_lazy(op: &BinOp) -> bool {
    matches!(op, BinOp::And(_) | BinOp::Or(_))
}
