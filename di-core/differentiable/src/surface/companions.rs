//! What is written beside a function that others call.

use super::{Arguments, Shape, allowed, lower};
use crate::attributes;
use crate::form::{Block, Stmt};
use crate::lower::refuse;
use crate::places::Places;
use crate::write::{Adjoint, Apart, Names, Tangent};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{GenericParam, Generics, Result, Signature, Type, TypeParamBound, WherePredicate};

/// What stands beside a function that others call.
pub(super) fn companions(
    (attributes, vis): (&[syn::Attribute], &syn::Visibility),
    sig: &Signature,
    block: &syn::Block,
    root: &TokenStream,
    arguments: &Arguments,
) -> Result<TokenStream> {
    let Some(scalar) = scalar_of(&sig.generics) else {
        return refuse(&sig.ident, "make the function generic over its scalar: `fn name<T: Real>(…)`");
    };
    let rule = arguments.rule();
    let mut lowered = lower(sig, rule.is_none().then_some(block), scalar, Shape::Helper)?;
    lowered.checkpointed = arguments.checkpointed;
    let generics = &sig.generics;
    let clause = generics.where_clause.to_token_stream().to_string();
    let listed = generics.params.iter().map(ToTokens::to_token_stream).collect::<Vec<_>>();
    if generics.params.iter().any(|parameter| matches!(parameter, GenericParam::Lifetime(_))) {
        return refuse(generics, "leave lifetimes out: a `#[differentiable]` function returns numbers");
    }
    let ident = sig.ident.to_string();
    let ident = ident.trim_start_matches("r#");
    let name = |which: &str| {
        if arguments.associated { format!("__{which}_{ident}") } else { format!("__{which}") }
    };
    let (root, listed) = (root.to_string(), quote!(#(#listed),*).to_string());
    let mut functions = vec![match &rule {
        Some(rule) => rule.tangent(&lowered, &root, &name("tangent"), &listed),
        None => Tangent::of(&lowered).companion(&root, &name("tangent"), &listed),
    }];
    let mut constants = Vec::new();
    let plain = match (arguments.associated, lowered.has_self) {
        (_, true) => format!("self.{}", sig.ident),
        (true, false) => format!("Self::{}", sig.ident),
        (false, false) => sig.ident.to_string(),
    };
    if lowered.has_slices() {
        let loads = lowered.loads(rule.is_some());
        let names = [name("forward"), name("reverse")];
        let names = [names[0].as_str(), &names[1]];
        let apart = match &rule {
            Some(rule) => rule.apart(&lowered, &root, names, &listed, &plain),
            None => Apart::of(&lowered, &root, names, &listed, &plain),
        };
        functions.extend([apart.forward, apart.reverse]);
        let count = lowered.parameters.len();
        // A function that calls itself does what it may do.
        let own = |which: &str, then: &str, text: &str| {
            let path = if arguments.associated { "Self::".into() } else { format!("{ident}::") };
            without(text, &format!("{path}{}", name(which)), then)
        };
        let reads = own("READS", &format!("[true; {count}]"), &own("SAVES", "true", &apart.reads));
        let saves = own("READS", &format!("[true; {count}]"), &own("SAVES", "true", &apart.saves));
        let loads = own("LOADS", &format!("[true; {count}]"), &loads);
        constants.push(format!("const {}: [bool; {count}] = {loads};", name("LOADS")));
        constants.push(format!("const {}: [bool; {count}] = {reads};", name("READS")));
        constants.push(format!("const {}: bool = {saves};", name("SAVES")));
        let steady = own("STEADY", "false", &apart.steady);
        constants.push(format!("const {}: bool = {steady};", name("STEADY")));
    } else {
        let names = Names {
            linearize: &name("linearize"),
            transpose: &name("transpose"),
            adjoint: &name("adjoint"),
            tangent: &name("tangent"),
            plain: &plain,
            generics: &listed,
            explicit: &explicit(generics),
        };
        functions.push(match &rule {
            Some(rule) => rule.reverse(&lowered, &root, names.adjoint, &listed),
            None if lowered.is_sloped() => lowered.sloped_adjoint(&root, &names),
            None => Adjoint::of(&lowered, false).companion(&root, names.adjoint, &listed),
        });
        functions.extend([lowered.linearize(&root, &names), lowered.transpose(&root, &names)]);
    }
    let (places, allowed) = (Places::of(block), allowed());
    let conditions = attributes::conditions(attributes);
    let mut items = TokenStream::new();
    for (i, text) in functions.into_iter().enumerate() {
        let code = places.parsed(&text.replace("__where_clause__", &clause))?;
        // The tangent is the first.
        let inline = if i == 0 && is_short(&lowered.function.body) { quote!((always)) } else { TokenStream::new() };
        items.extend(quote!(#conditions #[doc(hidden)] #allowed #[inline #inline] #vis #code));
    }
    for text in constants {
        let code = places.parsed(&text)?;
        items.extend(quote!(#conditions #[doc(hidden)] #allowed #vis #code));
    }
    Ok(items)
}

/// Whether it is better written into its callers, which else hand arrays over in memory: few statements and no loop. The camera of
/// a bundle adjustment took a fifth less time so.
fn is_short(body: &Block) -> bool {
    statements(body).is_some_and(|count| count <= 96)
}

/// The number of statements, of which a call counts as many; none if there is a loop.
fn statements(block: &Block) -> Option<usize> {
    block.stmts.iter().try_fold(0, |count, stmt| match stmt {
        Stmt::Loop(_) => None,
        Stmt::If { then, otherwise, .. } => Some(count + statements(then)? + statements(otherwise)?),
        Stmt::Call(_) => Some(count + 12),
        _ => Some(count + 1),
    })
}

/// The names of parameters of types, as arguments.
fn explicit(generics: &Generics) -> String {
    let names = generics.params.iter().map(|parameter| match parameter {
        GenericParam::Lifetime(held) => held.lifetime.to_string(),
        GenericParam::Type(held) => held.ident.to_string(),
        GenericParam::Const(held) => held.ident.to_string(),
    });
    names.collect::<Vec<_>>().join(", ")
}

/// The text with a path replaced, where it is not the end of another path.
fn without(text: &str, path: &str, then: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(path) {
        let (before, after) = rest.split_at(at);
        out += before;
        let is_end = out.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        out += if is_end { path } else { then };
        rest = &after[path.len()..];
    }
    out + rest
}

/// The type parameter that is bounded by `Real`, `Scalar` or `Float`.
fn scalar_of(generics: &Generics) -> Option<String> {
    let is_number = |bound: &TypeParamBound| match bound {
        TypeParamBound::Trait(bound) => bound
            .path
            .segments
            .last()
            .is_some_and(|last| ["Real", "Scalar", "Float"].iter().any(|name| last.ident == name)),
        _ => false,
    };
    let named =
        generics.type_params().find(|held| held.bounds.iter().any(is_number)).map(|held| held.ident.to_string());
    let predicates = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let mut told = predicates.filter_map(|predicate| match predicate {
        WherePredicate::Type(held) if held.bounds.iter().any(is_number) => match &held.bounded_ty {
            Type::Path(path) => path.path.get_ident().map(ToString::to_string),
            _ => None,
        },
        _ => None,
    });
    named.or_else(|| told.find(|name| generics.type_params().any(|held| held.ident == name)))
}
