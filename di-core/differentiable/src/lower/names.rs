//! Names that are given once.

use std::collections::HashMap;
use syn::visit::Visit;

/// How often each name was given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(HashMap<String, usize>);

/// The names of functions that are called, which no scalar may hide.
pub(crate) fn called(block: &syn::Block) -> Vec<String> {
    struct Finder(Vec<String>);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
            self.0.extend(super::plain::ident_of(&call.func));
            syn::visit::visit_expr_call(self, call);
        }
    }
    let mut finder = Finder(Vec::new());
    finder.visit_block(block);
    finder.0
}

/// Ends of names that derivative code adds itself.
const ENDS: [&str; 3] = ["_dot", "_bar", "_len"];

impl Names {
    /// Gives a name to nobody.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.0.entry(name.into()).or_insert(1);
    }

    /// The name itself at first, then with a number.
    pub(crate) fn fresh(&mut self, hint: &str) -> String {
        let hint = hint.trim_start_matches("r#").trim_start_matches('_');
        let hint = if hint.is_empty() || hint.starts_with(|c: char| c.is_ascii_digit()) { "v" } else { hint };
        let reserved = ["stack", "self", "enclosed", "K", "k", "y_wanted"].contains(&hint);
        let hint =
            if reserved || ENDS.iter().any(|end| hint.ends_with(end)) { format!("{hint}_") } else { hint.into() };
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
    }
}
