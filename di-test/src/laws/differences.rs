//! Derivatives against differences of what the engine gives one order below.

use super::ask::{close, weight};
use super::trial::Family::{Scalars, Unary, Vectors};
use super::{Ask, Law, Outcome, Trial};
use crate::program::Program;
use crate::scenario::{FunctionShape, Operator};
use di_core::Scalar;

/// What `h²` is multiplied by where a central difference of step `h` stands for a derivative: a third derivative along
/// a seed, relative to the largest second derivative.
const BEND: f64 = 100.0;

pub(super) fn laws<T: Scalar>() -> Vec<Law<T>> {
    use Operator::{Hvp, Pushforward, SecondDerivative};
    vec![
        Law { name: "pushforwards are near differences", operator: Pushforward, family: Vectors, holds: pushforward },
        Law { name: "products are near differences of gradients", operator: Hvp, family: Scalars, holds: product },
        Law {
            name: "second derivatives are near differences of first",
            operator: SecondDerivative,
            family: Unary,
            holds: second,
        },
    ]
}

/// A step that balances the error of first derivatives, which is divided by it, and its own square.
fn step<T: Scalar>(ask: &Ask<'_, T>) -> f64 {
    // A power of two, so that the step is exact.
    ask.first().cbrt().clamp(1.0 / 4096.0, 1.0 / 32.0).log2().round().exp2()
}

fn moved(x: &[f64], dx: &[f64], by: f64) -> Vec<f64> {
    x.iter().zip(dx).map(|(x, dx)| x + by * dx).collect()
}

/// How far a difference may be from a derivative.
fn allowed<T: Scalar>(ask: &Ask<'_, T>, f: &Program, x: &[f64], dx: &[f64], h: f64) -> f64 {
    let weight = weight(dx);
    let bent = f.scales(x)[2] * BEND * (h * weight).powi(2) * weight;
    ask.allowed(2) * weight + ask.allowed(1) / h + bent
}

fn pushforward<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, tangents: [dx, _], .. }: &Trial) -> Outcome {
    let h = step(ask);
    let value = |by: f64| ask.value(Operator::Jacobian, FunctionShape::Vector, f, &moved(x, dx, by));
    let difference = (value(h)? - value(-h)?) / (2.0 * h);
    let found = ask.along(Operator::Pushforward, f, x, dx)?;
    close(["J dx", "the difference of values"], &found, &difference, allowed(ask, f, x, dx, h))
}

fn product<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, tangents: [dx, _], .. }: &Trial) -> Outcome {
    let h = step(ask);
    let gradient = |by: f64| ask.whole(Operator::Gradient, f, &moved(x, dx, by));
    let difference = (gradient(h)? - gradient(-h)?) / (2.0 * h);
    let found = ask.along(Operator::Hvp, f, x, dx)?;
    close(["∇²f dx", "the difference of gradients"], &found, &difference, allowed(ask, f, x, dx, h))
}

fn second<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, .. }: &Trial) -> Outcome {
    let h = step(ask);
    let derivative = |by: f64| ask.of_shape(Operator::Derivative, FunctionShape::Unary, f, &moved(x, &[1.0], by));
    let difference = (derivative(h)? - derivative(-h)?) / (2.0 * h);
    let found = ask.of_shape(Operator::SecondDerivative, FunctionShape::Unary, f, x)?;
    close(["f''", "the difference of derivatives"], &found, &difference, allowed(ask, f, x, &[1.0], h))
}
