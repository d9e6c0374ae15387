//! Calls of functions that have derivative code.

use super::scope::{Array, Callee, Len, Returns, Takes, Writer};

/// Functions that every program can call; what they do stands in the library.
pub(crate) fn library() -> Vec<Callee> {
    use Takes::{Integer, Mutable, Number, Order, Pair, Passive, Shared, Triple};
    let callee = |path: &str, takes: &[Takes], returns| Callee { path: path.into(), takes: takes.to_vec(), returns };
    vec![
        callee("energy", &[Shared, Number], Returns::Number),
        callee("mix", &[Shared, Number, Mutable], Returns::Nothing),
        callee("turn", &[Number, Number], Returns::Pair),
        callee("crossed", &[Triple, Triple], Returns::Triple),
        callee("extremes", &[Shared], Returns::Mixed),
        callee("relax", &[Mutable, Integer], Returns::Number),
        callee("exchange", &[Mutable, Mutable, Number], Returns::Nothing),
        callee("across", &[Shared, Shared, Mutable], Returns::Number),
        callee("weighted", &[Shared, Passive, Pair], Returns::Number),
        callee("picked", &[Shared, Order, Number], Returns::Number),
        callee("rearranged", &[Order, Mutable], Returns::Nothing),
        callee("until", &[Number, Mutable], Returns::Pair),
        callee("nothing_active", &[Integer, Mutable], Returns::Nothing),
        callee("deep", &[Shared, Mutable, Number], Returns::Number),
    ]
}

impl Writer {
    /// A call as a statement.
    pub(crate) fn call(&mut self) {
        let has_self = self.scope.has_self;
        let callees: Vec<_> =
            self.callees.iter().filter(|callee| has_self || !callee.path.starts_with("self.")).cloned().collect();
        let Some(callee) = self.numbers.pick(&callees) else { return };
        let mut arguments = Vec::new();
        let mut borrowed: Vec<String> = Vec::new();
        // Numbers are computed before anything is borrowed.
        for takes in &callee.takes {
            let text = match takes {
                Takes::Number => self.given(),
                Takes::Pair => format!("({}, {})", self.given(), self.given()),
                Takes::Triple => self.triple(),
                Takes::Integer => self.integer(),
                Takes::Passive if self.scope.has_self => "&self.weights".into(),
                Takes::Order => {
                    let orders = self.scope.orders.clone();
                    match self.numbers.pick(&orders) {
                        Some(order) => format!("&{order}"),
                        None if self.scope.has_self => "&self.order".into(),
                        None => "&[1, 0, 3, 2]".into(),
                    }
                }
                Takes::Passive => "&[0.5, 1.5, -0.25, 2.0, 0.75, 1.0]".into(),
                Takes::Shared | Takes::Mutable => String::new(),
            };
            arguments.push(text);
        }
        let free = |writer: &Self, borrowed: &[String], mutable: bool| -> Vec<Array> {
            writer
                .scope
                .arrays
                .iter()
                .filter(|array| array.len.least >= 2 && (array.writable || !mutable))
                .filter(|array| !borrowed.contains(&array.name))
                .cloned()
                .collect()
        };
        let nested = self.scope.nested.clone();
        for (at, _) in callee.takes.iter().enumerate().filter(|(_, takes)| **takes == Takes::Mutable) {
            let arrays = free(self, &borrowed, true);
            let row = self.numbers.pick(&nested).filter(|(name, ..)| !borrowed.contains(name));
            if let (Some((name, rows, _)), true) = (row, self.numbers.once_in(4)) {
                arguments[at] = format!("&mut {name}[{}]", self.index_below(&Len::fixed(rows)));
                borrowed.push(name);
            } else if let Some(array) = self.numbers.pick(&arrays) {
                borrowed.push(array.name.clone());
                arguments[at] = self.mutable_part(&array);
            } else {
                return;
            }
        }
        for (at, _) in callee.takes.iter().enumerate().filter(|(_, takes)| **takes == Takes::Shared) {
            let arrays = free(self, &borrowed, false);
            let row = self.numbers.pick(&nested).filter(|(name, ..)| !borrowed.contains(name));
            if let (Some((name, rows, _)), true) = (row, self.numbers.once_in(4)) {
                arguments[at] = format!("&{name}[{}]", self.index_below(&Len::fixed(rows)));
                continue;
            }
            let Some(array) = self.numbers.pick(&arrays) else { return };
            arguments[at] = match self.numbers.below(4) {
                0 => {
                    format!("&{}[1..]", array.name).replace("[1..]", if array.len.least > 2 { "[1..]" } else { "[..]" })
                }
                1 => format!("&{}[..2]", array.name),
                _ => format!("&{}[..]", array.name),
            };
        }
        self.called(&callee, &arguments);
    }

