//! The routes of an engine agree: one derivative by several operators.

use super::ask::{close, weight};
use super::trial::Family::{Curves, Scalars, Unary, Vectors};
use super::{Ask, Law, Outcome, Trial};
use crate::scenario::{FunctionShape, Operator};
use di_core::Scalar;
use ndarray::Array2;

pub(super) fn laws<T: Scalar>() -> Vec<Law<T>> {
    use Operator::{Derivative, Gradient, Hessian, Jacobian, SecondDerivative};
    vec![
        Law { name: "the Jacobian column by column", operator: Jacobian, family: Vectors, holds: by_columns },
        Law { name: "the Jacobian row by row", operator: Jacobian, family: Vectors, holds: by_rows },
        Law { name: "the gradient is the pullback of one", operator: Gradient, family: Scalars, holds: gradient },
        Law {
            name: "the derivative is the pushforward of one",
            operator: Derivative,
            family: Curves,
            holds: derivative,
        },
        Law { name: "the derivative of one output", operator: Derivative, family: Unary, holds: derivative_of_one },
        Law { name: "the Hessian column by column", operator: Hessian, family: Scalars, holds: hessian_by_columns },
        Law { name: "the second derivative is a product", operator: SecondDerivative, family: Unary, holds: second },
    ]
}

fn by_columns<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, .. }: &Trial) -> Outcome {
    let columns = ask.one_by_one(Operator::Pushforward, f, x, &Array2::eye(x.len()))?;
    close(["the Jacobian", "its columns"], &ask.whole(Operator::Jacobian, f, x)?, &columns, ask.allowed(1))
}

fn by_rows<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, .. }: &Trial) -> Outcome {
    let rows = ask.one_by_one(Operator::Pullback, f, x, &Array2::eye(f.outputs()))?.reversed_axes();
    close(["the Jacobian", "its rows"], &ask.whole(Operator::Jacobian, f, x)?, &rows, ask.allowed(1))
}

fn gradient<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, .. }: &Trial) -> Outcome {
    let back = ask.along(Operator::Pullback, f, x, &[1.0])?;
    close(["the gradient", "the pullback of one"], &ask.whole(Operator::Gradient, f, x)?, &back, ask.allowed(1))
}

fn derivative<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, .. }: &Trial) -> Outcome {
    let found = ask.of_shape(Operator::Derivative, FunctionShape::Curve, f, x)?;
    let forward = ask.along(Operator::Pushforward, f, x, &[1.0])?;
    close(["the derivative", "the pushforward of one"], &found, &forward, ask.allowed(1))
}

fn derivative_of_one<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, .. }: &Trial) -> Outcome {
    let unary = ask.of_shape(Operator::Derivative, FunctionShape::Unary, f, x)?;
    let curve = ask.of_shape(Operator::Derivative, FunctionShape::Curve, f, x)?;
    close(["f' as R → R", "f' as R → R^m"], &unary, &curve, ask.allowed(1))?;
    close(["f'", "the gradient"], &unary, &ask.whole(Operator::Gradient, f, x)?, ask.allowed(1))
}

fn hessian_by_columns<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, .. }: &Trial) -> Outcome {
    let columns = ask.one_by_one(Operator::Hvp, f, x, &Array2::eye(x.len()))?;
    close(["the Hessian", "its columns"], &ask.whole(Operator::Hessian, f, x)?, &columns, ask.allowed(2))
}

fn second<T: Scalar>(ask: &Ask<'_, T>, Trial { f, x, tangents: [dx, _], .. }: &Trial) -> Outcome {
    let unary = ask.of_shape(Operator::SecondDerivative, FunctionShape::Unary, f, x)?;
    let curve = ask.of_shape(Operator::SecondDerivative, FunctionShape::Curve, f, x)?;
    close(["f'' as R → R", "f'' as R → R^m"], &unary, &curve, ask.allowed(2))?;
    close(["f''", "the Hessian"], &unary, &ask.whole(Operator::Hessian, f, x)?, ask.allowed(2))?;
    let product = ask.along(Operator::Hvp, f, x, dx)?;
    close(["f'' dx", "the product"], &(unary * dx[0]), &product, ask.allowed(2) * weight(dx))
}
