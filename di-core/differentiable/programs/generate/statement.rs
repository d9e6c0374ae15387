//! Statements.

use super::scope::{Closure, Returns, Writer};

impl Writer {
    pub(crate) fn stmts(&mut self, count: usize, depth: usize) {
        for _ in 0..count {
            if self.budget == 0 {
                return;
            }
            self.budget -= 1;
            self.stmt(depth);
        }
    }

    /// What stands between braces.
    pub(crate) fn block(&mut self, depth: usize) {
        let count = 1 + self.numbers.below(3);
        self.scoped(|writer| {
            let target = writer.mutable();
            let value = writer.bounded();
            writer.line(&format!("{target} += {value} * {};", writer.constant("0.25")));
            writer.stmts(count, depth + 1);
        });
    }

    fn stmt(&mut self, depth: usize) {
        match self.numbers.below(if depth < 3 { 26 } else { 14 }) {
            0..=2 => self.variable(),
            3..=5 => self.assignment(),
            6..=8 => self.entry(),
            9 => self.reduction(),
            10 => self.call(),
            11 => self.counting(),
            12 => self.leave(),
            13 => self.whole(),
            14..=16 => self.branch(depth),
            17..=20 => self.cycle(depth),
            21 => self.items(depth),
            22 => self.borrowed(depth),
            23 => self.memory(depth),
            24 => self.structure(),
            _ => self.closure(),
        }
    }

    fn variable(&mut self) {
        let value = self.bounded();
        let name = match self.numbers.pick(&self.scope.scalars.clone()) {
            Some(held)
                if self.numbers.once_in(6)
                    && held.starts_with('v')
                    && !held.contains(['[', '.'])
                    && !self.scope.mutable.contains(&held) =>
            {
                held
            }
            _ => self.name("v"),
        };
        match self.numbers.below(4) {
            0 => {
                self.line(&format!("let mut {name} = {value};"));
                self.scope.mutable.push(name.clone());
            }
            1 => self.line(&format!("let {name}: T = {value};")),
            _ => self.line(&format!("let {name} = {value};")),
        }
        if !self.scope.scalars.contains(&name) {
            self.scope.scalars.push(name);
        }
    }

    fn assignment(&mut self) {
        let (target, value) = (self.mutable(), self.bounded());
        let text = match self.numbers.below(11) {
            0 | 1 => format!("{target} = {value};"),
            2 => format!("{target} += {value} * {};", self.constant("0.3")),
            3 => format!("{target} -= {value};"),
            4 => format!("{target} *= {value};"),
            5 => format!("{target} /= {value} * {value} + {};", self.constant("1.2")),
            6 => format!("{target} = {target} * {} + {value};", self.constant("0.5")),
            7 => format!("{target} %= {value} * {value} + {};", self.constant("0.7")),
            8 => {
                let other = self.mutable();
                if other.split('.').next() == target.split('.').next() {
                    return self.line(&format!("{target} = {value};"));
                }
                match self.numbers.below(3) {
                    0 => format!("({target}, {other}) = ({other}, {value} * {target});"),
                    1 => format!("std::mem::swap(&mut {target}, &mut {other});"),
                    _ => format!("let w = {value};\n{other} = std::mem::replace(&mut {target}, w);"),
                }
            }
            9 => format!("{target} *= {};", self.constant("0.75")),
            _ => format!("{target} = {value} - {target};"),
        };
        self.line(&text);
    }

    /// Writes into an entry.
    fn entry(&mut self) {
        let nested = self.scope.nested.clone();
        if let (Some((name, rows, columns)), true) = (self.numbers.pick(&nested), self.numbers.once_in(4)) {
            let (row, column) = (super::scope::Len::fixed(rows), super::scope::Len::fixed(columns));
            let (i, j, value) = (self.index_below(&row), self.index_below(&column), self.bounded());
            let sign = ["=", "+=", "-=", "*="][self.numbers.below(4)];
            return self.line(&format!("let w = {value};\n{name}[{i}][{j}] {sign} w;"));
        }
        let Some(array) = self.writable() else { return self.assignment() };
        let (name, i) = (array.name.clone(), self.index(&array));
        match self.numbers.below(9) {
            0 | 1 => {
                let value = self.bounded();
                self.line(&format!("{name}[{i}] = {value};"));
            }
            2 => {
                let value = self.bounded();
                self.line(&format!("let w = {value};\n{name}[{i}] += w * {};", self.constant("0.25")));
            }
            3 => {
                let value = self.apart();
                let sign = ["+=", "-=", "*="][self.numbers.below(3)];
                self.line(&format!("{name}[{i}] {sign} {value};"));
            }
            4 => {
                let value = self.apart();
                self.line(&format!("{name}[{i}] /= {value} * {value} + {};", self.constant("1.1")));
            }
            5 => {
                let value = self.bounded();
                self.line(&format!("{name}[{i}] = {name}[{i}] * {} + {value};", self.constant("0.5")));
            }
            6 => {
                let (value, j) = (self.bounded(), self.index(&array));
                self.line(&format!("{name}[{i}] = ({value} + {name}[{j}]).sin();"));
            }
            7 => {
                let target = self.mutable();
                self.line(&format!("{target} = std::mem::replace(&mut {name}[{i}], {target});"));
            }
            _ => {
                let j = self.index(&array);
                self.line(&format!("{name}.swap({i}, {j});"));
            }
        }
    }

