//! The generator of programs.

mod branch;
mod call;
mod condition;
mod cycle;
mod expression;
mod function;
mod index;
mod iterator;
mod memory;
mod numbers;
mod scope;
mod statement;
mod structure;
mod sums;

use numbers::Numbers;
use scope::{Returns, Scope, Writer};
use std::fmt::Write;

/// The text of a program, and what shape it has.
pub(crate) struct Program {
    pub(crate) text: String,
    pub(crate) is_vector: bool,
    /// Whether it runs with plain `f32` too.
    pub(crate) lifted: bool,
}

/// A program by its seed and the number in its type.
pub(crate) fn program(seed: u64, number: u64) -> Program {
    let mut numbers = Numbers::new(seed);
    let (is_vector, lifted) = (numbers.below(5) < 2, numbers.once_in(6));
    let mut writer = Writer {
        numbers,
        out: String::new(),
        scope: Scope::default(),
        lifted,
        callees: call::library(),
        returns: Returns::Number,
        names: 0,
        budget: 0,
    };
    let bound = if lifted { "Scalar" } else { "Real" };
    let mut text = String::new();
    for helper in 0..writer.numbers.below(3) {
        text += &writer.helper(number, helper, bound);
    }
    let shape = if is_vector { "VectorFn" } else { "ScalarFn" };
    let body = match is_vector {
        true => writer.vector(),
        false if writer.numbers.once_in(3) => writer.sums(),
        false => writer.scalar(),
    };
    let method = if is_vector { "call_into(&self, x: &[T], y: &mut [T])" } else { "call(&self, x: &[T]) -> T" };
    let _ = write!(text, "#[differentiable]\nimpl<T: {bound}> {shape}<T> for Program<{number}> {{\n");
    if is_vector {
        let len = ["n", "3", "n + 1"][writer.numbers.below(3)];
        let _ = writeln!(text, "fn output_len(&self, n: usize) -> usize {{ {len} }}");
    }
    let _ = write!(text, "fn {method} {{\n{body}}}\n}}\n");
    Program { text, is_vector, lifted }
}
