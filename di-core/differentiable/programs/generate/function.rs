//! Heads and ends of functions.

use super::scope::{Array, Callee, Integer, Kind, Len, Returns, Scope, Takes, Writer};
use std::fmt::Write;

impl Writer {
    /// Begins a body with `x` in scope.
    fn head(&mut self) {
        self.out = String::new();
        self.scope = Scope { has_self: true, ..Scope::default() };
        self.scope.arrays.push(slice("x", 4, false));
        self.scope.scalars = vec!["x[0]".into(), "x[1]".into(), "x[3]".into()];
        self.line("let n = x.len();");
        self.line("let mut s = x[0] * x[2];\nlet mut t = T::one();");
        self.scope.integers.push(Integer { name: "n".into(), below: None, low: 2, slack: 0 });
        self.scope.scalars.extend(["s".into(), "t".into()]);
        self.scope.mutable = vec!["s".into(), "t".into()];
        self.budget = 5 + self.numbers.below(6);
        if self.numbers.once_in(2) {
            self.line("let mut a = vec![T::zero(); 4];");
            self.scope.arrays.push(Array { writable: true, kind: Kind::Vector, ..fixed("a", 4) });
        }
        if self.numbers.once_in(2) {
            self.line("let mut p = [x[1], x[2], x[0]];");
            self.scope.arrays.push(Array { writable: true, ..fixed("p", 3) });
        }
        if self.numbers.once_in(4) {
            let value = self.bounded();
            self.line(&format!("let mut work = self.cache.buffer::<T>(n);\nlet w = {value};\nwork.fill(w);"));
            let len = Len::named("x.len()", 4);
            self.scope.arrays.push(Array { name: "work".into(), len, writable: true, kind: Kind::Buffer });
        }
        if self.numbers.once_in(3) {
            self.line("let half = self.weights[1] * 0.5;\nlet offsets = [0_usize, 2, 1];");
            self.scope.scalars.push("T::lift(half)".into());
            for name in ["offsets[1]", "offsets[n % 3]"] {
                self.scope.integers.push(Integer { name: name.into(), below: None, low: 0, slack: 0 });
            }
        }
    }

    fn top(&mut self) {
        let count = 3 + self.numbers.below(4);
        self.stmts(count, 0);
    }

    /// Everything in scope goes into the value, so that nothing is passive by chance.
    fn end(&mut self) {
        self.line("let mut end = s * t.cos();");
        for array in self.scope.arrays.clone().into_iter().filter(|array| array.name != "y") {
            self.line(&format!("for i in 0..{0}.len() {{ end += {0}[i] * x[i % n]; }}", array.name));
        }
        for (name, rows, columns) in self.scope.nested.clone() {
            self.line(&format!(
                "for i in 0..{rows} {{ for j in 0..{columns} {{ end += {name}[i][j] * x[i + j % 2]; }} }}"
            ));
        }
        for name in self.scope.scalars.clone().into_iter().filter(|name| !name.starts_with(['x', '*', 'T'])) {
            self.line(&format!("end = end + {name} * x[1];"));
        }
    }

    pub(crate) fn scalar(&mut self) -> String {
        self.returns = Returns::Number;
        self.head();
        self.top();
        self.end();
        let end = ["end", "end * end.sin()", "return end;", "if end > T::zero() { end } else { end * s }"];
        let end = end[self.numbers.below(end.len())];
        self.line(end);
        std::mem::take(&mut self.out)
    }

