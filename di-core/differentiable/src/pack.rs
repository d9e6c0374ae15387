//! Numbers that go by value into a function or out of it: one, a tuple, an array.

use crate::form::Id;
use syn::{Expr, Lit, Pat, Type};

/// Numbers by value; `X` stands for one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pack<X = Id> {
    One(X),
    Tuple(Vec<Pack<X>>),
    Array(Vec<Pack<X>>),
    /// The first entries of an array whose length is not known.
    Open(Vec<Pack<X>>),
}

impl<X: Copy> Pack<X> {
    pub(crate) fn map<Y>(&self, f: &mut dyn FnMut(X) -> Y) -> Pack<Y> {
        let mut each = |parts: &[Self]| parts.iter().map(|part| part.map(f)).collect();
        match self {
            Self::One(one) => Pack::One(f(*one)),
            Self::Tuple(parts) => Pack::Tuple(each(parts)),
            Self::Array(parts) => Pack::Array(each(parts)),
            Self::Open(parts) => Pack::Open(each(parts)),
        }
    }

    pub(crate) fn flat(&self) -> Vec<X> {
        match self {
            Self::One(one) => vec![*one],
            Self::Tuple(parts) | Self::Array(parts) | Self::Open(parts) => parts.iter().flat_map(Self::flat).collect(),
        }
    }

    /// The text of a value, in which `padding` makes an array of an array that is not longer.
    pub(crate) fn value(&self, text: &mut dyn FnMut(X) -> String) -> String {
        match self {
            Self::One(one) => text(*one),
            Self::Tuple(parts) => match &parts[..] {
                [one] => format!("({},)", one.value(text)),
                _ => format!("({})", listed(parts, &mut |part| part.value(text))),
            },
            Self::Array(parts) => format!("[{}]", listed(parts, &mut |part| part.value(text))),
            Self::Open(parts) => format!("storage::padded([{}])", listed(parts, &mut |part| part.value(text))),
        }
    }

    /// The text of a pattern.
    pub(crate) fn pattern(&self, text: &mut dyn FnMut(X) -> String) -> String {
        match self {
            Self::One(one) => text(*one),
            Self::Tuple(parts) => match &parts[..] {
                [one] => format!("({},)", one.pattern(text)),
                _ => format!("({})", listed(parts, &mut |part| part.pattern(text))),
            },
            Self::Array(parts) => format!("[{}]", listed(parts, &mut |part| part.pattern(text))),
            Self::Open(parts) => format!("[{}, ..]", listed(parts, &mut |part| part.pattern(text))),
        }
    }

    /// The type, with the text of the type of one.
    pub(crate) fn ty(&self, one: &str) -> String {
        match self {
            Self::One(_) => one.into(),
            Self::Tuple(parts) => match &parts[..] {
                [part] => format!("({},)", part.ty(one)),
                _ => format!("({})", listed(parts, &mut |part| part.ty(one))),
            },
            Self::Array(parts) | Self::Open(parts) => {
                let entry = parts.first().map_or_else(|| one.into(), |part| part.ty(one));
                format!("[{entry}; {}]", parts.len())
            }
        }
    }
}

fn listed<P>(parts: &[P], text: &mut dyn FnMut(&P) -> String) -> String {
    parts.iter().map(text).collect::<Vec<_>>().join(", ")
}

impl Pack<()> {
    /// What a type holds, if that is numbers of the given name alone.
    pub(crate) fn of_type(ty: &Type, scalar: &str) -> Option<Self> {
        match ty {
            Type::Paren(inner) => Self::of_type(&inner.elem, scalar),
            Type::Group(inner) => Self::of_type(&inner.elem, scalar),
            Type::Path(path) if path.path.is_ident(scalar) => Some(Self::One(())),
            Type::Tuple(tuple) => {
                tuple.elems.iter().map(|part| Self::of_type(part, scalar)).collect::<Option<_>>().map(Self::Tuple)
            }
            Type::Array(array) => {
                let entry = Self::of_type(&array.elem, scalar)?;
                Some(Self::Array(vec![entry; literal(&array.len)?]))
            }
            _ => None,
        }
    }

    /// What a pattern takes apart; `one` tells what a name stands for.
    pub(crate) fn of_pattern(pat: &Pat, scalar: &str, one: &dyn Fn(&str) -> Self) -> Option<Self> {
        let each = |parts: &mut dyn Iterator<Item = &Pat>| -> Option<Vec<_>> {
            parts.map(|part| Self::of_pattern(part, scalar, one)).collect()
        };
        match pat {
            Pat::Paren(inner) => Self::of_pattern(&inner.pat, scalar, one),
            Pat::Type(typed) => match &*typed.ty {
                Type::Infer(_) => Self::of_pattern(&typed.pat, scalar, one),
                ty => Self::of_type(ty, scalar),
            },
            Pat::Ident(ident) => Some(one(&ident.ident.to_string())),
            Pat::Wild(_) => Some(Self::One(())),
            Pat::Tuple(tuple) => each(&mut tuple.elems.iter()).map(Self::Tuple),
            Pat::Slice(slice) => each(&mut slice.elems.iter()).map(Self::Array),
            _ => None,
        }
    }
}

/// The number that a length is written as.
pub(crate) fn literal(len: &Expr) -> Option<usize> {
    match len {
        Expr::Lit(lit) => match &lit.lit {
            Lit::Int(int) => int.base10_parse().ok(),
            _ => None,
        },
        Expr::Group(inner) => literal(&inner.expr),
        Expr::Paren(inner) => literal(&inner.expr),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Pack;

    #[test]
    fn a_pack_is_what_the_type_says() {
        let ty = syn::parse_quote!((T, [T; 2]));
        let pack = Pack::of_type(&ty, "T").expect("numbers");
        assert_eq!(pack.flat().len(), 3);
        let mut count = 0;
        let named = pack.map(&mut |()| {
            count += 1;
            count
        });
        assert_eq!(named.pattern(&mut |id| format!("a{id}")), "(a1, [a2, a3])");
        assert_eq!(named.ty("T"), "(T, [T; 2])");
        assert_eq!(Pack::of_type(&syn::parse_quote!((T, usize)), "T"), None);
    }
}
