//! Arrays, vectors, and parts of them.

use super::scope::{Array, Kind, Len, Writer};

impl Writer {
    fn hold(&mut self, name: String, len: Len, kind: Kind) {
        self.scope.arrays.push(Array { name, len, writable: true, kind });
    }

    /// New memory.
    pub(crate) fn memory(&mut self, depth: usize) {
        let value = self.bounded();
        let source = self.array();
        match (self.numbers.below(11), source) {
            (0, _) => {
                let (name, len) = (self.name("a"), 2 + self.numbers.below(3));
                self.line(&format!("let mut {name} = [{value}; {len}];"));
                self.hold(name, Len::fixed(len), Kind::Array);
            }
            (1, _) => {
                let (name, second, third) = (self.name("a"), self.atom(), self.atom());
                self.line(&format!("let mut {name} = [{value}, {second}, {third}];"));
                self.hold(name, Len::fixed(3), Kind::Array);
            }
            (2, Some(array)) => {
                let name = self.name("b");
                self.line(&format!("let mut {name} = vec![{value}; {}];", array.len.text));
                self.hold(name, array.len, Kind::Vector);
            }
            (3, Some(array)) => {
                let name = self.name("b");
                let copy = if array.kind == Kind::Vector {
                    [".clone()", ".to_vec()"][self.numbers.below(2)]
                } else {
                    ".to_vec()"
                };
                self.line(&format!("let mut {name} = {}{copy};", array.name));
                self.hold(name, array.len, Kind::Vector);
            }
            (4, Some(array)) => {
                let name = self.name("b");
                let given = self.apart();
                self.line(&format!("let mut {name}: Vec<T> = {}.iter().map(|&w| w * {given}).collect();", array.name));
                self.hold(name, array.len, Kind::Vector);
            }
            (5, Some(array)) => self.pushed(&array),
            (6, Some(array)) => {
                let name = self.name("b");
                let other = self.array().map_or_else(|| array.name.clone(), |other| other.name);
                self.line(&format!(
                    "let {name}: Vec<T> = {}.iter().zip({other}.iter()).map(|(a, b)| *a - *b).collect();",
                    array.name
                ));
                let least = array.len.least.min(2);
                self.scope.arrays.push(Array {
                    name: name.clone(),
                    len: Len::named(&format!("{name}.len()"), least),
                    writable: false,
                    kind: Kind::Vector,
                });
            }
            (7 | 8, _) => {
                let (name, rows, columns) = (self.name("m"), 2 + self.numbers.below(2), 2 + self.numbers.below(2));
                self.line(&format!("let mut {name} = [[{value}; {columns}]; {rows}];"));
                self.scope.nested.push((name, rows, columns));
            }
            (9, Some(array)) if array.kind == Kind::Array => {
                let name = self.name("a");
                self.line(&format!("let mut {name} = {};", array.name));
                self.hold(name, array.len, Kind::Array);
            }
            (10, _) => {
                let nested = self.scope.nested.clone();
                match self.numbers.pick(&nested) {
                    Some((held, rows, columns)) => {
                        let name = self.name("a");
                        let row = self.index_below(&Len::fixed(rows));
                        self.line(&format!("let mut {name} = {held}[{row}];"));
                        self.hold(name, Len::fixed(columns), Kind::Array);
                    }
                    None => self.borrowed(depth),
                }
            }
            _ => self.borrowed(depth),
        }
    }

    /// A vector that grows.
    fn pushed(&mut self, array: &Array) {
        let name = self.name("b");
        let (first, held) = (self.apart(), array.name.clone());
        self.line(&format!("let mut {name} = Vec::with_capacity({} + 2);\n{name}.push({first});", array.len.text));
        let condition = self.condition();
        match self.numbers.below(3) {
            0 => self.line(&format!("for &w in {held}.iter() {{ if {condition} {{ {name}.push(w.sin()); }} }}")),
            1 => self.line(&format!(
                "for k in 0..{} {{ let w = {name}[{name}.len() - 1]; {name}.push(w * {held}[k]); }}",
                array.len.text
            )),
            _ => self.line(&format!("{name}.extend({held}.iter().map(|w| w.cos()));")),
        }
        let value = self.atom();
        self.line(&format!("let w = {value};\n{name}.push(w);\nlet {name}_all = {name}.len();"));
        self.hold(name.clone(), Len::named(&format!("{name}_all"), 2), Kind::Vector);
    }

