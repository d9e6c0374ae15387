//! When something is wanted: what a called function does with its arguments is told by its constants, which are known when the
//! program is compiled and not when this code is written.

use std::collections::BTreeSet;

/// Never, always, or where one of some constants is true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum When {
    #[default]
    Never,
    If(BTreeSet<String>),
    Always,
}

impl When {
    pub(crate) fn constant(text: String) -> Self {
        Self::If(BTreeSet::from([text]))
    }

    /// One or the other; tells whether this changed.
    pub(crate) fn join(&mut self, other: &Self) -> bool {
        let joined = match (&*self, other) {
            (Self::Always, _) | (_, Self::Always) => Self::Always,
            (Self::Never, when) | (when, Self::Never) => when.clone(),
            (Self::If(a), Self::If(b)) => Self::If(a | b),
        };
        let changed = joined != *self;
        *self = joined;
        changed
    }

    pub(crate) fn or(mut self, other: &Self) -> Self {
        self.join(other);
        self
    }

    pub(crate) fn possible(&self) -> bool {
        *self != Self::Never
    }

    /// As a condition.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Never => "false".into(),
            Self::Always => "true".into(),
            Self::If(constants) => constants.iter().cloned().collect::<Vec<_>>().join(" || "),
        }
    }

    /// Code that runs then.
    pub(crate) fn guard(&self, code: &str) -> String {
        match self {
            Self::Never => String::new(),
            Self::Always => code.into(),
            Self::If(_) if code.is_empty() => String::new(),
            Self::If(_) => format!("if {} {{\n{code}}}\n", self.text()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::When;

    #[test]
    fn conditions_are_joined() {
        let (a, b) = (When::constant("a".into()), When::constant("b".into()));
        let mut both = a.clone();
        assert!(both.join(&b));
        assert!(!both.join(&a));
        assert_eq!(both.text(), "a || b");
        assert_eq!(both.guard("c;\n"), "if a || b {\nc;\n}\n");
        assert_eq!(both.or(&When::Always).guard("c;\n"), "c;\n");
        assert_eq!(When::Never.guard("c;\n"), "");
    }
}
