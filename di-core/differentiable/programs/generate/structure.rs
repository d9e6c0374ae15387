//! Tuples and structs whose parts are written into.

use super::scope::Writer;

impl Writer {
    pub(crate) fn structure(&mut self) {
        let (a, b) = (self.bounded(), self.bounded());
        let name = self.name("p");
        match self.numbers.below(5) {
            0 => {
                self.line(&format!("let mut {name} = ({a}, {b});"));
                self.parts(&name, &["0", "1"]);
            }
            1 => {
                let c = self.atom();
                self.line(&format!("let mut {name} = ({a}, ({b}, {c}));"));
                self.parts(&name, &["0"]);
                let inner = self.name("v");
                self.line(&format!("let (_, ({inner}, _)) = {name};"));
                self.scope.scalars.push(inner);
            }
            2 | 3 => {
                self.line(&format!("let mut {name} = Point {{ u: {a}, v: {b} }};"));
                self.parts(&name, &["u", "v"]);
                if self.numbers.once_in(2) {
                    let other = self.name("p");
                    let value = self.bounded();
                    self.line(&format!("let mut {other} = Point {{ v: {value}, ..{name} }};"));
                    self.parts(&other, &["u", "v"]);
                }
            }
            _ => {
                let (first, second) = (self.name("v"), self.name("v"));
                self.line(&format!("let ({first}, {second}) = ({a}).sin_cos();"));
                self.scope.scalars.extend([first, second]);
            }
        }
    }

    fn parts(&mut self, name: &str, members: &[&str]) {
        for member in members {
            self.scope.scalars.push(format!("{name}.{member}"));
            self.scope.mutable.push(format!("{name}.{member}"));
        }
    }
}
