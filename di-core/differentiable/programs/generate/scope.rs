//! What a program has in scope at a place, and the text so far.

use super::numbers::Numbers;
use std::fmt::Write;

/// A length: its text, and what it is at least.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Len {
    pub(crate) text: String,
    pub(crate) least: usize,
    /// Whether it is exactly that.
    pub(crate) exact: bool,
}

impl Len {
    pub(crate) fn fixed(len: usize) -> Self {
        Self { text: len.to_string(), least: len, exact: true }
    }

    pub(crate) fn named(text: &str, least: usize) -> Self {
        Self { text: text.into(), least, exact: false }
    }
}

/// What a name of several numbers is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Slice,
    Array,
    Vector,
    Buffer,
}

#[derive(Clone, Debug)]
pub(crate) struct Array {
    pub(crate) name: String,
    pub(crate) len: Len,
    pub(crate) writable: bool,
    pub(crate) kind: Kind,
}

/// An integer that is at least `low` and less than a length by at least `slack + 1`.
#[derive(Clone, Debug)]
pub(crate) struct Integer {
    pub(crate) name: String,
    pub(crate) below: Option<Len>,
    pub(crate) low: usize,
    pub(crate) slack: usize,
}

/// A closure of so many numbers.
#[derive(Clone, Debug)]
pub(crate) struct Closure {
    pub(crate) name: String,
    pub(crate) arguments: usize,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    /// Numbers that can be read.
    pub(crate) scalars: Vec<String>,
    /// Numbers that can be assigned.
    pub(crate) mutable: Vec<String>,
    pub(crate) arrays: Vec<Array>,
    /// Nested arrays with their numbers of rows and columns.
    pub(crate) nested: Vec<(String, usize, usize)>,
    pub(crate) integers: Vec<Integer>,
    /// Passive arrays of four integers, which are written into.
    pub(crate) orders: Vec<String>,
    /// Integers that are counted up.
    pub(crate) counters: Vec<String>,
    pub(crate) closures: Vec<Closure>,
    /// Whether a loop is around, so that it can be left.
    pub(crate) in_loop: bool,
    /// Whether the function has `self`.
    pub(crate) has_self: bool,
}

/// How a function of the program is called.
#[derive(Clone, Debug)]
pub(crate) struct Callee {
    /// With `self.` before it, of a method.
    pub(crate) path: String,
    /// What it takes, in order.
    pub(crate) takes: Vec<Takes>,
    /// How many numbers it returns, and whether as an array.
    pub(crate) returns: Returns,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Takes {
    Number,
    Pair,
    Triple,
    Shared,
    Mutable,
    Integer,
    Passive,
    Order,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Returns {
    Nothing,
    Number,
    Pair,
    Triple,
    /// A number and an array of two.
    Mixed,
}

pub(crate) struct Writer {
    pub(crate) numbers: Numbers,
    pub(crate) out: String,
    pub(crate) scope: Scope,
    /// Whether constants are written by `T::lift`, so that plain `f32` will do.
    pub(crate) lifted: bool,
    pub(crate) callees: Vec<Callee>,
    pub(crate) returns: Returns,
    pub(crate) names: usize,
    /// Statements that may still be written.
    pub(crate) budget: usize,
}

impl Writer {
    pub(crate) fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "{text}");
    }

    pub(crate) fn name(&mut self, hint: &str) -> String {
        self.names += 1;
        format!("{hint}{}", self.names)
    }

    /// A constant on the right of an operator.
    pub(crate) fn constant(&self, text: &str) -> String {
        if self.lifted { format!("T::lift({text})") } else { text.into() }
    }

    /// Does something in a scope of its own.
    pub(crate) fn scoped<R>(&mut self, inside: impl FnOnce(&mut Self) -> R) -> R {
        let saved = self.scope.clone();
        let result = inside(self);
        self.scope = saved;
        result
    }

    /// Does something while an array is borrowed.
    pub(crate) fn without<R>(&mut self, array: &str, inside: impl FnOnce(&mut Self) -> R) -> R {
        self.scoped(|writer| {
            writer.scope.arrays.retain(|held| held.name != array);
            inside(writer)
        })
    }

    /// Without an array that is borrowed to be written into: its length cannot be asked for either.
    pub(crate) fn lending<R>(&mut self, array: &str, inside: impl FnOnce(&mut Self) -> R) -> R {
        let len = format!("{array}.len()");
        self.without(array, |writer| {
            let is_lent = |held: &Len| held.text == len;
            writer.scope.arrays.retain(|held| !is_lent(&held.len));
            writer
                .scope
                .integers
                .iter_mut()
                .for_each(|held| held.below = held.below.take().filter(|below| !is_lent(below)));
            inside(writer)
        })
    }

    pub(crate) fn array(&mut self) -> Option<Array> {
        let arrays = self.scope.arrays.clone();
        self.numbers.pick(&arrays)
    }

    pub(crate) fn writable(&mut self) -> Option<Array> {
        let arrays: Vec<_> = self.scope.arrays.iter().filter(|array| array.writable).cloned().collect();
        self.numbers.pick(&arrays)
    }

    pub(crate) fn mutable(&mut self) -> String {
        let mutable = self.scope.mutable.clone();
        self.numbers.pick(&mutable).unwrap_or_else(|| "s".into())
    }
}
