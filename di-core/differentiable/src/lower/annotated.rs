//! Types that are written at a `let` of passive data: they go with the value, which may be written out elsewhere.

use super::{Lower, refuse};
use crate::form::Ty;
use syn::visit::Visit;
use syn::{Expr, Lit, Pat, Result, Type, UnOp, parse_quote};

/// The types of numbers of which literals are, where nothing says otherwise, and those that only index.
const COMMON: [&str; 4] = ["f64", "i32", "usize", "bool"];

/// What a variable is given, with the type that stands at the variable; none if it has it as it is.
pub(super) fn init(lower: &Lower, expr: &Expr, pat: &Pat) -> Result<Option<Expr>> {
    let Pat::Type(typed) = pat else { return Ok(None) };
    let Some(name) = primitive(&typed.ty) else {
        let mut finder = Finder(false);
        finder.visit_type(&typed.ty);
        return match expr {
            Expr::Array(_) | Expr::Repeat(_) | Expr::Tuple(_) | Expr::Macro(_) if finder.0 => refuse(
                &typed.ty,
                "this type is not followed: write it at the numbers, as in `[0.1_f32; 3]`, or hold the data in `self`",
            ),
            _ => Ok(None),
        };
    };
    if let Some(literal) = literal(expr, &name) {
        return Ok(Some(literal));
    }
    let is_common = COMMON.contains(&name.as_str());
    let is_branch = matches!(expr, Expr::If(_) | Expr::Match(_) | Expr::Block(_) | Expr::Loop(_));
    if is_branch && !is_common {
        return refuse(&typed.ty, "this type is not followed through branches: write it at the numbers, as in `1_u8`");
    }
    let has_type = match expr {
        Expr::Lit(_) | Expr::Cast(_) => true,
        // Another name of a literal is as much without a type as that.
        Expr::Path(_) | Expr::Field(_) | Expr::Index(_) | Expr::Binary(_) | Expr::Unary(_) if is_common => true,
        _ => is_branch || lower.type_of(expr) == Ty::plain(&name),
    };
    let ty = &typed.ty;
    Ok((!has_type).then(|| parse_quote!(storage::typed::<#ty>(#expr))))
}

/// A literal with the type, if that is not what it has anyway.
fn literal(expr: &Expr, name: &str) -> Option<Expr> {
    match expr {
        Expr::Paren(inner) => literal(&inner.expr, name),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            let inner = literal(&unary.expr, name)?;
            Some(parse_quote!(-#inner))
        }
        Expr::Lit(lit) => {
            let text = match &lit.lit {
                // Small numbers that index may be any.
                Lit::Int(int) if int.suffix().is_empty() && name != "i32" => {
                    let is_small = int.base10_parse::<u64>().is_ok_and(|value| value < 1000);
                    (!(name == "usize" && is_small)).then(|| format!("{int}_{name}"))?
                }
                Lit::Float(float) if float.suffix().is_empty() && name != "f64" => format!("{float}_{name}"),
                _ => return None,
            };
            syn::parse_str(&text).ok()
        }
        _ => None,
    }
}

/// The name of a type of numbers of the language.
fn primitive(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let name = path.path.get_ident()?.to_string();
    let is_number = |name: &str| {
        let (kind, bits) = name.split_at(1);
        matches!(kind, "u" | "i" | "f") && (bits == "size" || bits.parse::<u32>().is_ok())
    };
    (name == "bool" || name.len() > 1 && is_number(&name)).then_some(name)
}

/// Looks for a type of numbers that is not common.
struct Finder(bool);

impl<'ast> Visit<'ast> for Finder {
    fn visit_type(&mut self, ty: &'ast Type) {
        self.0 |= primitive(ty).is_some_and(|name| !COMMON.contains(&name.as_str()));
        syn::visit::visit_type(self, ty);
    }
}
