//! What the whole body says about a name, before it is lowered.

use super::plain::ident_of;
use std::collections::BTreeSet;
use syn::visit::Visit;
use syn::{Block, Expr, ExprMethodCall, Result};

/// Names by what is done to them anywhere in the body.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Vectors whose length changes.
    grown: BTreeSet<String>,
    /// Arrays that are used otherwise than by the number of an entry.
    whole: BTreeSet<String>,
    /// Variables of whatever is declared with `mut`.
    mutable: BTreeSet<String>,
    /// All names.
    named: BTreeSet<String>,
    error: Option<syn::Error>,
}

/// Methods after which a vector has another length.
const GROWS: [&str; 8] = ["push", "extend", "extend_from_slice", "clear", "truncate", "resize", "append", "pop"];

/// Whether a method changes the length of a vector.
pub(crate) fn changes_length(call: &ExprMethodCall) -> bool {
    GROWS.iter().any(|name| call.method == name)
}

impl Scan {
    pub(crate) fn of(block: &Block) -> Result<Self> {
        let mut scan = Self::default();
        scan.visit_block(block);
        scan.error.take().map_or(Ok(scan), Err)
    }

    pub(crate) fn grows(&self, name: &str) -> bool {
        self.grown.contains(name)
    }

    pub(crate) fn is_used_whole(&self, name: &str) -> bool {
        self.whole.contains(name)
    }

    /// Whether a name occurs.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        self.named.contains(name)
    }
}

impl<'ast> Visit<'ast> for Scan {
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if changes_length(call) {
            self.grown.extend(ident_of(&call.receiver));
        }
        syn::visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_assign(&mut self, assign: &'ast syn::ExprAssign) {
        self.assigned(&assign.left);
        syn::visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let Expr::Path(path) = &*call.func
            && let Some(name) = path.path.get_ident()
        {
            self.imported(name);
        }
        // Of `swap` and `replace`.
        for argument in &call.args {
            if let Expr::Reference(reference) = argument
                && reference.mutability.is_some()
                && matches!(&*call.func, Expr::Path(path) if path.path.segments.len() > 1)
            {
                self.grown.extend(ident_of(&reference.expr));
            }
        }
        syn::visit::visit_expr_call(self, call);
    }

    fn visit_expr_index(&mut self, index: &'ast syn::ExprIndex) {
        if let (Some(name), Expr::Lit(_)) = (ident_of(&index.expr), &*index.index) {
            self.named.insert(name);
            return;
        }
        syn::visit::visit_expr_index(self, index);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let (Some(first), true) = (path.segments.first(), path.leading_colon.is_none() && path.segments.len() > 1) {
            self.imported(&first.ident);
        }
        if let Some(name) = path.get_ident() {
            self.whole.insert(name.to_string());
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_pat_ident(&mut self, ident: &'ast syn::PatIdent) {
        if ident.mutability.is_some() {
            self.mutable.insert(ident.ident.to_string());
        }
        syn::visit::visit_pat_ident(self, ident);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.tokens(mac.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let Some(error) = crate::attributes::conditional(attribute) {
            self.error.get_or_insert(error);
        }
    }

    fn visit_ident(&mut self, ident: &'ast syn::Ident) {
        self.named.insert(ident.to_string());
        if ident == "K" {
            let message = "`K` is the number of directions in the tangent that is written: give this another name";
            self.error.get_or_insert_with(|| syn::Error::new(ident.span(), message));
        }
    }
}

impl Scan {
    /// Derivative code imports two modules, which hide what has their names.
    fn imported(&mut self, name: &syn::Ident) {
        if name == "rule" || name == "storage" {
            let message = format!("`{name}` is a module that derivative code imports: import this under another name");
            self.error.get_or_insert_with(|| syn::Error::new(name.span(), message));
        }
    }

    /// What stands in a macro is taken to be used in every way.
    fn tokens(&mut self, tokens: proc_macro2::TokenStream) {
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Group(group) => self.tokens(group.stream()),
                proc_macro2::TokenTree::Ident(ident) => {
                    self.whole.insert(ident.to_string());
                    self.visit_ident(&ident);
                }
                _ => {}
            }
        }
    }

    fn assigned(&mut self, left: &Expr) {
        match left {
            Expr::Tuple(tuple) => tuple.elems.iter().for_each(|left| self.assigned(left)),
            Expr::Paren(inner) => self.assigned(&inner.expr),
            _ => self.grown.extend(ident_of(left)),
        }
    }
}
