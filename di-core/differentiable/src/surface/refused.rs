//! What stands in the place of code that is refused.

use super::{Arguments, allowed, scalar_of};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{ImplItem, ImplItemFn, Item, ItemImpl, PathArguments};

/// Signatures alone, and derivative code that never runs: what stands in a body that is refused is looked at when that is mended, and
/// nothing complains that there is no code.
pub(crate) fn without_bodies(arguments: TokenStream, item: TokenStream, root: &TokenStream) -> TokenStream {
    let empty: syn::Block = syn::parse_quote!({ ::core::unreachable!() });
    let allowed = allowed();
    match syn::parse2::<Item>(item.clone()) {
        Ok(Item::Impl(mut block)) => {
            for item in &mut block.items {
                if let ImplItem::Fn(method) = item {
                    method.block = empty.clone();
                }
            }
            let path = Arguments::parse(arguments).ok().and_then(|arguments| arguments.path);
            let code = code(&block, &path.map_or_else(|| root.clone(), |path| path.to_token_stream()));
            quote!(#allowed #block #code)
        }
        Ok(Item::Fn(mut function)) => {
            *function.block = empty;
            quote!(#allowed #function)
        }
        Ok(_) => item,
        Err(_) => match syn::parse2::<ImplItemFn>(item.clone()) {
            Ok(mut method) => {
                method.block = empty;
                quote!(#allowed #method)
            }
            Err(_) => item,
        },
    }
}

/// Derivative code that never runs, of a function for every scalar.
fn code(block: &ItemImpl, root: &TokenStream) -> TokenStream {
    let last = block.trait_.as_ref().and_then(|(path, _)| path.segments.last());
    let Some(PathArguments::AngleBracketed(arguments)) = last.map(|last| &last.arguments) else {
        return TokenStream::new();
    };
    let Some(scalar) = scalar_of(block, arguments) else { return TokenStream::new() };
    let (generics, _, clause) = block.generics.split_for_impl();
    let (ty, allowed) = (&block.self_ty, allowed());
    let enclosed = quote!(#root::Enclosed<'_, <Self as #root::Shadow>::Shadow>);
    quote! {
        #allowed
        impl #generics #root::TangentFn<#scalar> for #ty #clause {
            fn tangent_into<const __WIDTH: usize>(
                &self, _: #enclosed, _: &[#scalar], _: &[[#scalar; __WIDTH]], _: Option<&mut [#scalar]>,
                _: &mut [[#scalar; __WIDTH]],
            ) { ::core::unreachable!() }
        }
        #allowed
        impl #generics #root::AdjointFn<#scalar> for #ty #clause {
            fn adjoint_into(
                &self, _: #enclosed, _: &[#scalar], _: &mut [#scalar], _: Option<&mut [#scalar]>, _: &mut [#scalar],
            ) { ::core::unreachable!() }
        }
    }
}