    fn mutable_part(&mut self, array: &Array) -> String {
        match self.numbers.below(4) {
            0 if array.len.least > 2 => format!("&mut {}[1..]", array.name),
            1 => format!("&mut {}[..2]", array.name),
            _ => format!("&mut {}[..]", array.name),
        }
    }

    /// A number that is computed in a statement of its own, or stands in the call.
    fn given(&mut self) -> String {
        let value = self.bounded();
        let borrowed = !self.scope.nested.is_empty() || self.scope.arrays.iter().any(|array| array.writable);
        if borrowed || self.numbers.once_in(2) {
            let name = self.name("g");
            self.line(&format!("let {name} = {value};"));
            return name;
        }
        value
    }

    fn triple(&mut self) -> String {
        let arrays: Vec<_> = self
            .scope
            .arrays
            .iter()
            .filter(|array| array.kind == super::scope::Kind::Array && array.len.exact && array.len.least == 3)
            .cloned()
            .collect();
        match self.numbers.pick(&arrays) {
            Some(array) if self.numbers.once_in(2) => {
                let name = self.name("g");
                self.line(&format!("let {name} = {};", array.name));
                name
            }
            _ => format!("[{}, {}, {}]", self.given(), self.given(), self.given()),
        }
    }

    fn called(&mut self, callee: &Callee, arguments: &[String]) {
        let text = format!("{}({})", callee.path, arguments.join(", "));
        match callee.returns {
            Returns::Nothing => self.line(&format!("{text};")),
            Returns::Number => match self.numbers.below(3) {
                0 => {
                    let target = self.mutable();
                    if target.starts_with('*') || arguments.iter().any(|argument| argument.contains(&target)) {
                        return self.line(&format!("let _ = {text};"));
                    }
                    self.line(&format!("{target} = {text} * {};", self.constant("0.2")));
                }
                1 => {
                    let name = self.name("v");
                    self.line(&format!("let {name}: T = {text};"));
                    self.scope.scalars.push(name);
                }
                _ => {
                    let (name, value) = (self.name("v"), self.apart());
                    self.line(&format!("let {name} = {value} * {text}.sin();"));
                    self.scope.scalars.push(name);
                }
            },
            Returns::Pair => {
                let (first, second) = (self.name("v"), self.name("v"));
                let free = self.scope.mutable.iter().all(|name| !name.starts_with('*'));
                if free && self.numbers.once_in(3) && !arguments.iter().any(|argument| argument.contains("&mut")) {
                    self.line(&format!("(s, t) = {text};"));
                } else if self.numbers.once_in(4) {
                    let condition = self.condition();
                    let (a, b) = (self.atom(), self.atom());
                    self.line(&format!(
                        "let ({first}, {second}) = if {condition} {{ {text} }} else {{ turn({a}, {b}) }};"
                    ));
                    self.scope.scalars.extend([first, second]);
                } else if self.numbers.once_in(3) {
                    self.line(&format!("let {first} = {text};"));
                    self.line(&format!("let {second} = {first}.0 * {first}.1;"));
                    self.scope.scalars.push(second);
                } else {
                    self.line(&format!("let ({first}, {second}) = {text};"));
                    self.scope.scalars.extend([first, second]);
                }
            }
            Returns::Triple => {
                let name = self.name("v");
                if self.numbers.once_in(2) {
                    self.line(&format!("let {name}: [T; 3] = {text};"));
                    self.scope.scalars.extend([format!("{name}[0]"), format!("{name}[2]")]);
                } else {
                    self.line(&format!("let [{name}, _, {name}_2] = {text};"));
                    self.scope.scalars.extend([name.clone(), format!("{name}_2")]);
                }
            }
            Returns::Mixed => {
                let name = self.name("v");
                self.line(&format!("let ({name}, [{name}_1, {name}_2]) = {text};"));
                self.scope.scalars.extend([name.clone(), format!("{name}_1"), format!("{name}_2")]);
            }
        }
    }
}
