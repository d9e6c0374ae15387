//! Loops.

use super::scope::{Integer, Len, Writer};

impl Writer {
    pub(crate) fn cycle(&mut self, depth: usize) {
        match self.numbers.below(8) {
            0 => self.conditional(depth),
            1 => self.endless(depth),
            _ => self.counted(depth),
        }
    }

    /// A loop with a variable.
    fn counted(&mut self, depth: usize) {
        let len = match self.array() {
            Some(array) if self.numbers.below(3) > 0 => array.len,
            _ => Len::fixed(2 + self.numbers.below(3)),
        };
        let name = self.name("i");
        let variable = |below: Option<Len>, low, slack| Integer { name: name.clone(), below, low, slack };
        let text = len.text.clone();
        let outer: Vec<_> = self.scope.integers.iter().filter(|held| held.below.is_some()).cloned().collect();
        let (range, variable) = match self.numbers.below(12) {
            0 => (format!("(0..{text}).rev()"), variable(Some(len), 0, 0)),
            1 => {
                let step = 2 + self.numbers.below(2);
                (format!("(0..{text}).step_by({step})"), variable(Some(len), 0, 0))
            }
            2 => (format!("1..{text}"), variable(Some(len), 1, 0)),
            3 => (format!("1..{text} - 1"), variable(Some(len), 1, 1)),
            4 => (format!("0..={text} - 1"), variable(Some(len), 0, 0)),
            5 => (format!("(1..={text} - 1).rev()"), variable(Some(len), 1, 0)),
            6 => match self.numbers.pick(&outer) {
                Some(held) => (format!("0..{}", held.name), variable(held.below, 0, 1)),
                None => (format!("0..{text}"), variable(Some(len), 0, 0)),
            },
            7 => match self.numbers.pick(&outer) {
                Some(held) => {
                    let end = held.below.as_ref().map_or_else(String::new, |below| below.text.clone());
                    (format!("{}..{end}", held.name), variable(held.below, held.low, 0))
                }
                None => (format!("0..{text}"), variable(Some(len), 0, 0)),
            },
            8 => match self.numbers.pick(&outer) {
                Some(held) => (format!("(0..={}).rev()", held.name), variable(held.below, 0, held.slack)),
                None => (format!("0..{text} - 1"), variable(Some(len), 0, 1)),
            },
            9 => {
                let end = self.integer();
                (format!("0..({end}) % 4 + 1"), variable(None, 0, 0))
            }
            10 => {
                let (low, high) = (self.integer(), self.integer());
                (format!("({low}) % 3..({high}) % 5"), variable(None, 0, 0))
            }
            _ => (format!("0..{text}"), variable(Some(len), 0, 0)),
        };
        self.line(&format!("for {name} in {range} {{"));
        self.inside(Some(variable), depth);
        self.line("}");
    }

    pub(crate) fn inside(&mut self, variable: Option<Integer>, depth: usize) {
        self.scoped(|writer| {
            writer.scope.integers.extend(variable);
            writer.scope.in_loop = true;
            writer.block(depth);
        });
    }

    fn conditional(&mut self, depth: usize) {
        let (name, target) = (self.name("n"), self.mutable());
        let condition = match self.numbers.below(3) {
            0 => format!("{target} < T::lift(0.8)"),
            1 => self.condition(),
            _ => "true".into(),
        };
        self.line(&format!("let mut {name} = 0usize;"));
        let most = 2 + self.numbers.below(3);
        self.line(&format!("while {name} < {most} && ({condition}) {{\n{name} += 1;"));
        let variable = Integer { name, below: None, low: 1, slack: 0 };
        self.inside(Some(variable), depth);
        self.line("}");
    }

    fn endless(&mut self, depth: usize) {
        let (name, condition) = (self.name("n"), self.condition());
        self.line(&format!("let mut {name} = 0usize;\nloop {{\n{name} += 1;"));
        let stop = format!("if {name} > {} || {condition} {{ break; }}", 2 + self.numbers.below(3));
        let variable = Integer { name, below: None, low: 1, slack: 0 };
        if self.numbers.once_in(2) {
            self.line(&stop);
            self.inside(Some(variable), depth);
        } else {
            self.scoped(|writer| {
                writer.scope.integers.push(variable);
                // `continue` would come past what ends the loop.
                writer.scope.in_loop = false;
                writer.block(depth);
            });
            self.line(&stop);
        }
        self.line("}");
    }
}
