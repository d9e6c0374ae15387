//! What a scenario differentiates, and what it expects.

use super::{Formula, Modifier, Operator, Subject};
use crate::check::Slots;
use ndarray::{Array2, Axis};
use std::fmt;

/// What the checks do to the function that an engine differentiates.
pub trait Instrument {
    /// Changes the constant that the function is multiplied by, if it has one.
    fn set_factor(&mut self, factor: f64);

    /// Calls since the last reset, of this and all clones.
    fn calls(&self) -> usize;

    /// Starts to count at zero.
    fn reset_calls(&self);

    /// Allocations that its calls have made so far, which are not the engine's; those of derivative code are.
    fn own_allocations(&self) -> usize {
        0
    }

    /// Lets the call of the given number, counted from now on and from 1, panic after all its arithmetic; 0 lets none
    /// panic.
    fn panic_at(&self, call: usize);
}

/// Writes the instruments of a function with a counted `formula`, a `factor` and a `fuse`.
macro_rules! instruments {
    ($function:ty) => {
        impl $crate::scenario::Instrument for $function {
            fn set_factor(&mut self, factor: f64) {
                self.factor = factor;
            }

            fn calls(&self) -> usize {
                self.formula.calls()
            }

            fn reset_calls(&self) {
                self.formula.reset();
            }

            fn panic_at(&self, call: usize) {
                self.fuse.set(call);
            }
        }
    };
}
pub(crate) use instruments;

/// A function with instruments, as prepared objects hold it.
pub trait Probe: Instrument + Clone + Send + 'static {}

impl<F: Instrument + Clone + Send + 'static> Probe for F {}

/// A function with the answers that are expected of its derivatives.
pub trait Source: Clone + fmt::Debug {
    /// What engines are given.
    type Subject: Probe;

    /// The function as it is at preparation.
    fn subject(&self, modifier: &Modifier) -> Self::Subject;

    /// The number of outputs for so many inputs.
    fn outputs(&self, inputs: usize) -> usize;

    /// Whether differences approximate the derivatives.
    fn is_smooth(&self) -> bool;

    /// Value, first and second derivatives, as far as the operator has them; `None` where they are not known.
    fn answer(&self, operator: Operator, x: &[f64], seeds: &Array2<f64>) -> Option<Slots<f64>>;
}

impl Source for Formula {
    type Subject = Subject;

    fn subject(&self, modifier: &Modifier) -> Subject {
        Subject::new(self.clone(), modifier)
    }

    fn outputs(&self, inputs: usize) -> usize {
        self.outputs(inputs)
    }

    fn is_smooth(&self) -> bool {
        !matches!(self, Self::Elementary(case) if !case.is_smooth())
    }

    /// By closed forms.
    fn answer(&self, operator: Operator, x: &[f64], seeds: &Array2<f64>) -> Option<Slots<f64>> {
        let value = self.value(x);
        let value = Array2::from_shape_vec((value.len(), 1), value).ok()?;
        let jacobian = self.jacobian(x);
        let column = |row: &Array2<f64>| row.index_axis(Axis(0), 0).to_owned().insert_axis(Axis(1));
        let none = Array2::zeros((0, 0));
        Some(Slots(match operator {
            Operator::Pushforward => [value, product(&jacobian, seeds), none],
            Operator::Pullback => [value, product(&jacobian.reversed_axes(), seeds), none],
            Operator::Derivative | Operator::Jacobian => [value, jacobian, none],
            Operator::Gradient => [value, column(&jacobian), none],
            Operator::SecondDerivative => [value, jacobian, self.second(x)?],
            Operator::Hvp => [value, column(&jacobian), product(&self.second(x)?, seeds)],
            Operator::Hessian => [value, column(&jacobian), self.second(x)?],
        }))
    }
}

/// The product of two matrices; zero times anything is left out, so that a seed of zero hides an infinite derivative.
fn product(a: &Array2<f64>, b: &Array2<f64>) -> Array2<f64> {
    Array2::from_shape_fn((a.nrows(), b.ncols()), |(i, j)| {
        a.row(i).iter().zip(b.column(j)).filter(|(_, b)| **b != 0.0).map(|(a, b)| a * b).sum()
    })
}
