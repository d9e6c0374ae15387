//! Random programs.

use super::{Binary, Program, Step, Unary};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::sample::select;

/// The most steps of a random program.
const STEPS: usize = 12;

/// How far back an operand may be; further than there are values, it wraps around.
const REACH: usize = 16;

/// Random programs with so many inputs and outputs; they shrink to fewer steps and to operands that stand nearer.
pub fn programs(inputs: usize, outputs: usize) -> impl Strategy<Value = Program> {
    let output = 0..6_usize;
    (vec(steps(), 1..=STEPS), vec(output, outputs)).prop_map(move |(steps, outputs)| {
        let first = 1 + inputs;
        let back = |known: usize, distance: usize| known - 1 - distance % known;
        let steps: Vec<Step> =
            (first..).zip(steps).map(|(known, step)| step.renumbered(|distance| back(known, distance))).collect();
        let outputs: Vec<usize> = outputs.into_iter().map(|distance| back(first + steps.len(), distance)).collect();
        Program::new(inputs, &steps, &outputs)
    })
}

/// A step whose operands are counted back from it.
fn steps() -> impl Strategy<Value = Step> {
    let distance = || 0..REACH;
    prop_oneof![
        (unary(), distance()).prop_map(|(operation, a)| Step::Unary(operation, a)),
        (binary(), distance(), distance()).prop_map(|(operation, a, b)| Step::Binary(operation, a, b)),
    ]
}

fn unary() -> impl Strategy<Value = Unary> {
    use Unary::{Atan, Bell, Cos, Cube, ExpSin, Log, Negative, Power, Root, Scale, Shift, Sin, Tanh};
    let constant = || (-64_i8..=64).prop_map(|c| f64::from(c) / 64.0);
    prop_oneof![
        10 => select(vec![Sin, Cos, Tanh, Atan, ExpSin, Bell, Root, Log, Cube, Power]),
        1 => Just(Negative),
        1 => constant().prop_map(Shift),
        1 => constant().prop_map(Scale),
    ]
}

fn binary() -> impl Strategy<Value = Binary> {
    use Binary::{Angle, Combination, Difference, Dot, Length, Local, Product, Quotient, Sum, Total};
    select(vec![Sum, Difference, Product, Quotient, Length, Angle, Combination, Dot, Total, Local])
}
