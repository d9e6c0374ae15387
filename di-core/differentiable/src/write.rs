//! Writes tangents and adjoints: signatures and local memory.

mod adjoint;
mod apart;
mod linear;
mod rule;
mod signature;
mod tangent;

use crate::activity::Activity;
use crate::form::{Parameter, RootId, Source, Ty};
use crate::pack::Pack;
use crate::surface::Lowered;
use crate::text::Texts;
use std::fmt::Write;

pub(crate) use adjoint::Adjoint;
pub(crate) use apart::Apart;
pub(crate) use linear::Names;
pub(crate) use rule::Rule;
pub(crate) use tangent::Tangent;

/// The shadows of local memory that are declared with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shadowed {
    /// Tangents.
    Dots,
    /// Adjoints.
    Bars,
    /// None.
    Not,
}

impl Lowered {
    fn texts(&self) -> Texts<'_> {
        Texts { function: &self.function, scalar: &self.scalar, views: &self.views }
    }

    fn root_name(&self, root: RootId) -> &str {
        &self.function.roots[root].name
    }

    /// The root of the outputs, of a function that writes into a slice.
    fn output_root(&self) -> Option<RootId> {
        self.function.roots.iter().position(|root| root.source == Source::Output)
    }

    fn input(&self) -> &str {
        self.parameters.first().map_or("x", |(name, _)| name)
    }

    fn lengths(&self, of: impl Fn(RootId) -> String) -> String {
        let mut out = String::new();
        for (root, id) in &self.lengths {
            let name = &self.function.values[*id].name;
            if name.ends_with("_len") {
                let _ = writeln!(out, "let {name} = {}.len();", of(*root));
            }
        }
        out
    }

    /// Parameters that are several numbers get a name for each.
    fn taken_apart(&self, kinds: &[&str]) -> String {
        let mut out = String::new();
        for (parameter, (name, _)) in self.function.parameters.iter().zip(&self.parameters) {
            let Parameter::Active(pack) = parameter else { continue };
            if matches!(pack, Pack::One(_)) {
                continue;
            }
            for kind in kinds {
                let names = pack.pattern(&mut |id| format!("{}{kind}", self.function.values[id].name));
                let _ = writeln!(out, "let {names} = {name}{kind};");
            }
        }
        out
    }

    /// Local memory, with its shadows.
    fn memory(&self, activity: &Activity, shadowed: Shadowed, body: &str) -> String {
        let texts = self.texts();
        let mut out = String::new();
        for (root, held) in self.function.roots.iter().enumerate().filter(|(root, _)| texts.is_local(*root)) {
            let name = &held.name;
            let zero = match &held.ty {
                Ty::Active => texts.zero(),
                Ty::Plain(Some(ty)) => format!("<{ty}>::default()"),
                Ty::Plain(None) => "Default::default()".into(),
            };
            let (shadow, shadow_ty, end) = match shadowed {
                Shadowed::Dots => (format!("[{}; K]", texts.zero()), format!("[{}; K]", self.scalar), "dot"),
                Shadowed::Bars | Shadowed::Not => (texts.zero(), self.scalar.clone(), "bar"),
            };
            let ty = match &held.ty {
                Ty::Active => format!("::<{}>", self.scalar),
                Ty::Plain(Some(ty)) => format!("::<{ty}>"),
                Ty::Plain(None) => String::new(),
            };
            if !mentions(body, name) {
                // Nothing of it is left, and nothing else may tell its type.
            } else if texts.is_vector(root) {
                let _ = writeln!(out, "let mut {name} = storage::Buffer{ty}::take();");
            } else {
                let _ = writeln!(out, "let mut {name} = {};", texts.shaped(root, &zero));
            }
            let shadow_name = format!("{name}_{end}");
            if activity.root(root) && shadowed != Shadowed::Not && mentions(body, &shadow_name) {
                if texts.is_vector(root) {
                    let _ = writeln!(out, "let mut {shadow_name} = storage::Buffer::<{shadow_ty}>::take();");
                } else {
                    let _ = writeln!(out, "let mut {shadow_name} = {};", texts.shaped(root, &shadow));
                }
            }
        }
        out
    }
}

impl Lowered {
    fn receiver(&self) -> &'static str {
        if self.has_self { "&self, " } else { "" }
    }
}

/// Whether a name stands in a text.
fn mentions(text: &str, name: &str) -> bool {
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(name)
        .any(|(at, _)| !inside(text[..at].chars().next_back()) && !inside(text[at + name.len()..].chars().next()))
}

fn uses(root: &str) -> String {
    format!("use {root}::rule::{{self, BinaryRule as _, UnaryRule as _}};\nuse {root}::storage::{{self, Word as _}};\n")
}
