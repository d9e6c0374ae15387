//! Writes tangents and adjoints: signatures and local memory.

mod adjoint;
mod apart;
mod tangent;

use crate::activity::Activity;
use crate::form::{Parameter, RootId, Source, Ty};
use crate::pack::Pack;
use crate::surface::Lowered;
use crate::text::Texts;
use std::fmt::Write;

pub(crate) use adjoint::Adjoint;
pub(crate) use apart::Apart;
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
    fn memory(&self, activity: &Activity, shadowed: Shadowed) -> String {
        let texts = self.texts();
        let mut out = String::new();
        for (root, held) in self.function.roots.iter().enumerate().filter(|(root, _)| texts.is_local(*root)) {
            let name = &held.name;
            let zero = if held.ty.is_active() { texts.zero() } else { "Default::default()".into() };
            let (shadow, shadow_ty, end) = match shadowed {
                Shadowed::Dots => (format!("[{}; K]", texts.zero()), format!("[{}; K]", self.scalar), "dot"),
                Shadowed::Bars | Shadowed::Not => (texts.zero(), self.scalar.clone(), "bar"),
            };
            // Where nothing of it is left nothing else tells the type.
            let ty = match &held.ty {
                Ty::Active => format!("::<{}>", self.scalar),
                Ty::Plain(Some(ty)) => format!("::<{ty}>"),
                Ty::Plain(None) => String::new(),
            };
            if texts.is_vector(root) {
                let _ = writeln!(out, "let mut {name} = storage::Buffer{ty}::take();");
            } else {
                let _ = writeln!(out, "let mut {name} = {};", texts.shaped(root, &zero));
            }
            if activity.root(root) && shadowed != Shadowed::Not {
                if texts.is_vector(root) {
                    let _ = writeln!(out, "let mut {name}_{end} = storage::Buffer::<{shadow_ty}>::take();");
                } else {
                    let _ = writeln!(out, "let mut {name}_{end} = {};", texts.shaped(root, &shadow));
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

fn uses(root: &str) -> String {
    format!("use {root}::rule::{{self, BinaryRule as _, UnaryRule as _}};\nuse {root}::storage::{{self, Word as _}};\n")
}
