//! Random smooth functions as data: programs of a few operations, with closed-form derivatives.

mod jet;
mod operation;
mod random;

use di_core::{Scalar, Shadow};
use jet::Jet;
use ndarray::Array2;
use std::fmt;

pub use operation::{Binary, Unary};
pub use random::programs;

/// The most values of a program, the constant and the inputs counted.
const MOST: usize = 48;

/// The value before the first input.
const CONSTANT: f64 = 0.75;

/// One operation on values that were computed before, by their numbers: 0 is a constant, then come the inputs, then the
/// results of the steps before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// An operation on one value.
    Unary(Unary, usize),
    /// An operation on two values.
    Binary(Binary, usize, usize),
}

impl Step {
    /// The same operation on other values.
    fn renumbered(self, number: impl Fn(usize) -> usize) -> Self {
        match self {
            Self::Unary(operation, a) => Self::Unary(operation, number(a)),
            Self::Binary(operation, a, b) => Self::Binary(operation, number(a), number(b)),
        }
    }
}

/// A function `R^n → R^m` as a list of operations, smooth everywhere; every operation keeps values of moderate size.
///
/// ```
/// use di_core::VectorFn;
/// use di_test::{Binary, Formula, Program, Step, Unary};
///
/// // y = sin(x_0) · x_1, and x_1 itself; 0 would be a constant, 1 and 2 are the inputs.
/// let program = Program::new(2, &[Step::Binary(Binary::Product, 1, 2)], &[3, 2]);
/// assert_eq!(program.to_string(), "v0 = sin(x0)·x1; y = (v0, x1)");
/// assert_eq!(Formula::Program(program).value(&[0.0, 5.0]), [0.0, 5.0]);
/// ```
#[derive(Clone, PartialEq)]
pub struct Program {
    inputs: usize,
    steps: Vec<Step>,
    outputs: Vec<usize>,
}

impl Program {
    /// The program of these steps, whose outputs are the values of these numbers.
    ///
    /// A number of a value that is not there yet stands for another one, modulo the number of values that are; steps beyond
    /// the 48th value are left out, and inputs beyond the 47th are ignored.
    #[must_use]
    pub fn new(inputs: usize, steps: &[Step], outputs: &[usize]) -> Self {
        let inputs = inputs.min(MOST - 1);
        let first = 1 + inputs;
        let steps: Vec<Step> = steps.iter().copied().take(MOST - first).collect();
        let valid = |(i, step): (usize, &Step)| step.renumbered(|number| number % (first + i));
        let outputs = outputs.iter().map(|number| number % (first + steps.len())).collect();
        Self { inputs, steps: steps.iter().enumerate().map(valid).collect(), outputs }
    }

    /// `outer ∘ self`: the outputs of this program are the inputs of the other.
    ///
    /// `None` if there are not as many, or too many values.
    #[must_use]
    pub fn then(&self, outer: &Self) -> Option<Self> {
        let own = 1 + self.inputs + self.steps.len();
        if outer.inputs != self.outputs.len() || own + outer.steps.len() > MOST {
            return None;
        }
        let number = |number: usize| match number.checked_sub(1) {
            None => 0,
            Some(input) if input < outer.inputs => self.outputs[input],
            Some(later) => own + later - outer.inputs,
        };
        let steps = self.steps.iter().copied().chain(outer.steps.iter().map(|step| step.renumbered(number)));
        let outputs = outer.outputs.iter().map(|&output| number(output)).collect();
        Some(Self { inputs: self.inputs, steps: steps.collect(), outputs })
    }

    /// The number n of inputs.
    #[must_use]
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// The number m of outputs.
    #[must_use]
    pub fn outputs(&self) -> usize {
        self.outputs.len()
    }

    pub(crate) fn call_into<T: Scalar>(&self, x: &[T], y: &mut [T]) {
        let mut values = [T::zero(); MOST];
        values[0] = T::lift(CONSTANT);
        for (value, &x) in values[1..=self.inputs].iter_mut().zip(x) {
            *value = x;
        }
        for (i, step) in (1 + self.inputs..).zip(&self.steps) {
            values[i] = match *step {
                Step::Unary(operation, a) => operation.call(values[a]),
                Step::Binary(operation, a, b) => operation.call(values[a], values[b]),
            };
        }
        for (y, &output) in y.iter_mut().zip(&self.outputs) {
            *y = values[output];
        }
    }

