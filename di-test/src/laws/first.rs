//! Laws of first order.

use super::ask::{close, column, weight};
use super::trial::Family::{Curves, Scalars, Unary, Vectors};
use super::{Ask, Law, Outcome, Trial};
use crate::program::Program;
use crate::scenario::{Formula, FunctionShape, Operator};
use di_core::Scalar;
use ndarray::Array2;

pub(super) fn laws<T: Scalar>() -> Vec<Law<T>> {
    use Operator::{Derivative, Gradient, Jacobian, Pullback, Pushforward};
    vec![
        Law { name: "values are those of the function", operator: Jacobian, family: Vectors, holds: values },
        Law { name: "values of one output", operator: Gradient, family: Scalars, holds: values_of_one_output },
        Law { name: "values of one input", operator: Derivative, family: Unary, holds: values_of_one_input },
        Law { name: "Jacobian in closed form", operator: Jacobian, family: Vectors, holds: jacobian },
        Law { name: "gradient in closed form", operator: Gradient, family: Scalars, holds: gradient },
        Law { name: "derivative in closed form", operator: Derivative, family: Curves, holds: derivative },
        Law { name: "adjointness", operator: Pullback, family: Vectors, holds: adjointness },
        Law { name: "linearity in the tangent", operator: Pushforward, family: Vectors, holds: linear_in_tangents },
        Law { name: "linearity in the cotangent", operator: Pullback, family: Vectors, holds: linear_in_cotangents },
        Law { name: "a batch of tangents", operator: Pushforward, family: Vectors, holds: batch_of_tangents },
        Law { name: "a batch of cotangents", operator: Pullback, family: Vectors, holds: batch_of_cotangents },
    ]
}

fn plain(f: &Program, x: &[f64]) -> Array2<f64> {
    column(&Formula::Program(f.clone()).value(x))
}

/// The values of several operators are those of the plain function.
fn values_of<T: Scalar>(
    ask: &Ask<'_, T>,
    Trial { f, x, .. }: &Trial,
    operators: &[(Operator, FunctionShape)],
) -> Outcome {
    operators.iter().try_for_each(|&(operator, shape)| {
        let value = ask.value(operator, shape, f, x)?;
        close([&format!("the value of {operator}"), "f(x)"], &value, &plain(f, x), ask.allowed(0))
    })
}

fn values<T: Scalar>(ask: &Ask<'_, T>, trial: &Trial) -> Outcome {
    let operators = [Operator::Pushforward, Operator::Pullback, Operator::Jacobian];
    values_of(ask, trial, &operators.map(|operator| (operator, FunctionShape::Vector)))
}

fn values_of_one_output<T: Scalar>(ask: &Ask<'_, T>, trial: &Trial) -> Outcome {
    values_of(ask, trial, &[(Operator::Gradient, FunctionShape::Scalar)])
}

fn values_of_one_input<T: Scalar>(ask: &Ask<'_, T>, trial: &Trial) -> Outcome {
    let shapes = [FunctionShape::Unary, FunctionShape::Curve];
    values_of(ask, trial, &shapes.map(|shape| (Operator::Derivative, shape)))
}

fn jacobian<T: Scalar>(
    ask: &Ask<'_, T>,
    Trial { f, x, tangents: [dx, _], cotangents: [dy, _], .. }: &Trial,
) -> Outcome {
    let closed = f.jacobian(x);
    let found = ask.whole(Operator::Jacobian, f, x)?;
    close(["the Jacobian", "its closed form"], &found, &closed, ask.allowed(1))?;
    let forward = ask.along(Operator::Pushforward, f, x, dx)?;
    close(["J dx", "its closed form"], &forward, &closed.dot(&column(dx)), ask.allowed(1) * weight(dx))?;
    let back = ask.along(Operator::Pullback, f, x, dy)?;
    close(["Jᵀ dy", "its closed form"], &back, &closed.t().dot(&column(dy)), ask.allowed(1) * weight(dy))
}

fn gradient<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, .. }: &Trial) -> Outcome {
    let found = ask.whole(Operator::Gradient, f, x)?;
    close(["the gradient", "its closed form"], &found, &f.jacobian(x).reversed_axes(), ask.allowed(1))
}

fn derivative<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, .. }: &Trial) -> Outcome {
    let found = ask.of_shape(Operator::Derivative, FunctionShape::Curve, f, x)?;
    close(["the derivative", "its closed form"], &found, &f.jacobian(x), ask.allowed(1))
}

fn adjointness<T: Scalar>(ask: &Ask<'_, T>, trial: &Trial) -> Outcome {
    let Trial { f, x, tangents: [dx, _], cotangents: [dy, _], .. } = trial;
    let (forward, back) = (ask.along(Operator::Pushforward, f, x, dx)?, ask.along(Operator::Pullback, f, x, dy)?);
    let left = column(dy).t().dot(&forward);
    let right = back.t().dot(&column(dx));
    close(["⟨dy, J dx⟩", "⟨Jᵀ dy, dx⟩"], &left, &right, ask.allowed(1) * weight(dx) * weight(dy))
}

/// `A(a s + b t) = a A s + b A t`.
pub(super) fn linear<T: Scalar>(
    ask: &Ask<'_, T>,
    operator: Operator,
    Trial { f, x, factors: [a, b], .. }: &Trial,
    [s, t]: &[Vec<f64>; 2],
) -> Outcome {
    let combined: Vec<f64> = s.iter().zip(t).map(|(s, t)| a * s + b * t).collect();
    let whole = ask.along(operator, f, x, &combined)?;
    let parts = ask.along(operator, f, x, s)? * *a + ask.along(operator, f, x, t)? * *b;
    let order = if operator.is_second_order() { 2 } else { 1 };
    let weight = weight(&[a.abs() * weight(s), b.abs() * weight(t)]);
    close(["that of a combination", "the combination"], &whole, &parts, ask.allowed(order) * weight)
}

fn linear_in_tangents<T: Scalar>(ask: &Ask<'_, T>, trial: &Trial) -> Outcome {
    linear(ask, Operator::Pushforward, trial, &trial.tangents)
}

fn linear_in_cotangents<T: Scalar>(ask: &Ask<'_, T>, trial: &Trial) -> Outcome {
    linear(ask, Operator::Pullback, trial, &trial.cotangents)
}

/// A batch gives what its seeds give one by one.
pub(super) fn batch<T: Scalar>(
    ask: &Ask<'_, T>,
    operator: Operator,
    Trial { f, x, batch, .. }: &Trial,
    rows: usize,
) -> Outcome {
    let seeds = Array2::from_shape_fn((rows, batch.len()), |(i, j)| batch[j][i]);
    let whole = ask.seeded(operator, f, x, &seeds)?;
    if batch.is_empty() {
        return if whole.is_empty() { Ok(()) } else { Err("no seeds give something".into()) };
    }
    let single = ask.one_by_one(operator, f, x, &seeds)?;
    let order = if operator.is_second_order() { 2 } else { 1 };
    let most = batch.iter().map(|seed| weight(seed)).fold(1.0, f64::max);
    close(["the batch", "one by one"], &whole, &single, ask.allowed(order) * most)
}

fn batch_of_tangents<T: Scalar>(ask: &Ask<'_, T>, trial: &Trial) -> Outcome {
    batch(ask, Operator::Pushforward, trial, trial.x.len())
}

fn batch_of_cotangents<T: Scalar>(ask: &Ask<'_, T>, trial: &Trial) -> Outcome {
    batch(ask, Operator::Pullback, trial, trial.f.outputs())
}
