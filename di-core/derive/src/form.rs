//! The forms of a type: one for a struct, one for each variant of an enum.

use crate::attribute::{Marks, Place};
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Fields, Ident, Member, Result, Type};

/// `Self` or `Self::Variant`, and what is in it.
///
/// Braces with names or indices fit fields of every kind: `Self::Variant { 0: … }`.
pub(crate) struct Form<'a> {
    path: TokenStream,
    pub(crate) parts: Vec<Part<'a>>,
}

/// A field.
pub(crate) struct Part<'a> {
    member: Member,
    pub(crate) kind: &'a Type,
    pub(crate) constant: bool,
}

/// The forms of what derives; an error if it is a union.
pub(crate) fn forms(input: &DeriveInput) -> Result<Vec<Form<'_>>> {
    match &input.data {
        Data::Struct(data) => Ok(vec![Form::new(quote!(Self), &data.fields)?]),
        Data::Enum(data) => data.variants.iter().map(Form::of_variant).collect(),
        Data::Union(data) => Err(Error::new(
            data.union_token.span,
            "a union has no shadow, since nobody knows which of its fields holds floats: use an enum, or mark the whole \
             union `#[shadow(constant)]`",
        )),
    }
}

impl<'a> Form<'a> {
    fn of_variant(variant: &'a syn::Variant) -> Result<Self> {
        Marks::of(&variant.attrs, Place::Variant)?;
        let name = &variant.ident;
        Self::new(quote!(Self::#name), &variant.fields)
    }

    fn new(path: TokenStream, fields: &'a Fields) -> Result<Self> {
        let part = |(member, field): (Member, &'a syn::Field)| {
            let constant = Marks::of(&field.attrs, Place::Field)?.constant;
            Ok(Part { member, kind: &field.ty, constant })
        };
        Ok(Self { path, parts: fields.members().zip(fields).map(part).collect::<Result<_>>()? })
    }

    /// The arm of a `match self` that makes the shadow of this form.
    pub(crate) fn made(&self, root: &TokenStream) -> TokenStream {
        let path = &self.path;
        let members: Vec<_> = self.parts.iter().map(|part| &part.member).collect();
        let primals: Vec<_> = (0..members.len()).map(|index| local("primal", index)).collect();
        let made = self.parts.iter().zip(&primals).map(|(part, primal)| part.made(root, primal));
        quote!(#path { #(#members: #primals),* } => #path { #(#members: #made),* })
    }

    /// The arm of a `match (self, shadow)` where both have this form.
    pub(crate) fn remade(&self, root: &TokenStream) -> TokenStream {
        let path = &self.path;
        let (mut members, mut primals, mut shadows, mut remade) = (vec![], vec![], vec![], vec![]);
        for (index, part) in self.parts.iter().enumerate().filter(|(_, part)| !part.constant) {
            let (primal, shadow) = (local("primal", index), local("shadow", index));
            remade.push(part.remade(root, &primal, &shadow));
            members.push(&part.member);
            primals.push(primal);
            shadows.push(shadow);
        }
        quote! {
            (#path { #(#members: #primals,)* .. }, #path { #(#members: #shadows,)* .. }) => { #(#remade;)* }
        }
    }
}

impl Part<'_> {
    /// Spans are those of the type, so that an error about the field points at it.
    fn made(&self, root: &TokenStream, primal: &Ident) -> TokenStream {
        let kind = self.kind;
        if self.constant {
            quote_spanned!(kind.span()=> <#kind as ::core::clone::Clone>::clone(#primal))
        } else {
            quote_spanned!(kind.span()=> <<#kind as #root::Shadow>::Shadow as #root::ShadowOf<#kind>>::make(#primal))
        }
    }

    fn remade(&self, root: &TokenStream, primal: &Ident, shadow: &Ident) -> TokenStream {
        let kind = self.kind;
        quote_spanned! {kind.span()=>
            <<#kind as #root::Shadow>::Shadow as #root::ShadowOf<#kind>>::remake(#primal, #shadow)
        }
    }
}

fn local(role: &str, index: usize) -> Ident {
    format_ident!("{role}_{index}", span = Span::mixed_site())
}