    /// All values with their first and second derivatives in the inputs, by the chain rule written out here.
    fn jets(&self, x: &[f64]) -> Vec<Jet> {
        let mut jets = vec![Jet::constant(CONSTANT, x.len())];
        jets.extend(x.iter().enumerate().take(self.inputs).map(|(i, &x_i)| Jet::input(x_i, i, x.len())));
        for step in &self.steps {
            jets.push(match *step {
                Step::Unary(operation, a) => jets[a].composed(operation.closed(jets[a].value)),
                Step::Binary(operation, a, b) => {
                    jets[a].joined(&jets[b], &operation.closed(jets[a].value, jets[b].value))
                }
            });
        }
        jets
    }

    pub(crate) fn jacobian(&self, x: &[f64]) -> Array2<f64> {
        let jets = self.jets(x);
        Array2::from_shape_fn((self.outputs(), x.len()), |(i, j)| jets[self.outputs[i]].gradient[j])
    }

    pub(crate) fn second(&self, x: &[f64]) -> Option<Array2<f64>> {
        let (jets, n) = (self.jets(x), x.len());
        match self.outputs[..] {
            [output] => Some(Array2::from_shape_fn((n, n), |(i, j)| jets[output].hessian[i * n + j])),
            _ if n == 1 => Some(Array2::from_shape_fn((self.outputs(), 1), |(i, _)| jets[self.outputs[i]].hessian[0])),
            _ => None,
        }
    }

    /// The largest entry of all values, of these and their first derivatives, and of these and their second derivatives, at
    /// least one: what rounding on the way is relative to.
    pub(crate) fn scales(&self, x: &[f64]) -> [f64; 3] {
        let largest = |scale: f64, entries: &[f64]| entries.iter().fold(scale, |scale, entry| scale.max(entry.abs()));
        self.jets(x).iter().fold([1.0; 3], |[zeroth, first, second], jet| {
            let zeroth = zeroth.max(jet.value.abs());
            let first = largest(first.max(zeroth), &jet.gradient);
            [zeroth, first, largest(second.max(first), &jet.hessian)]
        })
    }

    /// The name of a value: `c`, `x0`, …, `v0`, ….
    fn name(&self, number: usize) -> String {
        match number.checked_sub(1) {
            None => CONSTANT.to_string(),
            Some(input) if input < self.inputs => format!("x{input}"),
            Some(later) => format!("v{}", later - self.inputs),
        }
    }
}

/// One assignment for each step that an output needs.
impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = 1 + self.inputs;
        let mut needed = vec![false; first + self.steps.len()];
        self.outputs.iter().for_each(|&output| needed[output] = true);
        for (i, step) in self.steps.iter().enumerate().rev() {
            if needed[first + i] {
                match *step {
                    Step::Unary(_, a) => needed[a] = true,
                    Step::Binary(_, a, b) => (needed[a], needed[b]) = (true, true),
                }
            }
        }
        for (i, step) in self.steps.iter().enumerate() {
            if needed[first + i] {
                let right = match *step {
                    Step::Unary(operation, a) => operation.show(&self.name(a)),
                    Step::Binary(operation, a, b) => operation.show(&self.name(a), &self.name(b)),
                };
                write!(f, "v{i} = {right}; ")?;
            }
        }
        let outputs: Vec<String> = self.outputs.iter().map(|&output| self.name(output)).collect();
        write!(f, "y = ({})", outputs.join(", "))
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} inputs: {self}", self.inputs)
    }
}

/// A program has no memory of its own; its shadow only has the shape of one.
impl Shadow for Program {
    type Shadow = Self;

    fn make_zero(&self) -> Self {
        self.clone()
    }

    fn remake_zero(&self, _shadow: &mut Self) {}
}
