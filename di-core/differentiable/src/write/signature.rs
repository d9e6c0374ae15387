//! The signatures of companions.

use crate::form::{Parameter, Source};
use crate::forward::tuple;
use crate::looks::VALUES;
use crate::surface::Lowered;
use std::fmt::Write;

impl Lowered {
    /// The head of a tangent: each number and slice with its tangents.
    pub(super) fn tangent_head(&self, root: &str, name: &str, generics: &str) -> String {
        let mut parameters = Vec::new();
        let array = format!("[{}; K]", self.scalar);
        for (parameter, (name, ty)) in self.function.parameters.iter().zip(&self.parameters) {
            parameters.push(format!("{name}: {ty}"));
            match parameter {
                Parameter::Active(pack) => parameters.push(format!("{name}_dot: {}", pack.ty(&array))),
                Parameter::Root(held) => {
                    let mutable = if self.function.roots[*held].source == Source::Output { "mut " } else { "" };
                    parameters.push(format!("{name}_dot: &{mutable}[{array}]"));
                }
                Parameter::Plain => {}
            }
        }
        let mut constants = String::from("const K: usize");
        if self.has_slices() {
            let _ = write!(constants, ", const {VALUES}: bool");
            parameters.push(format!("_: {root}::storage::Values<{VALUES}>"));
        }
        let returned = self.function.returned.as_ref();
        let ty = returned.map(|pack| format!("-> ({}, {})", pack.ty(&self.scalar), pack.ty(&array)));
        let (receiver, ty) = (self.receiver(), ty.unwrap_or_default());
        format!("fn {name}<{generics}, {constants}>({receiver}{}) {ty} __where_clause__", parameters.join(", "))
    }

    /// The head of a reverse sweep: it takes adjoints of slices and results, after another parameter, and gives those of numbers.
    pub(super) fn reverse_head(&self, root: &str, name: &str, generics: &str, other: Option<String>) -> String {
        let scalar = &self.scalar;
        let (mut parameters, mut types) = (Vec::new(), Vec::new());
        for (parameter, (name, ty)) in self.function.parameters.iter().zip(&self.parameters) {
            parameters.push(format!("{name}: {ty}"));
            match parameter {
                Parameter::Active(pack) => types.push(pack.ty(scalar)),
                Parameter::Root(_) => parameters.push(format!("{name}_bar: &mut [{scalar}]")),
                Parameter::Plain => {}
            }
        }
        parameters.extend(other);
        // Without a result too, so that a call that does nothing with the value need not know whether there is one.
        let seeds = self.function.returned.as_ref().map_or_else(|| "()".into(), |pack| pack.ty(scalar));
        parameters.push(format!("seeds: {seeds}"));
        parameters.push(self.stack(root));
        let ty = if types.is_empty() { String::new() } else { format!("-> {}", tuple(types)) };
        format!("fn {name}<{generics}>({}{}) {ty} __where_clause__", self.receiver(), parameters.join(", "))
    }
}
