//! Where calls stand in the author's code, so that a companion that is missing is reported there.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use std::collections::HashMap;
use syn::visit::Visit;
use syn::{Block, Error, Expr, Result};

/// The places of calls by the names of what is called.
#[derive(Default)]
pub(crate) struct Places(HashMap<String, Span>);

impl<'ast> Visit<'ast> for Places {
    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let Expr::Path(path) = &*call.func
            && let Some(last) = path.path.segments.last()
        {
            self.0.insert(last.ident.to_string(), last.ident.span());
        }
        syn::visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.0.insert(call.method.to_string(), call.method.span());
        syn::visit::visit_expr_method_call(self, call);
    }
}

impl Places {
    pub(crate) fn of(block: &Block) -> Self {
        let mut places = Self::default();
        places.visit_block(block);
        places
    }

    /// The tokens of a text, those of companions at the places of the calls.
    pub(crate) fn parsed(&self, text: &str) -> Result<TokenStream> {
        match text.parse() {
            Ok(tokens) => Ok(self.placed(tokens)),
            Err(error) => {
                let message = format!("the code that was written does not parse: {error}");
                Err(Error::new(Span::call_site(), message))
            }
        }
    }

    fn placed(&self, tokens: TokenStream) -> TokenStream {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let owns = |at: usize| match tokens.get(at + 1..at + 4) {
            Some([TokenTree::Punct(first), TokenTree::Punct(_), TokenTree::Ident(which)]) => {
                first.as_char() == ':' && (which == "__adjoint" || which == "__tangent")
            }
            _ => false,
        };
        let placed = tokens.iter().enumerate().map(|(at, token)| match token {
            TokenTree::Group(group) => {
                let mut placed = Group::new(group.delimiter(), self.placed(group.stream()));
                placed.set_span(group.span());
                TokenTree::Group(placed)
            }
            TokenTree::Ident(name) => TokenTree::Ident(self.moved(name.clone(), owns(at))),
            other => other.clone(),
        });
        placed.collect()
    }

    /// A method's companion, or a function's name where its companion follows, at the place of the call.
    fn moved(&self, mut name: Ident, owns: bool) -> Ident {
        let text = name.to_string();
        let method = text.strip_prefix("__adjoint_").or_else(|| text.strip_prefix("__tangent_"));
        let called = if owns { Some(&text[..]) } else { method };
        if let Some(span) = called.and_then(|called| self.0.get(called)) {
            name.set_span(Span::call_site().located_at(*span));
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn text_stays_the_same() {
        let block = syn::parse_quote!({ helper(1.0) });
        let tokens = Places::of(&block).parsed("let a = helper::__adjoint((x), [1]);").map(|tokens| tokens.to_string());
        assert_eq!(tokens.ok().as_deref(), Some("let a = helper :: __adjoint ((x) , [1]) ;"));
    }
}
