//! Laws of second order.

use super::ask::{close, column, weight};
use super::first::{batch, linear};
use super::trial::Family::{Curves, Scalars};
use super::{Ask, Law, Outcome, Trial};
use crate::scenario::{FunctionShape, Operator};
use di_core::Scalar;

pub(super) fn laws<T: Scalar>() -> Vec<Law<T>> {
    use Operator::{Hessian, Hvp, SecondDerivative};
    vec![
        Law { name: "Hessian in closed form", operator: Hessian, family: Scalars, holds: hessian },
        Law { name: "product with the Hessian in closed form", operator: Hvp, family: Scalars, holds: product },
        Law { name: "second derivative in closed form", operator: SecondDerivative, family: Curves, holds: curve },
        Law { name: "symmetry of the Hessian", operator: Hessian, family: Scalars, holds: symmetry },
        Law { name: "the product is that with the Hessian", operator: Hvp, family: Scalars, holds: product_of_whole },
        Law { name: "symmetry of products", operator: Hvp, family: Scalars, holds: symmetric_products },
        Law { name: "linearity of products", operator: Hvp, family: Scalars, holds: linear_products },
        Law { name: "a batch of products", operator: Hvp, family: Scalars, holds: batch_of_products },
    ]
}

fn hessian<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, .. }: &Trial) -> Outcome {
    let closed = f.second(x).ok_or("no closed form")?;
    close(["the Hessian", "its closed form"], &ask.whole(Operator::Hessian, f, x)?, &closed, ask.allowed(2))
}

fn product<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, tangents: [dx, _], .. }: &Trial) -> Outcome {
    let closed = f.second(x).ok_or("no closed form")?.dot(&column(dx));
    let found = ask.along(Operator::Hvp, f, x, dx)?;
    close(["∇²f dx", "its closed form"], &found, &closed, ask.allowed(2) * weight(dx))
}

fn curve<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, .. }: &Trial) -> Outcome {
    let closed = f.second(x).ok_or("no closed form")?;
    let found = ask.of_shape(Operator::SecondDerivative, FunctionShape::Curve, f, x)?;
    close(["f''", "its closed form"], &found, &closed, ask.allowed(2))
}

fn symmetry<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, .. }: &Trial) -> Outcome {
    let hess = ask.whole(Operator::Hessian, f, x)?;
    close(["the Hessian", "its transpose"], &hess, &hess.t().to_owned(), ask.allowed(2))
}

fn product_of_whole<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, tangents: [dx, _], .. }: &Trial) -> Outcome {
    let product = ask.whole(Operator::Hessian, f, x)?.dot(&column(dx));
    let found = ask.along(Operator::Hvp, f, x, dx)?;
    close(["the product", "the Hessian times dx"], &found, &product, ask.allowed(2) * weight(dx))
}

fn symmetric_products<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, tangents: [s, t], .. }: &Trial) -> Outcome {
    let left = column(t).t().dot(&ask.along(Operator::Hvp, f, x, s)?);
    let right = column(s).t().dot(&ask.along(Operator::Hvp, f, x, t)?);
    close(["⟨t, ∇²f s⟩", "⟨s, ∇²f t⟩"], &left, &right, ask.allowed(2) * weight(s) * weight(t))
}

fn linear_products<T: Scalar>(ask: &Ask<'_, T>, trial: &Trial) -> Outcome {
    linear(ask, Operator::Hvp, trial, &trial.tangents)
}

fn batch_of_products<T: Scalar>(ask: &Ask<'_, T>, trial: &Trial) -> Outcome {
    batch(ask, Operator::Hvp, trial, trial.x.len())
}
