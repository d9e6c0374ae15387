//! Names that are given once.

use std::collections::{BTreeSet, HashMap};
use syn::visit::Visit;

/// How often each name was given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(HashMap<String, usize>);

/// Names that stand for something outside of the function, such as functions that are called: no scalar may hide them.
pub(crate) fn outside(block: &syn::Block) -> Vec<String> {
    #[derive(Default)]
    struct Finder {
        used: Vec<String>,
        bound: BTreeSet<String>,
    }
    impl<'ast> Visit<'ast> for Finder {
        fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
            self.used.extend(path.path.get_ident().map(ToString::to_string));
        }

        fn visit_pat_ident(&mut self, ident: &'ast syn::PatIdent) {
            self.bound.insert(ident.ident.to_string());
            syn::visit::visit_pat_ident(self, ident);
        }

        fn visit_macro(&mut self, mac: &'ast syn::Macro) {
            self.tokens(mac.tokens.clone());
        }
    }
    impl Finder {
        fn tokens(&mut self, tokens: proc_macro2::TokenStream) {
            for token in tokens {
                match token {
                    proc_macro2::TokenTree::Group(group) => self.tokens(group.stream()),
                    proc_macro2::TokenTree::Ident(ident) => self.used.push(ident.to_string()),
                    _ => {}
                }
            }
        }
    }
    let mut finder = Finder::default();
    finder.visit_block(block);
    let Finder { used, bound } = finder;
    used.into_iter().filter(|name| !bound.contains(name)).collect()
}

/// Names that derivative code gives itself.
const GIVEN: [&str; 13] =
    ["stack", "self", "enclosed", "K", "k", "wanted", "held", "seeds", "seed", "slopes", "numbers", "words", "lanes"];

/// Ends of names that derivative code adds itself, before numbers.
const ENDS: [&str; 21] = [
    "_dot",
    "_bar",
    "_len",
    "_slope",
    "_slope_x",
    "_slope_y",
    "_carry",
    "_count",
    "_at",
    "_kind",
    "_bars",
    "_part",
    "_cells",
    "_sum",
    "_next",
    "_saved",
    "_slopes",
    "_over",
    "_inverse",
    "_bar_low",
    "_bar_high",
];

/// Whether derivative code may give a name to something else.
fn is_given(name: &str) -> bool {
    let stem = name.trim_end_matches(|c: char| c == '_' || c.is_ascii_digit());
    GIVEN.contains(&name) || (GIVEN.contains(&stem) && stem != name) || ENDS.iter().any(|end| stem.ends_with(end))
}

impl Names {
    /// Gives a name to nobody.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.0.entry(name.into()).or_insert(1);
    }

    /// The name itself at first, then with a number.
    pub(crate) fn fresh(&mut self, hint: &str) -> String {
        let (hint, raw) = hint.strip_prefix("r#").map_or((hint, false), |hint| (hint, true));
        let hint = hint.trim_start_matches('_');
        let hint = if hint.is_empty() || hint.starts_with(|c: char| c.is_ascii_digit()) { "v" } else { hint };
        let hint = if raw || is_given(hint) { format!("{hint}_") } else { hint.into() };
        loop {
            let count = self.0.entry(hint.clone()).or_default();
            *count += 1;
            let name = if *count == 1 { hint.clone() } else { format!("{hint}_{}", *count - 1) };
            if name == hint || !self.0.contains_key(&name) {
                self.0.entry(name.clone()).or_insert(1);
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn names_are_given_once() {
        let mut names = Names::default();
        assert_eq!(names.fresh("a"), "a");
        assert_eq!(names.fresh("a_1"), "a_1");
        assert_eq!(names.fresh("a"), "a_2");
        assert_eq!(names.fresh("a_bar"), "a_bar_");
        assert_eq!(names.fresh("a_slope_x"), "a_slope_x_");
        assert_eq!(names.fresh("a_part1"), "a_part1_");
        assert_eq!(names.fresh("seed_0"), "seed_0_");
        assert_eq!(names.fresh("r#type"), "type_");
    }
}
