//! What a field asks of the type parameters, and what it must not hold.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Error, GenericArgument, Generics, Ident, PathArguments, PathSegment, Result, Type, TypePath, TypeReference};

/// Type parameters, and what of them must have a shadow of its own type.
pub(crate) struct Bounds<'a> {
    parameters: Vec<&'a Ident>,
    bounded: Vec<&'a TypePath>,
}

impl<'a> Bounds<'a> {
    pub(crate) fn new(generics: &'a Generics) -> Self {
        Self { parameters: generics.type_params().map(|parameter| &parameter.ident).collect(), bounded: Vec::new() }
    }

    /// Parameters, and types associated with them, in the order of their appearance.
    pub(crate) fn bounded(&self) -> &[&'a TypePath] {
        &self.bounded
    }

    /// Whether a type parameter appears in the type.
    pub(crate) fn appear_in(&self, kind: &Type) -> bool {
        self.appear(kind.to_token_stream())
    }

    fn appear(&self, tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(name) => self.parameters.contains(&&name),
            TokenTree::Group(group) => self.appear(group.stream()),
            _ => false,
        })
    }

    /// Takes note of the type of a field that is not constant; an error where it holds a reference or a pointer.
    pub(crate) fn add(&mut self, kind: &'a Type) -> Result<()> {
        match kind {
            Type::Array(array) => self.add(&array.elem),
            Type::Slice(slice) => self.add(&slice.elem),
            Type::Paren(inner) => self.add(&inner.elem),
            Type::Group(inner) => self.add(&inner.elem),
            Type::Tuple(tuple) => tuple.elems.iter().try_for_each(|kind| self.add(kind)),
            Type::Path(path) => self.add_path(path),
            Type::Reference(reference) if is_static_str(reference) => Ok(()),
            Type::Reference(_) => Err(borrowed(kind, "reference")),
            Type::Ptr(_) => Err(borrowed(kind, "pointer")),
            _ => Ok(()),
        }
    }

    fn add_path(&mut self, path: &'a TypePath) -> Result<()> {
        let TypePath { qself, path: inner, .. } = path;
        let of_parameter = match qself {
            Some(_) => self.appear(path.to_token_stream()),
            None => inner.segments.first().is_some_and(|first| self.parameters.contains(&&first.ident)),
        };
        if of_parameter {
            let written = path.to_token_stream().to_string();
            if self.bounded.iter().all(|held| held.to_token_stream().to_string() != written) {
                self.bounded.push(path);
            }
            return Ok(());
        }
        if inner.segments.last().is_some_and(|last| last.ident == "PhantomData") {
            return Ok(());
        }
        inner.segments.iter().flat_map(arguments).try_for_each(|kind| self.add(kind))
    }
}

/// The types between `<` and `>`.
fn arguments(segment: &PathSegment) -> impl Iterator<Item = &Type> {
    let arguments = match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        PathArguments::None | PathArguments::Parenthesized(_) => None,
    };
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(kind) => Some(kind),
        _ => None,
    })
}

/// Text in the program has a shadow: itself.
fn is_static_str(reference: &TypeReference) -> bool {
    let is_static = reference.lifetime.as_ref().is_some_and(|lifetime| lifetime.ident == "static");
    let is_str = matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("str"));
    is_static && is_str && reference.mutability.is_none()
}

fn borrowed(kind: &Type, what: &str) -> Error {
    Error::new_spanned(
        kind,
        format!(
            "a {what} has no shadow of its own type, since a shadow cannot borrow: mark the field `#[shadow(constant)]` if \
             it holds no derivative, or own what is referred to"
        ),
    )
}
