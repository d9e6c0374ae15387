//! The attribute macro that writes tangents and adjoints, of the differentiation interface.
//!
//! # For callers
//!
//! Take it from `di_core` (feature `differentiable`) or from `di_backends` (the same, on by default). This crate is not
//! meant to be depended on.
//!
//! # For backend authors
//!
//! What it writes fulfils the contract of `TangentFn` and `AdjointFn`. From syntax to the intermediate form (`lower`), what
//! carries a derivative (`activity`), what the reverse sweep needs (`plan`) and what of the forward sweep is left of that
//! (`live`), and the two writers (`forward`, `reverse`).
#![forbid(unsafe_code)]
#![expect(clippy::needless_for_each, clippy::format_collect, reason = "text is collected from iterators throughout")]

mod activity;
mod attributes;
mod columns;
mod form;
mod forward;
mod independent;
mod joined;
mod lanes;
mod live;
mod looks;
mod lower;
mod pack;
mod places;
mod plan;
mod prune;
mod reverse;
mod shadows;
mod split;
mod steady;
mod surface;
mod text;
mod views;
mod when;
mod write;

use proc_macro2::TokenStream;
use quote::quote;

/// Writes the tangent and the adjoint of a function beside it.
///
/// It stands on an implementation of `UnaryFn`, `CurveFn`, `ScalarFn` or `VectorFn` for every `T: Real`, and writes `TangentFn`
/// and `AdjointFn` from the body; on a function `fn name<T: Real>(…)` or a method of that form it writes what such bodies call.
/// The code stays as it is. The type needs a `Shadow`.
///
/// | argument | meaning |
/// | --- | --- |
/// | `crate = path` | where `di_core` is, if it is neither `::di_core` nor in `::di_backends` |
/// | `associated` | it stands on a function without `self` inside an `impl` block |
/// | `checkpointed` | the reverse sweep of this function begins with a forward sweep of its own, so that what that saves is not kept until then |
/// | `tangent = path`, `adjoint = path` | derivative code by hand, in place of what is written from the body, which is not looked at |
///
/// What is supported, what is written, and what it costs: the guide `docs/differentiable.md`.
///
/// # Errors
///
/// What the macro does not know is a compile error at its place that says what to write instead: a dependency is never
/// dropped.
///
/// # References
///
/// Griewank and Walther, *Evaluating Derivatives*, 2nd ed. (2008), chapters 3 to 6; Hascoët and Pascual, "The Tapenade
/// automatic differentiation tool", *ACM Transactions on Mathematical Software* 39 (2013).
#[proc_macro_attribute]
pub fn differentiable(arguments: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expanded(arguments.into(), item.into(), quote!(::di_core)).into()
}

/// As `differentiable`, for users of `di_backends`, who may have no `di_core` in scope.
#[proc_macro_attribute]
pub fn differentiable_through_backends(
    arguments: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    expanded(arguments.into(), item.into(), quote!(::di_backends::di_core)).into()
}

/// The item with its derivative code; the item without bodies with the errors, so that nothing else complains.
fn expanded(arguments: TokenStream, item: TokenStream, root: TokenStream) -> TokenStream {
    surface::expand(arguments.clone(), item.clone(), &root).unwrap_or_else(|error| {
        let (item, error) = (surface::without_bodies(arguments, item, &root), error.into_compile_error());
        quote!(#item #error)
    })
}
