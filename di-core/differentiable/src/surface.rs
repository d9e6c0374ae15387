//! What the attribute stands on, and what it writes there.

mod companions;
mod refused;
#[cfg(test)]
mod tests;

use crate::attributes;
use crate::form::{Function, Id, Index, Parameter, RootId, Source, Ty};
use crate::lower::{Held, Lower, Val, View, refuse};
use crate::pack::Pack;
use crate::places::Places;
use crate::views::Views;
use crate::write::{Adjoint, Rule, Tangent};
use companions::companions;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
pub(crate) use refused::without_bodies;
use syn::visit::Visit;
use syn::{
    AngleBracketedGenericArguments, FnArg, GenericArgument, ImplItem, ImplItemFn, Item, ItemFn, ItemImpl, Pat, Path,
    PathArguments, Result, ReturnType, Signature, Type,
};

/// The shapes of functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Unary,
    Curve,
    Scalar,
    Vector,
    /// A function that others call.
    Helper,
}

/// A function that was lowered, and what is written around its code.
pub(crate) struct Lowered {
    pub(crate) function: Function,
    pub(crate) scalar: String,
    pub(crate) shape: Shape,
    /// Roots with the scalars that are their lengths.
    pub(crate) lengths: Vec<(RootId, Id)>,
    /// A name for the output, where the function has none for it.
    pub(crate) output: String,
    /// Parameters in order, as text: name and type.
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) has_self: bool,
    /// Whether its reverse begins with a forward sweep of its own, so that what that saves is not kept until then.
    pub(crate) checkpointed: bool,
    /// What stands for entries inside the loop that is being written.
    pub(crate) views: Views,
}

