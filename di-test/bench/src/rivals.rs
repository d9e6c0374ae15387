//! Published reverse-mode engines, each used as its documentation shows, with storage kept where it can be.

use crate::{Expression, Problem};
use RustQuant_autodiff::{Accumulate, Gradient, Graph};
use aad::Tape;
use di_backends::num_traits::Float;

/// A row for each engine.
pub fn gradients<R, P: FnMut(&[f64]) -> R>(problem: &mut Problem<'_, P>, f: &impl Expression) {
    problem.row("echidna, eager", |x, grad| {
        grad.copy_from_slice(&echidna::grad(|x| f.evaluate(x, Float::tanh), x));
    });
    let (mut program, _) = echidna::record(|x| f.evaluate(x, Float::tanh), &problem.x());
    let mut adjoints = Vec::new();
    problem.row("echidna, program replayed", |x, grad| {
        grad.copy_from_slice(&program.gradient_with_buf(x, &mut adjoints));
    });
    let graph = Graph::new();
    problem.row("RustQuant", |x, grad| {
        graph.clear();
        let inputs = graph.vars(x);
        grad.copy_from_slice(&f.evaluate(&inputs, RustQuant_autodiff::Variable::tanh).accumulate().wrt(&inputs));
    });
    // It has no way to clear a tape, but one to reserve room.
    let operations = graph.len();
    problem.row("aad", |x, grad| {
        let tape = Tape::with_capacity(operations);
        let inputs: Vec<_> = tape.create_variables_iter(x).collect();
        let gradients =
            f.evaluate(&inputs, aad::Variable::<f64>::tanh).compute_gradients().expect("the result is on the tape");
        for (to, from) in grad.iter_mut().zip(gradients.get_gradients_iter(&inputs)) {
            *to = from.expect("the input is on the tape");
        }
    });
}
