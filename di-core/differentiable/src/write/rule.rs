//! Companions that hand on to derivative code by hand.

use super::Apart;
use crate::form::Parameter;
use crate::surface::Lowered;

/// The functions that are the derivative code: paths.
pub(crate) struct Rule {
    pub(crate) tangent: String,
    pub(crate) adjoint: String,
}

impl Rule {
    /// What is called with the numbers, each slice with its shadow of this kind, and more.
    fn call(lowered: &Lowered, path: &str, kind: &str, numbers: bool, more: &[&str]) -> String {
        let mut arguments = Vec::new();
        if lowered.has_self {
            arguments.push("self".to_string());
        }
        for (parameter, (name, _)) in lowered.function.parameters.iter().zip(&lowered.parameters) {
            arguments.push(name.clone());
            match parameter {
                Parameter::Root(_) => arguments.push(format!("{name}{kind}")),
                Parameter::Active(_) if numbers => arguments.push(format!("{name}{kind}")),
                _ => {}
            }
        }
        arguments.extend(more.iter().map(ToString::to_string));
        format!("{path}({})", arguments.join(", "))
    }

    pub(crate) fn tangent(&self, lowered: &Lowered, root: &str, name: &str, generics: &str) -> String {
        let head = lowered.tangent_head(root, name, generics);
        format!("{head} {{ {} }}", Self::call(lowered, &self.tangent, "_dot", true, &[]))
    }

    /// The adjoint of a function of numbers, or the reverse sweep of one with slices.
    pub(crate) fn reverse(&self, lowered: &Lowered, root: &str, name: &str, generics: &str) -> String {
        let head = lowered.reverse_head(root, name, generics, None);
        let seeds: &[&str] = if lowered.function.returned.is_some() { &["seeds"] } else { &[] };
        format!("{head} {{ {} }}", Self::call(lowered, &self.adjoint, "_bar", false, seeds))
    }

    /// The forward sweep is the function itself; the rule may read what is in every slice.
    pub(crate) fn apart(&self, lowered: &Lowered, root: &str, names: [&str; 2], generics: &str, plain: &str) -> Apart {
        let arguments: Vec<_> = lowered.parameters.iter().map(|(name, _)| name.as_str()).collect();
        let reads = vec!["true"; lowered.parameters.len()].join(", ");
        Apart {
            forward: lowered.forward(root, names[0], generics, &format!("{plain}({})", arguments.join(", "))),
            reverse: self.reverse(lowered, root, names[1], generics),
            reads: format!("[{reads}]"),
            saves: "false".into(),
            steady: "false".into(),
        }
    }
}