    pub(crate) fn vector(&mut self) -> String {
        self.returns = Returns::Nothing;
        self.head();
        match self.numbers.below(5) {
            0 => self.line("y.fill(s);"),
            1 => self.line("for i in 0..y.len() { y[i] = x[i % n] * x[(i + 1) % n]; }"),
            2 => self.line("for (y, &x) in y.iter_mut().zip(x.iter().rev()) { *y = x; }\nif y.len() > n { y[n] = t; }"),
            3 => self.line("y.fill(T::zero());\ny[0] += s;\ny[1] -= t;"),
            _ => self.line("y[0] = s;\nlet m = y.len();\nfor i in 1..m { y[i] = (y[i - 1] * x[i % n]).sin(); }"),
        }
        self.scope.arrays.push(slice("y", 3, true));
        self.scope.arrays.push(slice("y", 3, true));
        self.top();
        self.end();
        match self.numbers.below(4) {
            0 => self.line("y[1] = end;"),
            1 => self.line("for i in 0..y.len() { y[i] += end * x[i % n]; }"),
            2 => self.line("y[0] *= end;\ny[2] = y[0] - y[1] * end;"),
            _ => self.line("let m = y.len();\ny[m - 1] += end;"),
        }
        std::mem::take(&mut self.out)
    }

    /// A function or method that the program calls.
    pub(crate) fn helper(&mut self, number: u64, at: usize, bound: &str) -> String {
        let returns =
            [Returns::Nothing, Returns::Number, Returns::Number, Returns::Pair, Returns::Triple, Returns::Mixed];
        self.returns = returns[self.numbers.below(returns.len())];
        let is_method = self.numbers.once_in(3);
        self.out = String::new();
        self.scope = Scope { has_self: is_method, ..Scope::default() };
        let (mut takes, mut parameters) = (vec![Takes::Number], vec!["g: T".to_string()]);
        self.scope.scalars.push("g".into());
        for (name, kind, text) in [
            ("q", Takes::Shared, "q: &[T]"),
            ("o", Takes::Mutable, "o: &mut [T]"),
            ("n", Takes::Integer, "n: usize"),
            ("z", Takes::Triple, "z: [T; 3]"),
        ] {
            if self.numbers.once_in(2) || name == "o" && self.returns == Returns::Nothing {
                takes.push(kind);
                parameters.push(text.into());
                match kind {
                    Takes::Shared => self.scope.arrays.push(slice("q", 2, false)),
                    Takes::Mutable => self.scope.arrays.push(slice("o", 2, true)),
                    Takes::Integer => {
                        self.scope.integers.push(Integer { name: "n".into(), below: None, low: 0, slack: 0 });
                    }
                    _ => self.scope.scalars.extend(["z[0]".into(), "z[2]".into()]),
                }
            }
        }
        self.line("let mut s = g * g;\nlet mut t = T::one() - g;");
        self.scope.scalars.extend(["s".into(), "t".into()]);
        self.scope.mutable = vec!["s".into(), "t".into()];
        self.budget = 3 + self.numbers.below(3);
        let count = 2 + self.numbers.below(3);
        self.stmts(count, 1);
        let end = self.returned();
        self.line(&end);
        let body = std::mem::take(&mut self.out);
        let name = format!("{}_{number}_{at}", if is_method { "part" } else { "helper" });
        let result = match self.returns {
            Returns::Nothing => "",
            Returns::Number => "-> T",
            Returns::Pair => "-> (T, T)",
            Returns::Triple => "-> [T; 3]",
            Returns::Mixed => "-> (T, [T; 2])",
        };
        let attribute = if self.numbers.once_in(5) { "(checkpointed)" } else { "" };
        let receiver = if is_method { "&self, " } else { "" };
        let mut text = String::new();
        let function = format!(
            "#[differentiable{attribute}]\nfn {name}<T: {bound}>({receiver}{}) {result} {{\n{body}}}\n",
            parameters.join(", ")
        );
        if is_method {
            let _ = write!(text, "impl Program<{number}> {{\n{function}}}\n");
        } else {
            text += &function;
        }
        let path = if is_method { format!("self.{name}") } else { name };
        let callee = Callee { path, takes, returns: self.returns };
        self.callees.extend([callee.clone(), callee.clone(), callee.clone(), callee]);
        text
    }
}

fn slice(name: &str, least: usize, writable: bool) -> Array {
    Array { name: name.into(), len: Len::named(&format!("{name}.len()"), least), writable, kind: Kind::Slice }
}

fn fixed(name: &str, len: usize) -> Array {
    Array { name: name.into(), len: Len::fixed(len), writable: false, kind: Kind::Array }
}
