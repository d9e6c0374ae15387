//! Conditions: of integers, of passive data, and of the numbers that are differentiated.

use super::scope::Writer;

impl Writer {
    pub(crate) fn condition(&mut self) -> String {
        let (a, b) = (self.atom(), self.atom());
        match self.numbers.below(11) {
            0 | 1 => {
                let integer = self.integer();
                format!("({integer}) % 2 == {}", self.numbers.below(2))
            }
            2 => format!("{a} > {b} && {b} * {} < T::lift(0.4)", self.constant("0.5")),
            3 => format!("{a} < T::lift(0.2) || {b} > {a}"),
            4 if self.scope.has_self => format!("self.on != ({a} > {b})"),
            5 => format!("!({a} <= {b})"),
            6 => format!("({a}).is_sign_negative()"),
            7 => format!("{a} > {b} && !({b}).is_nan() || {b} > T::lift(0.5)"),
            8 => {
                let (first, second) = (self.integer(), self.integer());
                format!("({first}) < ({second}) + {}", self.numbers.below(2))
            }
            9 => match self.array() {
                Some(array) => {
                    let (i, name) = (self.integer(), &array.name);
                    format!("({i}) + 1 < {name}.len() && {name}[{i}] > {name}[({i}) + 1]")
                }
                None => format!("{a} >= {b}"),
            },
            _ => format!("{a} > {b}"),
        }
    }
}
