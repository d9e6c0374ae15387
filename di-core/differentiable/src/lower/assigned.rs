//! What an expression or block gives other values.

use super::plain::ident_of;
use syn::visit::Visit;
use syn::{Expr, ExprBinary};

/// The names that an expression or block gives other values.
#[derive(Default)]
pub(crate) struct Assigned {
    pub(crate) names: Vec<String>,
    pub(crate) returns: bool,
}

impl<'ast> Visit<'ast> for Assigned {
    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if super::scan::changes_length(call) {
            self.names.extend(ident_of(&call.receiver));
        }
        syn::visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_assign(&mut self, assign: &'ast syn::ExprAssign) {
        self.left(&assign.left);
        syn::visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_binary(&mut self, binary: &'ast ExprBinary) {
        if super::plain::is_assignment(&binary.op) {
            self.left(&binary.left);
        }
        syn::visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_reference(&mut self, reference: &'ast syn::ExprReference) {
        if reference.mutability.is_some() {
            self.left(&reference.expr);
        }
        syn::visit::visit_expr_reference(self, reference);
    }

    fn visit_expr_return(&mut self, inner: &'ast syn::ExprReturn) {
        self.returns = true;
        syn::visit::visit_expr_return(self, inner);
    }
}

impl Assigned {
    fn left(&mut self, left: &Expr) {
        match left {
            Expr::Tuple(tuple) => tuple.elems.iter().for_each(|left| self.left(left)),
            Expr::Field(field) => self.left(&field.base),
            Expr::Paren(inner) => self.left(&inner.expr),
            _ => self.names.extend(ident_of(left)),
        }
    }
}