    /// Statements while an array is borrowed in parts.
    pub(crate) fn borrowed(&mut self, depth: usize) {
        let Some(array) = self.writable().filter(|array| array.len.least >= 2) else { return self.entry_of_any() };
        let name = array.name.clone();
        self.line("{");
        match self.numbers.below(3) {
            0 => {
                let at = 1 + self.numbers.below(array.len.least - 1);
                let (left, right) = (self.name("l"), self.name("r"));
                self.line(&format!("let ({left}, {right}) = {name}.split_at_mut({at});"));
                self.without(&name, |writer| {
                    let rest = array.len.least - at;
                    writer.hold(left, Len::fixed(at), Kind::Slice);
                    let len =
                        if array.len.exact { Len::fixed(rest) } else { Len::named(&format!("{right}.len()"), rest) };
                    writer.hold(right, len, Kind::Slice);
                    writer.block(depth);
                    writer.stmts(2, depth + 1);
                });
            }
            1 => {
                let part = self.name("l");
                let (low, high) = if self.numbers.once_in(2) { ("1", "") } else { ("", "2") };
                self.line(&format!("let {part} = &mut {name}[{low}..{high}];"));
                self.without(&name, |writer| {
                    let least = if high.is_empty() { array.len.least - 1 } else { 2 };
                    let len = if high.is_empty() { Len::named(&format!("{part}.len()"), least) } else { Len::fixed(2) };
                    writer.hold(part, len, Kind::Slice);
                    writer.block(depth);
                    writer.stmts(2, depth + 1);
                });
            }
            _ => {
                let part = self.name("l");
                let (low, high) = self.part(&array);
                self.line(&format!("let {part} = &{name}[{low}..{high}];"));
                self.scoped(|writer| {
                    writer
                        .scope
                        .arrays
                        .iter_mut()
                        .filter(|held| held.name == name)
                        .for_each(|held| held.writable = false);
                    writer.line(&format!("let total: T = {part}.iter().copied().sum();"));
                    writer.scope.scalars.push("total".into());
                    writer.block(depth);
                });
            }
        }
        self.line("}");
    }

    fn entry_of_any(&mut self) {
        let (target, value) = (self.mutable(), self.bounded());
        self.line(&format!("{target} -= {value};"));
    }

    /// Whole arrays at once.
    pub(crate) fn whole(&mut self) {
        let Some(array) = self.writable() else { return self.entry_of_any() };
        let name = array.name.clone();
        let others: Vec<_> = self
            .scope
            .arrays
            .iter()
            .filter(|held| held.name != name && (held.len.least >= 2 && array.len.least >= 2))
            .cloned()
            .collect();
        match (self.numbers.below(6), self.numbers.pick(&others)) {
            (0, _) => {
                let value = self.bounded();
                self.line(&format!("let w = {value};\n{name}.fill(w);"));
            }
            (1, Some(other)) => self.line(&format!("{name}[..2].copy_from_slice(&{}[..2]);", other.name)),
            (2, Some(other)) if other.len == array.len => {
                self.line(&format!("{name}.copy_from_slice(&{}[..]);", other.name));
            }
            (3, Some(other)) if other.kind == Kind::Array && array.kind == Kind::Array && other.len == array.len => {
                self.line(&format!("{name} = {};", other.name));
            }
            (4, _) => {
                let value = self.apart();
                self.line(&format!("{name}[1..].fill({value});"));
            }
            (5, _) => {
                let nested = self.scope.nested.clone();
                if let Some((held, rows, _)) = self.numbers.pick(&nested) {
                    let (row, value) = (self.index_below(&Len::fixed(rows)), self.apart());
                    self.line(&format!("{held}[{row}].fill({value});"));
                }
            }
            _ => {
                let (i, j) = (self.index(&array), self.index(&array));
                self.line(&format!("{name}.swap({i}, {j});"));
            }
        }
    }
}
