//! Which scenarios are looked at.

/// Words that a scenario must have: of each list that is not empty, one.
///
/// ```
/// use di_test::{Exclusions, Filter, Operator, Suite, Tolerance};
/// # use di_core::Zero;
/// let filter = Filter::default().operators([Operator::Gradient]).groups(["dense"]).names(["arr_to_"]);
/// let suite = Suite::<f64>::new(&Zero, Tolerance::EXACT, Exclusions::default()).with_filter(filter);
/// assert!(suite.run(di_test::Check::Calls).is_clean());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    operators: Vec<String>,
    groups: Vec<String>,
    names: Vec<String>,
}

impl Filter {
    /// Only these operators, by their names.
    #[must_use]
    pub fn operators(mut self, operators: impl IntoIterator<Item = impl ToString>) -> Self {
        self.operators = operators.into_iter().map(|operator| operator.to_string()).collect();
        self
    }

    /// Only these groups.
    #[must_use]
    pub fn groups(mut self, groups: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.groups = groups.into_iter().map(Into::into).collect();
        self
    }

    /// Only scenarios whose name contains one of these texts.
    #[must_use]
    pub fn names(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.names = names.into_iter().map(Into::into).collect();
        self
    }

    /// Whether a scenario is looked at.
    #[must_use]
    pub fn admits(&self, operator: &str, group: &str, name: &str) -> bool {
        let one_of =
            |list: &[String], fits: &dyn Fn(&str) -> bool| list.is_empty() || list.iter().any(|word| fits(word));
        one_of(&self.operators, &|word| word == operator)
            && one_of(&self.groups, &|word| word == group)
            && one_of(&self.names, &|word| name.contains(word))
    }
}
