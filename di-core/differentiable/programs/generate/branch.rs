//! Branches as statements and as values.

use super::scope::Writer;

impl Writer {
    pub(crate) fn branch(&mut self, depth: usize) {
        match self.numbers.below(7) {
            0 => self.chosen_value(depth),
            1 => self.matched_value(depth),
            2 | 3 => self.matched(depth),
            _ => {
                let condition = self.condition();
                self.line(&format!("if {condition} {{"));
                self.block(depth);
                if self.numbers.once_in(4) {
                    let condition = self.condition();
                    self.line(&format!("}} else if {condition} {{"));
                    self.block(depth);
                }
                if self.numbers.once_in(2) {
                    self.line("} else {");
                    self.block(depth);
                }
                self.line("}");
            }
        }
    }

    /// A block that ends with a value.
    fn valued(&mut self, depth: usize) {
        let count = 1 + self.numbers.below(2);
        self.scoped(|writer| {
            writer.stmts(count, depth + 1);
            let value = writer.bounded();
            writer.line(&value);
        });
    }

    fn chosen_value(&mut self, depth: usize) {
        let (name, condition) = (self.name("v"), self.condition());
        self.line(&format!("let {name} = if {condition} {{"));
        self.valued(depth);
        self.line("} else {");
        self.valued(depth);
        self.line("};");
        self.scope.scalars.push(name);
    }

    fn matched_value(&mut self, depth: usize) {
        let (name, integer, value) = (self.name("v"), self.integer(), self.bounded());
        self.line(&format!("let {name} = match ({integer}) % 3 {{\n0 => {value},"));
        if self.numbers.once_in(2) {
            let (condition, value) = (self.condition(), self.bounded());
            self.line(&format!("1 if {condition} => {value},"));
        }
        self.line("_ => {");
        self.valued(depth);
        self.line("}\n};");
        self.scope.scalars.push(name);
    }

    fn matched(&mut self, depth: usize) {
        let integer = if self.scope.has_self && self.numbers.once_in(3) { "self.mode".into() } else { self.integer() };
        self.line(&format!("match ({integer}) % 5 {{\n0 | 3 => {{"));
        self.block(depth);
        let pattern = ["1", "1..=2", "k if k > 3"][self.numbers.below(3)];
        self.line(&format!("}}\n{pattern} => {{"));
        self.block(depth);
        self.line("}\n_ => {");
        if self.numbers.once_in(2) {
            self.block(depth);
        }
        self.line("}\n}");
    }
}
