//! Functions that sum in one loop, as fits do.

use super::scope::{Array, Integer, Kind, Len, Returns, Scope, Writer};

impl Writer {
    /// A function that begins with some numbers, sums terms that are made by statements, and ends with what is made of the sums.
    pub(crate) fn sums(&mut self) -> String {
        self.returns = Returns::Number;
        self.out = String::new();
        self.scope = Scope { has_self: true, ..Scope::default() };
        let len = Len::named("x.len()", 4);
        self.scope.arrays.push(Array { name: "x".into(), len, writable: false, kind: Kind::Slice });
        self.scope.scalars = ["x[0]", "x[1]", "x[3]", "base"].map(String::from).to_vec();
        self.line("let n = x.len();\nlet base = x[0] * x[2];");
        self.scope.integers.push(Integer { name: "n".into(), below: None, low: 2, slack: 0 });
        if self.numbers.once_in(2) {
            self.line("let p = [x[1].sin(), base, x[0]];");
            self.scope.arrays.push(Array { name: "p".into(), len: Len::fixed(3), writable: false, kind: Kind::Array });
        }
        let first = self.bounded();
        self.line(&format!("let mut sum = {first};"));
        let has_total = self.numbers.once_in(3);
        if has_total {
            self.line("let mut total = T::zero();");
        }
        let range = ["0..n", "1..5", "(0..n).rev()", "(0..6).step_by(2)", "n..n", "0..=n % 3"];
        let range = range[self.numbers.below(range.len())];
        self.line(&format!("for i in {range} {{"));
        self.scoped(|writer| writer.term(has_total));
        self.line("}");
        let ends = ["sum", "sum * 0.5 - base", "x[1] - sum / 3.0", "return sum * x[2];", "sum * sum", "sum.max(base)"];
        let end = ends[self.numbers.below(ends.len())];
        let end = if has_total { format!("let sum = sum - total * 0.25;\n{end}") } else { end.into() };
        self.line(
            &end.replace("0.5", &self.constant("0.5"))
                .replace("0.25", &self.constant("0.25"))
                .replace("3.0", &self.constant("3.0")),
        );
        std::mem::take(&mut self.out)
    }

    /// The body of the loop.
    fn term(&mut self, has_total: bool) {
        self.scope.integers.push(Integer { name: "i".into(), below: None, low: 0, slack: 0 });
        self.line("let mut s = x[i % n] * base;\nlet mut t = T::one();");
        self.scope.scalars.extend(["s".into(), "t".into()]);
        self.scope.mutable = vec!["s".into(), "t".into()];
        let mut own = vec![];
        if self.numbers.once_in(2) {
            self.line("let mut own = [s, t, x[1]];");
            own.push(Array { name: "own".into(), len: Len::fixed(3), writable: true, kind: Kind::Array });
        }
        if self.numbers.once_in(2) {
            self.line("let m = i % 3 + 2;\nlet mut list = vec![s; m];");
            own.push(Array { name: "list".into(), len: Len::named("m", 2), writable: true, kind: Kind::Vector });
        }
        self.scope.arrays.extend(own.clone());
        self.budget = 3 + self.numbers.below(6);
        let count = 2 + self.numbers.below(4);
        self.stmts(count, 1);
        if has_total {
            self.line("total += t * s;");
        }
        let own = own.iter().map(|array| format!(" + {0}[0] * {0}[1]", array.name));
        let term = format!("s * t.cos(){}", own.collect::<String>());
        let sign = ["+=", "-="][self.numbers.below(2)];
        self.line(&format!("sum {sign} {term};"));
    }
}
