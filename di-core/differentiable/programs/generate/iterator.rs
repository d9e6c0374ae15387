//! Iterators: reductions, and loops over items.

use super::scope::{Array, Integer, Kind, Len, Writer};

impl Writer {
    /// The ends of a part of an array.
    pub(crate) fn part(&mut self, array: &Array) -> (String, String) {
        let (text, least) = (array.len.text.clone(), array.len.least);
        let inside: Vec<_> = self
            .scope
            .integers
            .iter()
            .filter(|held| held.below.as_ref().is_some_and(|below| below.text == text))
            .cloned()
            .collect();
        match (self.numbers.below(6), self.numbers.pick(&inside)) {
            (0, Some(held)) => (held.name, text),
            (1, Some(held)) => ("0".into(), held.name),
            (2, Some(held)) if held.low > 0 => (format!("{} - 1", held.name), format!("{} + 1", held.name)),
            (0..=2, _) => ("0".into(), text),
            (3, _) => ("1".into(), text),
            (4, _) => (String::new(), (1 + self.numbers.below(least)).to_string()),
            _ => ("1".into(), least.to_string()),
        }
    }

    /// An iterator over numbers: its text, and whether the items are references.
    fn numbers_of(&mut self, array: &Array) -> (String, bool) {
        let name = &array.name;
        let (low, high) = self.part(array);
        match self.numbers.below(7) {
            0 => (format!("{name}.iter().skip(1)"), true),
            1 => (format!("{name}.iter().rev()"), true),
            2 => (format!("{name}.iter().take(2).copied()"), false),
            3 => (format!("{name}[{low}..{high}].iter()"), true),
            4 => (format!("{name}.iter().step_by(2)"), true),
            5 => {
                let (limit, value) = (self.name("limit"), self.atom());
                self.line(&format!("let {limit} = {value};"));
                (format!("{name}.iter().filter(|w| **w > {limit})"), true)
            }
            _ => (format!("{name}.iter()"), true),
        }
    }

    /// A sum, a product or a fold.
    pub(crate) fn reduction(&mut self) {
        let Some(array) = self.array() else { return self.assignment_of_value() };
        let name = self.name("v");
        let other = self.array();
        let text = self.scoped(|writer| {
            let given = writer.atom();
            match writer.numbers.below(10) {
                0 => format!("{}.windows(2).map(|w| w[0] * w[1] + {given}).sum::<T>()", array.name),
                1 => format!("{}.chunks(2).map(|c| c[0] * {given} * c[c.len() - 1]).sum::<T>()", array.name),
                2 => format!("{}.chunks_exact(2).map(|c| c[0] - c[1] * {given}).sum::<T>()", array.name),
                3 if other.is_some() => {
                    let other = other.as_ref().map_or("x", |other| &other.name);
                    format!("{}.iter().zip({other}.iter()).map(|(&a, &b)| a * b).sum::<T>()", array.name)
                }
                4 => {
                    let (items, reference) = writer.numbers_of(&array);
                    writer.scope.scalars.push("w".into());
                    let and = if reference { "&" } else { "" };
                    let value = writer.apart();
                    format!("{items}.map(|{and}w| w * {value} + {}).product::<T>()", writer.constant("0.5"))
                }
                5 => {
                    let (items, reference) = writer.numbers_of(&array);
                    writer.scope.scalars.extend(["w".into(), "held".into()]);
                    let and = if reference { "&" } else { "" };
                    let value = writer.apart();
                    format!("{items}.fold({given}, |held, {and}w| (held * w + {value}).sin())")
                }
                6 => {
                    let (items, _) = writer.numbers_of(&array);
                    format!("{items}.map(|w| w.sin()).fold(T::one(), T::max)")
                }
                7 => format!(
                    "{}.iter().enumerate().map(|(k, &w)| w * T::lift(k as f64) * {given}).sum::<T>()",
                    array.name
                ),
                8 => {
                    let items = writer.numbers_of(&array);
                    let and = if items.1 { "&" } else { "" };
                    format!("{}.fold((T::one(), {given}), |(p, q), {and}w| (q.cos(), (p + w).tanh())).1", items.0)
                }
                _ => {
                    writer.scope.integers.push(Integer {
                        name: "k".into(),
                        below: Some(array.len.clone()),
                        low: 0,
                        slack: 0,
                    });
                    let value = writer.bounded();
                    let rev = ["", ".rev()"][writer.numbers.below(2)];
                    format!("(0..{}){rev}.map(|k| {value} * {}[k]).sum::<T>()", array.len.text, array.name)
                }
            }
        });
        self.line(&format!("let {name} = ({text}).tanh();"));
        self.scope.scalars.push(name);
    }

