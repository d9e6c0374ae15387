//! Variables of one name that a macro keeps apart.
//!
//! Code is followed by names. Where a declarative macro writes a variable `a` beside an `a` that it was given, these are two
//! variables, and to follow the name would mix them up.

use proc_macro2::{Ident, TokenStream, TokenTree};
use std::collections::BTreeMap;
use syn::visit::Visit;
use syn::{Block, Error, Result, Signature};

/// Occurrences of names, and which of them are bound.
#[derive(Default)]
struct Finder {
    found: BTreeMap<String, Vec<Ident>>,
    bound: Vec<String>,
}

impl Finder {
    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(ident) => self.found.entry(ident.to_string()).or_default().push(ident),
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_pat_ident(&mut self, ident: &'ast syn::PatIdent) {
        self.bound.push(ident.ident.to_string());
        self.found.entry(ident.ident.to_string()).or_default().push(ident.ident.clone());
        syn::visit::visit_pat_ident(self, ident);
    }

    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        if let Some(ident) = path.path.get_ident() {
            self.found.entry(ident.to_string()).or_default().push(ident.clone());
        }
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.tokens(mac.tokens.clone());
    }
}

/// Where an identifier comes from, as far as the compiler tells: `#4` of `#4 bytes(10..12)`.
fn context(ident: &Ident) -> Option<String> {
    let text = format!("{:?}", ident.span());
    text.split_once(' ').filter(|(context, _)| context.starts_with('#')).map(|(context, _)| context.to_string())
}

/// Refuses a function in which one name stands for two variables.
pub(crate) fn distinct(sig: &Signature, block: &Block) -> Result<()> {
    let mut finder = Finder::default();
    sig.inputs.iter().for_each(|input| finder.visit_fn_arg(input));
    finder.visit_block(block);
    for name in &finder.bound {
        let found = finder.found.get(name).into_iter().flatten();
        let mut contexts = found.filter_map(|ident| Some((ident, context(ident)?)));
        let Some((_, first)) = contexts.next() else { continue };
        if let Some((ident, _)) = contexts.find(|(_, context)| *context != first) {
            let message =
                format!("a macro keeps two variables `{name}` apart, which are one by name: give one another name");
            return Err(Error::new(ident.span(), message));
        }
    }
    Ok(())
}
