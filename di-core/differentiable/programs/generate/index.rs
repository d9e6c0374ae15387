//! Indices that are inside of what is indexed.

use super::scope::{Array, Integer, Len, Writer};

impl Writer {
    /// An index of an array.
    pub(crate) fn index(&mut self, array: &Array) -> String {
        let len = array.len.clone();
        self.index_below(&len)
    }

    pub(crate) fn index_below(&mut self, len: &Len) -> String {
        let inside: Vec<_> = self.scope.integers.iter().filter(|held| is_inside(held, len)).cloned().collect();
        if let (Some(held), false) = (self.numbers.pick(&inside), self.numbers.once_in(4)) {
            let (name, text) = (&held.name, &len.text);
            return match self.numbers.below(7) {
                0 if held.low > 0 => format!("{name} - 1"),
                1 if held.slack > 0 => format!("{name} + 1"),
                2 => format!("{text} - 1 - {name}"),
                3 => format!("{text} - {name} - 1"),
                4 => format!("({name} + {}) % {text}", 1 + self.numbers.below(3)),
                _ => name.clone(),
            };
        }
        let anything = self.integer();
        match self.numbers.below(6) {
            0 | 1 => format!("({anything}) % {}", len.text),
            2 => format!("{} - 1", len.text),
            3 if self.scope.has_self => format!("self.order[{}] % {}", self.numbers.below(5), len.text),
            _ => self.numbers.below(len.least).to_string(),
        }
    }

    /// An expression of passive integers.
    pub(crate) fn integer(&mut self) -> String {
        let names: Vec<_> =
            self.scope.integers.iter().map(|held| held.name.clone()).chain(self.scope.counters.clone()).collect();
        let orders = self.scope.orders.clone();
        if let (Some(order), true) = (self.numbers.pick(&orders), self.numbers.once_in(3)) {
            return format!("{order}[{}]", self.numbers.below(4));
        }
        let name = self.numbers.pick(&names).unwrap_or_else(|| self.numbers.below(3).to_string());
        match self.numbers.below(6) {
            0 => format!("{name} * {}", 1 + self.numbers.below(3)),
            1 if self.scope.has_self => format!("{name} + self.order[{}]", self.numbers.below(5)),
            2 if self.scope.has_self => format!("self.order[({name}) % 5]"),
            3 => format!("{name} / 2 + {}", self.numbers.below(3)),
            _ => name,
        }
    }
}

fn is_inside(held: &Integer, len: &Len) -> bool {
    held.below.as_ref().is_some_and(|below| below.text == len.text || (below.exact && below.least <= len.least))
}
