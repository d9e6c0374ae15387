//! The derive macro for shadows, of the differentiation interface.
//!
//! # For callers
//!
//! Take it from `di_core` (feature `derive`) or from `di_backends` (the same, on by default); both have it beside the
//! trait, under the trait's name. This crate is not meant to be depended on.
//!
//! # For backend authors
//!
//! Each door to the macro writes paths through which its users see `di_core`.
#![forbid(unsafe_code)]

mod attribute;
mod bound;
mod expand;
mod form;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_macro_input};

/// Derives the trait `Shadow` for a struct or an enum: a shadow of its own type.
///
/// Floats in it are zero, everything else is copied. The fields of the shadow are the shadows of the fields, so each
/// field's type must have a shadow of its own type: numbers, `String`, arrays, tuples, `Vec`, `Option`, `Box`, `Cell`,
/// `RefCell`, `Cache`, and whatever derives it. `remake_zero` works in place and keeps memory; an enum that was in
/// another variant is made anew.
///
/// | attribute | on | meaning |
/// | --- | --- | --- |
/// | `#[shadow(constant)]` | a field | it holds no derivative: cloned into a new shadow, and not touched again |
/// | `#[shadow(constant)]` | the type | nothing in it holds a derivative: the shadow is `()`, and nothing is asked of the fields |
/// | `#[shadow(crate = path)]` | the type | where `di_core` is, if it is neither `::di_core` nor in `::di_backends` |
///
/// A type parameter `P` of a field that is not constant is bounded by `P: Shadow<Shadow = P>`, which every `Real` is.
/// A field that is a reference, or holds one, must be constant: a shadow cannot borrow memory of its own.
#[proc_macro_derive(Shadow, attributes(shadow))]
pub fn derive_shadow(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive(&input, quote!(::di_core)).into()
}

/// As `Shadow`, for users of `di_backends`, who may have no `di_core` in scope.
#[proc_macro_derive(ShadowThroughBackends, attributes(shadow))]
pub fn derive_shadow_through_backends(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive(&input, quote!(::di_backends::di_core)).into()
}

fn derive(input: &DeriveInput, root: TokenStream) -> TokenStream {
    expand::shadow(input, root).unwrap_or_else(syn::Error::into_compile_error)
}
