//! Attributes and parameters that the code of an item may not have, and those that what is written beside it has too.

use crate::lower::refuse;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Error, FnArg, GenericParam, Generics, Result, Signature};

/// Of an item that may be left out, what is written beside it is left out too.
pub(crate) fn conditions(attributes: &[Attribute]) -> TokenStream {
    let conditions = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    quote!(#(#conditions)*)
}

/// An error for an attribute that may take away what it stands on, after derivative code was written of it.
pub(crate) fn conditional(attribute: &Attribute) -> Option<Error> {
    let harmless = ["allow", "expect", "warn", "deny", "forbid", "doc", "inline", "rustfmt", "clippy", "must_use"];
    let first = attribute.path().segments.first()?;
    if harmless.iter().any(|name| first.ident == name) {
        return None;
    }
    let message = "this attribute is not seen through: `#[cfg]` stands on the whole item that has `#[differentiable]`";
    Some(Error::new_spanned(attribute, message))
}

/// Refuses conditions on parameters.
pub(crate) fn unconditional(sig: &Signature) -> Result<()> {
    let mut attributes = sig.inputs.iter().flat_map(|input| match input {
        FnArg::Typed(typed) => &typed.attrs,
        FnArg::Receiver(receiver) => &receiver.attrs,
    });
    attributes.find_map(conditional).map_or(Ok(()), Err)
}

/// Refuses a parameter that has the name of the number of directions.
pub(crate) fn without_lanes(generics: &Generics) -> Result<()> {
    let is_lanes = |held: &&GenericParam| match held {
        GenericParam::Type(held) => held.ident == "K",
        GenericParam::Const(held) => held.ident == "K",
        GenericParam::Lifetime(_) => false,
    };
    match generics.params.iter().find(is_lanes) {
        Some(held) => {
            refuse(held, "`K` is the number of directions in the tangent that is written: give this another name")
        }
        None => Ok(()),
    }
}