    fn assignment_of_value(&mut self) {
        let (target, value) = (self.mutable(), self.bounded());
        self.line(&format!("{target} = {value};"));
    }

    /// A loop over items of an array, some of them written into.
    pub(crate) fn items(&mut self, depth: usize) {
        let (writable, other) = (self.writable(), self.array());
        match (self.numbers.below(9), writable, other) {
            (0..=2, Some(array), other) => self.written_items(&array, other.as_ref(), depth),
            (3, Some(array), _) if array.kind != Kind::Buffer => {
                let name = array.name.clone();
                let exact = self.numbers.once_in(2);
                let chunks = if exact { "chunks_exact_mut" } else { "chunks_mut" };
                self.line(&format!("for c in {name}.{chunks}(2) {{"));
                self.lending(&name, |writer| {
                    if exact {
                        writer.scope.arrays.push(Array {
                            name: "c".into(),
                            len: Len::fixed(2),
                            writable: true,
                            kind: Kind::Slice,
                        });
                        writer.inside(None, depth);
                    }
                    let value = writer.bounded();
                    writer.line(&format!("c[0] = (c[0] * {value} + c[c.len() - 1]).sin();"));
                    let value = writer.bounded();
                    writer.line(&format!("let w = {value};\nlet last = c.len() - 1;\nc[last] -= w;"));
                });
                self.line("}");
            }
            (4, _, Some(array)) => {
                let (window, k) = (self.name("w"), self.name("k"));
                self.line(&format!("for ({k}, {window}) in {}.windows(2).enumerate() {{", array.name));
                self.scoped(|writer| {
                    writer.scope.scalars.extend([format!("{window}[0]"), format!("{window}[1]")]);
                    writer.scope.arrays.push(Array {
                        name: window,
                        len: Len::fixed(2),
                        writable: false,
                        kind: Kind::Slice,
                    });
                    writer.scope.integers.push(Integer { name: k, below: Some(array.len.clone()), low: 0, slack: 1 });
                    writer.without(&array.name, |writer| writer.inside(None, depth));
                });
                self.line("}");
            }
            (5, Some(array), _) => {
                let value = self.without(&array.name, |writer| {
                    writer.scope.scalars.push("*w".into());
                    writer.apart()
                });
                self.line(&format!("{}.iter_mut().for_each(|w| *w = (*w * {value}).sin());", array.name));
            }
            (_, _, Some(array)) => {
                let (items, reference) = self.numbers_of(&array);
                let item = self.name("e");
                let and = if reference && !self.numbers.once_in(3) { "&" } else { "" };
                let read = if reference && and.is_empty() { format!("*{item}") } else { item.clone() };
                self.line(&format!("for {and}{item} in {items} {{"));
                self.scoped(|writer| {
                    writer.scope.scalars.push(read);
                    writer.without(&array.name, |writer| writer.inside(None, depth));
                });
                self.line("}");
            }
            _ => self.assignment_of_value(),
        }
    }

    fn written_items(&mut self, array: &Array, other: Option<&Array>, depth: usize) {
        let (name, item, k) = (array.name.clone(), self.name("e"), self.name("k"));
        let mut more = Vec::new();
        let (mut variable, mut shared) = (None, String::new());
        let rev = ["", ".rev()"][self.numbers.below(2)];
        match self.numbers.below(4) {
            0 => {
                self.line(
                    &format!("for ({k}, {item}) in {name}.iter_mut().enumerate(){rev} {{")
                        .replace(".enumerate().rev()", ".enumerate()"),
                );
                let below = array.len.exact.then(|| array.len.clone());
                variable = Some(Integer { name: k, below, low: 0, slack: 0 });
            }
            1 => {
                let other = other.map_or("x", |other| if other.name == name { "x" } else { &other.name });
                if !self.scope.arrays.iter().any(|held| held.name == other) || other == name {
                    return self.assignment_of_value();
                }
                self.line(&format!("for ({item}, &b) in {name}.iter_mut().zip({other}.iter()) {{"));
                more.push("b".to_string());
                shared = other.to_string();
            }
            2 => self.line(&format!("for {item} in {name}.iter_mut().skip(1) {{")),
            _ => self.line(&format!("for {item} in {name}.iter_mut(){rev} {{")),
        }
        self.lending(&name, |writer| {
            let arrays = writer.scope.arrays.iter_mut();
            arrays.filter(|array| array.name == shared).for_each(|array| array.writable = false);
            writer.scope.scalars.extend(more);
            writer.scope.scalars.extend([format!("*{item}"), format!("*{item}")]);
            writer.scope.mutable.extend([format!("*{item}"), format!("*{item}")]);
            writer.inside(variable, depth);
        });
        self.line("}");
    }
}
