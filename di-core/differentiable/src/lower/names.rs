//! Names that are given once.

use std::collections::HashMap;

/// How often each name was given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(HashMap<String, usize>);

/// Ends of names that derivative code adds itself.
const ENDS: [&str; 3] = ["_dot", "_bar", "_len"];

impl Names {
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
