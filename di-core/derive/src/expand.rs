//! The implementation that is written.

use crate::attribute::{Marks, Place};
use crate::bound::Bounds;
use crate::form::{Form, forms};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{DeriveInput, Error, Result};

/// `impl Shadow for …`; `root` is where `di_core` is, unless an attribute tells.
pub(crate) fn shadow(input: &DeriveInput, root: TokenStream) -> Result<TokenStream> {
    let marks = Marks::of(&input.attrs, Place::Type)?;
    let root = marks.root.map_or(root, ToTokens::into_token_stream);
    if marks.constant {
        return Ok(implementation(input, &root, &[], constant()));
    }
    let forms = forms(input)?;
    let predicates = predicates(input, &root, &forms)?;
    Ok(implementation(input, &root, &predicates, duplicated(&root, &forms)))
}

fn implementation(input: &DeriveInput, root: &TokenStream, added: &[TokenStream], body: TokenStream) -> TokenStream {
    let name = &input.ident;
    let (generics, arguments, written) = input.generics.split_for_impl();
    let written = written.into_iter().flat_map(|clause| &clause.predicates);
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unused_qualifications, clippy::absolute_paths, reason = "written by a macro")]
        impl #generics #root::Shadow for #name #arguments
        where
            #(#written,)*
            #(#added,)*
        {
            #body
        }
    }
}

/// Nothing holds a derivative.
fn constant() -> TokenStream {
    quote! {
        type Shadow = ();
        #[inline]
        fn make_zero(&self) {}
        #[inline]
        fn remake_zero(&self, (): &mut ()) {}
    }
}

fn duplicated(root: &TokenStream, forms: &[Form<'_>]) -> TokenStream {
    let made = forms.iter().map(|form| form.made(root));
    let remade = forms.iter().map(|form| form.remade(root));
    // Without a variant there is no value: the match that is exhaustive without an arm is on the place itself.
    let (make, remake) = if forms.is_empty() {
        (quote!(match *self {}), quote!(match *shadow {}))
    } else {
        // With one form there is no other to change to, and the arm would be unreachable.
        let changed = (forms.len() > 1).then(|| quote!((primal, shadow) => *shadow = #root::Shadow::make_zero(primal)));
        (quote!(match self { #(#made),* }), quote!(match (self, shadow) { #(#remade)* #changed }))
    };
    quote! {
        type Shadow = Self;
        #[inline]
        fn make_zero(&self) -> Self {
            #make
        }
        #[inline]
        fn remake_zero(&self, shadow: &mut Self) {
            #remake
        }
    }
}

/// What the fields ask of the type parameters; all complaints about fields at once.
fn predicates(input: &DeriveInput, root: &TokenStream, forms: &[Form<'_>]) -> Result<Vec<TokenStream>> {
    let mut bounds = Bounds::new(&input.generics);
    let mut cloned = Vec::new();
    let mut complaints: Option<Error> = None;
    for part in forms.iter().flat_map(|form| &form.parts) {
        let kind = part.kind;
        if !part.constant {
            if let Err(complaint) = bounds.add(kind) {
                match &mut complaints {
                    Some(complaints) => complaints.combine(complaint),
                    None => complaints = Some(complaint),
                }
            }
        } else if bounds.appear_in(kind) {
            cloned.push(quote!(#kind: ::core::clone::Clone));
        }
    }
    if let Some(complaints) = complaints {
        return Err(complaints);
    }
    let shadowed = bounds.bounded().iter().map(|path| quote!(#path: #root::Shadow<Shadow = #path>));
    Ok(shadowed.chain(cloned).collect())
}