    /// Integers that depend on what is computed.
    fn counting(&mut self) {
        if self.numbers.once_in(3) || self.scope.counters.is_empty() {
            let (name, first) = (self.name("n"), self.integer());
            self.line(&format!("let mut {name}: usize = {first};"));
            self.scope.counters.push(name);
        }
        if self.numbers.once_in(3) {
            return self.ordering();
        }
        let counters = self.scope.counters.clone();
        if let Some(name) = self.numbers.pick(&counters) {
            let condition = self.condition();
            match self.numbers.below(3) {
                0 => self.line(&format!("if {condition} {{ {name} += 1; }}")),
                1 => self.line(&format!("{name} = if {condition} {{ {name} / 2 }} else {{ {name} % 4 + 1 }};")),
                _ => self.line(&format!("{name} = ({name} + 1) % 5;")),
            }
        }
    }

    /// Passive arrays that are written into.
    fn ordering(&mut self) {
        let orders = self.scope.orders.clone();
        match (self.numbers.pick(&orders), self.numbers.below(4)) {
            (Some(name), 0) => {
                let (k, integer) = (self.name("k"), self.integer());
                self.line(&format!("let {k} = {integer};\n{name}[{k} % 4] = ({k} + 1) % 4;"));
            }
            (Some(name), 1) => {
                let condition = self.condition();
                self.line(&format!("if {condition} {{ {name}.swap(0, 3); }}"));
            }
            (Some(name), 2) => {
                let (k, integer) = (self.name("k"), self.integer());
                self.line(&format!("let {k} = {integer};\n{name}.swap(1, {k} % 4);"));
            }
            _ => {
                let (name, integer) = (self.name("order"), self.integer());
                let text = match self.numbers.below(3) {
                    0 => format!("[{integer}, 1, 0, 2]"),
                    1 => format!("vec![{integer}; 4]"),
                    _ => "[0_usize; 4]".into(),
                };
                self.line(&format!("let mut {name} = {text};"));
                self.scope.orders.push(name);
            }
        }
    }

    /// Leaves a loop or the function early.
    fn leave(&mut self) {
        let condition = self.condition();
        if self.scope.in_loop && self.numbers.below(3) > 0 {
            let (target, value) = (self.mutable(), self.bounded());
            let leave = ["continue", "break"][self.numbers.below(2)];
            return self.line(&format!("if {condition} {{\n{target} = {value};\n{leave};\n}}"));
        }
        if !self.numbers.once_in(3) {
            return self.assignment();
        }
        let value = self.returned();
        self.line(&format!("if {condition} {{ return {value}; }}"));
    }

    /// What the function returns.
    pub(crate) fn returned(&mut self) -> String {
        match self.returns {
            Returns::Nothing => String::new(),
            Returns::Number => self.bounded(),
            Returns::Pair => format!("({}, {})", self.bounded(), self.bounded()),
            Returns::Triple => format!("[{}, {}, {}]", self.bounded(), self.bounded(), self.atom()),
            Returns::Mixed => format!("({}, [{}, {}])", self.bounded(), self.atom(), self.bounded()),
        }
    }

    /// A closure that looks at what nobody assigns any more.
    fn closure(&mut self) {
        let name = self.name("f");
        let moves = self.numbers.once_in(3);
        let fixed: Vec<_> = self
            .scope
            .scalars
            .iter()
            .filter(|held| !held.starts_with('w'))
            .filter(|held| (moves && !held.contains(['.', '*'])) || !self.scope.mutable.contains(held))
            .cloned()
            .collect();
        let body = self.scoped(|writer| {
            writer.scope.arrays.retain(|array| array.name == "x");
            writer.scope.nested.clear();
            writer.scope.counters.clear();
            writer.scope.orders.clear();
            writer.scope.scalars = fixed;
            writer.scope.scalars.extend(["u".into(), "u".into(), "w".into()]);
            writer.bounded()
        });
        let moves = if moves { "move " } else { "" };
        if self.numbers.once_in(2) {
            self.line(&format!("let {name} = {moves}|u: T| {{ let w = u * u; {body} + w }};"));
            self.scope.closures.push(Closure { name, arguments: 1 });
        } else {
            self.line(&format!("let {name} = {moves}|u: T, w: T| {body};"));
            self.scope.closures.push(Closure { name, arguments: 2 });
        }
    }
}