/// The item as it was, with what belongs beside it.
pub(crate) fn expand(arguments: TokenStream, item: TokenStream, root: &TokenStream) -> Result<TokenStream> {
    let arguments = Arguments::parse(arguments)?;
    let root = arguments.path.as_ref().map_or_else(|| root.clone(), ToTokens::to_token_stream);
    match syn::parse2::<Item>(item.clone()) {
        Ok(Item::Impl(_)) if arguments.rule().is_some() => refuse(
            item,
            "a rule stands on a function that others call: implement `TangentFn` and `AdjointFn` for this type instead",
        ),
        Ok(Item::Impl(block)) => {
            let added = implementations(&block, &root)?;
            Ok(quote!(#block #added))
        }
        Ok(Item::Fn(function)) => {
            let ItemFn { attrs, vis, sig, block, .. } = &function;
            let associated = arguments.associated || sig.receiver().is_some();
            let companions = companions((attrs, vis), sig, block, &root, &Arguments { associated, ..arguments })?;
            if associated {
                return Ok(quote!(#function #companions));
            }
            let (name, allowed, conditions) = (&sig.ident, allowed(), attributes::conditions(attrs));
            Ok(quote! {
                #function
                #conditions #[doc(hidden)] #allowed #vis enum #name {}
                #conditions #allowed impl #name { #companions }
            })
        }
        Ok(other) => {
            refuse(other, "`#[differentiable]` stands on `impl ScalarFn<T> for …` and its like, or on a function")
        }
        Err(_) => {
            let method = syn::parse2::<ImplItemFn>(item)?;
            let ImplItemFn { attrs, vis, sig, block, .. } = &method;
            let companions = companions((attrs, vis), sig, block, &root, &Arguments { associated: true, ..arguments })?;
            Ok(quote!(#method #companions))
        }
    }
}

/// What stands in parentheses after the attribute's name.
#[derive(Default)]
struct Arguments {
    path: Option<Path>,
    associated: bool,
    checkpointed: bool,
    tangent: Option<Path>,
    adjoint: Option<Path>,
}

impl Arguments {
    fn parse(tokens: TokenStream) -> Result<Self> {
        let mut arguments = Self::default();
        let parser = syn::meta::parser(|meta| {
            if meta.path.is_ident("crate") {
                arguments.path = Some(meta.value()?.call(Path::parse_mod_style)?);
                return Ok(());
            }
            if meta.path.is_ident("associated") {
                arguments.associated = true;
                return Ok(());
            }
            if meta.path.is_ident("checkpointed") {
                arguments.checkpointed = true;
                return Ok(());
            }
            if meta.path.is_ident("tangent") {
                arguments.tangent = Some(meta.value()?.parse()?);
                return Ok(());
            }
            if meta.path.is_ident("adjoint") {
                arguments.adjoint = Some(meta.value()?.parse()?);
                return Ok(());
            }
            Err(meta.error(
                "unknown argument: there are `crate = path`, `associated`, `checkpointed`, `tangent = path` and `adjoint = path`",
            ))
        });
        syn::parse::Parser::parse2(parser, tokens.clone())?;
        if arguments.tangent.is_some() != arguments.adjoint.is_some() {
            return refuse(tokens, "a rule has two parts: name the other too, `tangent = path` and `adjoint = path`");
        }
        Ok(arguments)
    }

    /// Derivative code by hand, in place of what is written from the body.
    fn rule(&self) -> Option<Rule> {
        let (tangent, adjoint) = (self.tangent.as_ref()?, self.adjoint.as_ref()?);
        let text = |path: &Path| path.to_token_stream().to_string();
        Some(Rule { tangent: text(tangent), adjoint: text(adjoint) })
    }
}

fn implementations(block: &ItemImpl, root: &TokenStream) -> Result<TokenStream> {
    let Some((path, _)) = &block.trait_ else {
        return refuse(block, "put `#[differentiable]` on the methods of this block, each by itself");
    };
    let Some(last) = path.segments.last() else { return refuse(path, "a trait is missing") };
    let shape = match last.ident.to_string().as_str() {
        "UnaryFn" => Shape::Unary,
        "CurveFn" => Shape::Curve,
        "ScalarFn" => Shape::Scalar,
        "VectorFn" => Shape::Vector,
        _ => return refuse(path, "`#[differentiable]` stands on `UnaryFn`, `CurveFn`, `ScalarFn` or `VectorFn`"),
    };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return refuse(last, "name the scalar: `impl<T: Real> ScalarFn<T> for …`");
    };
    let Some(scalar) = scalar_of(block, arguments).map(ToString::to_string) else {
        return refuse(arguments, "write the function for every scalar: `impl<T: Real> ScalarFn<T> for …`");
    };
    for item in &block.items {
        let held = if let ImplItem::Fn(method) = item { &method.attrs[..] } else { &[] };
        if let Some(error) = held.iter().find_map(attributes::conditional) {
            return Err(error);
        }
    }
    let method = block.items.iter().find_map(|item| match item {
        ImplItem::Fn(method) if method.sig.ident == "call" || method.sig.ident == "call_into" => Some(method),
        _ => None,
    });
    let Some(method) = method else { return refuse(block, "the method `call` or `call_into` is missing") };
    attributes::without_lanes(&block.generics)?;
    let lowered = lower(&method.sig, Some(&method.block), scalar.clone(), shape)?;
    let tangent = Tangent::of(&lowered).implementation(&root.to_string());
    let call = format!("<Self as {}>::{}", path.to_token_stream(), method.sig.ident);
    let adjoint = Adjoint::of(&lowered, false).implementation(&root.to_string(), &call);
    let places = Places::of(&method.block);
    let (tangent, adjoint) = (places.parsed(&tangent)?, places.parsed(&adjoint)?);
    let tangent_into = format!(
        "#[inline] fn tangent_into<const K: usize>(&self, _: {root}::Enclosed<'_, <Self as {root}::Shadow>::Shadow>, x: &[{scalar}], \
         x_dot: &[[{scalar}; K]], y: Option<&mut [{scalar}]>, y_dot: &mut [[{scalar}; K]]) \
         {{ {root}::storage::tangent(self, x, x_dot, y, y_dot) }}"
    );
    let tangent_into = places.parsed(&tangent_into)?;
    let steady = places.parsed(&format!("const STEADY: bool = {};", lowered.steady()))?;
    let (generics, _, clause) = block.generics.split_for_impl();
    let (ty, scalar) = (&block.self_ty, syn::Ident::new(&scalar, proc_macro2::Span::call_site()));
    let allowed = allowed();
    let conditions = attributes::conditions(&block.attrs);
    Ok(quote! {
        #conditions #allowed
        impl #generics #root::TangentFn<#scalar> for #ty #clause { #steady #tangent_into }
        #conditions #allowed
        impl #generics #root::storage::TangentCode<#scalar> for #ty #clause { #tangent }
        #conditions #allowed
        impl #generics #root::AdjointFn<#scalar> for #ty #clause { #steady #adjoint }
    })
}

/// The parameter of an implementation that is the first argument of its trait.
fn scalar_of<'a>(block: &'a ItemImpl, arguments: &AngleBracketedGenericArguments) -> Option<&'a syn::Ident> {
    let Some(GenericArgument::Type(Type::Path(ty))) = arguments.args.first() else { return None };
    block.generics.type_params().map(|parameter| &parameter.ident).find(|ident| ty.path.is_ident(*ident))
}

fn allowed() -> TokenStream {
    quote!(#[allow(warnings, unconditional_panic, arithmetic_overflow, clippy::all, clippy::pedantic, reason = "written by a macro")])
}

/// A function in the intermediate form; without a body what it returns is zero.
fn lower(sig: &Signature, block: Option<&syn::Block>, scalar: String, shape: Shape) -> Result<Lowered> {
    attributes::unconditional(sig)?;
    attributes::without_lanes(&sig.generics)?;
    let mut lower = Lower::new(scalar.clone());
    let output = lower.fresh("output");
    let mut lowered = Lowered {
        function: Function::default(),
        scalar,
        shape,
        lengths: vec![],
        output,
        parameters: vec![],
        has_self: sig.receiver().is_some(),
        checkpointed: false,
        views: Views::default(),
    };
    if let Some(block) = block {
        lower.look_at(sig, block)?;
    }
    for input in &sig.inputs {
        let FnArg::Typed(typed) = input else { continue };
        let name = match &*typed.pat {
            Pat::Ident(ident) => ident.ident.to_string(),
            _ => "argument".into(),
        };
        lowered.parameter(&mut lower, &name, &typed.ty)?;
        if !matches!(*typed.pat, Pat::Ident(_)) {
            let val = lower.bound(&name).unwrap_or(Val::Unit);
            lower.pattern(&typed.pat, val)?;
        }
    }
    lower.spread_parameters(sig)?;
    let results = results(&lower, sig)?;
    lower.result.clone_from(&results);
    let initial = results.as_ref().map_or(Val::Unit, |pack| lower.zeros(pack));
    let val = match block {
        Some(block) => lower.body(block, initial)?,
        None => initial,
    };
    if let Some(pack) = results {
        lower.function.returned = Some(lower.packed(&sig.output, val, &pack)?);
    }
    lowered.function = lower.finish();
    Ok(lowered)
}

/// What is returned; `None` for nothing.
fn results(lower: &Lower, sig: &Signature) -> Result<Option<Pack<()>>> {
    match &sig.output {
        ReturnType::Default => Ok(None),
        ReturnType::Type(_, ty) => match &**ty {
            Type::Tuple(tuple) if tuple.elems.is_empty() => Ok(None),
            ty => match Pack::of_type(ty, &lower.scalar) {
                Some(pack) => Ok(Some(pack)),
                None => refuse(
                    ty,
                    "return numbers: one, a tuple, an array whose length is a literal; or write into a `&mut [T]`; what gives passive data, \
                     as the place of a maximum, is written out where it is used",
                ),
            },
        },
    }
}

impl Lowered {
    fn parameter(&mut self, lower: &mut Lower, name: &str, ty: &Type) -> Result<()> {
        let held = lower.fresh(name);
        let text = ty.to_token_stream().to_string();
        if let Some(pack) = Pack::of_type(ty, &self.scalar) {
            let pack = match pack {
                Pack::One(()) => Pack::One(lower.given_as(&held, Ty::Active)),
                several => several.map(&mut |()| lower.given(name, Ty::Active)),
            };
            lower.bind(name, Val::of_pack(&pack));
            lower.function.parameters.push(Parameter::Active(pack));
        } else if let Some(mutable) = self.slice(ty) {
            let source = if mutable { Source::Output } else { Source::Input };
            let root = lower.root_as(&held, Ty::Active, source);
            let length = lower.given_as(&format!("{held}_len"), Ty::plain("usize"));
            self.lengths.push((root, length));
            let offset = Index::default();
            lower.bind(
                name,
                Val::View(View {
                    root,
                    outer: vec![],
                    offset,
                    len: length,
                    depth: 0,
                    mutable,
                    held: Held::Shared,
                    grows: false,
                }),
            );
            lower.function.parameters.push(Parameter::Root(root));
        } else {
            if mentions(ty, &self.scalar) {
                return refuse(
                    ty,
                    "this parameter is not supported: take numbers by value, one, a tuple or an array whose length is a literal, and slices as `&[T]` or `&mut [T]`",
                );
            }
            if is_written(ty) {
                return refuse(
                    ty,
                    "passive data that is written into is not followed: take it as `&[usize]` and the like, and change it before the call, in a function of passive data",
                );
            }
            let id = lower.given_as(&held, Ty::plain(&text));
            lower.bind(name, Val::Scalar(id));
            lower.function.parameters.push(Parameter::Plain);
        }
        self.parameters.push((held, text));
        Ok(())
    }

    /// Whether it can be written into, of a slice of scalars.
    fn slice(&self, ty: &Type) -> Option<bool> {
        let Type::Reference(reference) = ty else { return None };
        let is_scalar = |ty: &Type| matches!(ty, Type::Path(path) if path.path.is_ident(&self.scalar));
        matches!(&*reference.elem, Type::Slice(slice) if is_scalar(&slice.elem))
            .then_some(reference.mutability.is_some())
    }
}

/// Whether there is a mutable reference in a type.
fn is_written(ty: &Type) -> bool {
    struct Finder(bool);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_type_reference(&mut self, reference: &'ast syn::TypeReference) {
            self.0 |= reference.mutability.is_some();
            syn::visit::visit_type_reference(self, reference);
        }
    }
    let mut finder = Finder(false);
    finder.visit_type(ty);
    finder.0
}

fn mentions(ty: &Type, scalar: &str) -> bool {
    struct Finder<'a>(&'a str, bool);
    impl<'ast> Visit<'ast> for Finder<'_> {
        fn visit_ident(&mut self, ident: &'ast syn::Ident) {
            self.1 |= ident == self.0;
        }
    }
    let mut finder = Finder(scalar, false);
    finder.visit_type(ty);
    finder.1
}
