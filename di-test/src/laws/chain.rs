//! The chain rule: of a composed function the engine gives the product of what it gives of the parts.

use super::ask::{close, column, weight};
use super::trial::Family::{Scalars, Vectors};
use super::{Ask, Law, Outcome, Trial};
use crate::program::Program;
use crate::scenario::{Formula, Operator};
use di_core::Scalar;

pub(super) fn laws<T: Scalar>() -> Vec<Law<T>> {
    use Operator::{Hessian, Jacobian, Pullback, Pushforward};
    vec![
        Law { name: "chain rule of Jacobians", operator: Jacobian, family: Vectors, holds: jacobians },
        Law { name: "chain rule of pushforwards", operator: Pushforward, family: Vectors, holds: pushforwards },
        Law { name: "chain rule of pullbacks", operator: Pullback, family: Vectors, holds: pullbacks },
        Law { name: "chain rule of Hessians", operator: Hessian, family: Scalars, holds: hessians },
    ]
}

/// The composed function, the value of the inner one, and how much larger errors are than those of the inner one.
fn parts(Trial { f, outer, x, .. }: &Trial) -> Result<(Program, Vec<f64>, f64), String> {
    let composed = f.then(outer).ok_or("the programs do not fit")?;
    let y = Formula::Program(f.clone()).value(x);
    let scale = outer.scales(&y)[2].powi(2) * f.scales(x)[2];
    Ok((composed, y, scale * weight(&vec![1.0; f.outputs()])))
}

fn jacobians<T: Scalar>(ask: &Ask<'_, T>, trial: &Trial) -> Outcome {
    let (composed, y, scale) = parts(trial)?;
    let whole = ask.whole(Operator::Jacobian, &composed, &trial.x)?;
    let inner = ask.whole(Operator::Jacobian, &trial.f, &trial.x)?;
    let product = ask.whole(Operator::Jacobian, &trial.outer, &y)?.dot(&inner);
    close(["J of g∘f", "J_g J_f"], &whole, &product, ask.allowed(1) * scale)
}

fn pushforwards<T: Scalar>(ask: &Ask<'_, T>, trial: &Trial) -> Outcome {
    let (composed, y, scale) = parts(trial)?;
    let dx = &trial.tangents[0];
    let whole = ask.along(Operator::Pushforward, &composed, &trial.x, dx)?;
    let inner = ask.along(Operator::Pushforward, &trial.f, &trial.x, dx)?;
    let both = ask.seeded(Operator::Pushforward, &trial.outer, &y, &inner)?;
    close(["J dx of g∘f", "J_g (J_f dx)"], &whole, &both, ask.allowed(1) * scale * weight(dx))
}

fn pullbacks<T: Scalar>(ask: &Ask<'_, T>, trial: &Trial) -> Outcome {
    let (composed, y, scale) = parts(trial)?;
    let dz = vec![0.5; trial.outer.outputs()];
    let whole = ask.along(Operator::Pullback, &composed, &trial.x, &dz)?;
    let outer = ask.along(Operator::Pullback, &trial.outer, &y, &dz)?;
    let both = ask.seeded(Operator::Pullback, &trial.f, &trial.x, &outer)?;
    close(["Jᵀ dz of g∘f", "J_fᵀ (J_gᵀ dz)"], &whole, &both, ask.allowed(1) * scale * weight(&dz))
}

/// `∇²(g∘f) = g' ∇²f + g'' ∇f ∇fᵀ` for functions of one output.
fn hessians<T: Scalar>(ask: &Ask<'_, T>, trial: &Trial) -> Outcome {
    let (composed, y, scale) = parts(trial)?;
    let whole = ask.whole(Operator::Hessian, &composed, &trial.x)?;
    let (grad, hess) =
        (ask.whole(Operator::Gradient, &trial.f, &trial.x)?, ask.whole(Operator::Hessian, &trial.f, &trial.x)?);
    let first = ask.whole(Operator::Gradient, &trial.outer, &y)?[(0, 0)];
    let second = ask.whole(Operator::Hessian, &trial.outer, &y)?[(0, 0)];
    let parts = hess * first + grad.dot(&grad.t()) * second;
    let product = weight(&column(&[first, second]).into_raw_vec_and_offset().0);
    close(["∇² of g∘f", "g' ∇²f + g'' ∇f ∇fᵀ"], &whole, &parts, ask.allowed(2) * scale * product)
}
