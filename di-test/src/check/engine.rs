//! All operators of a backend, by the shape of the function.

use super::Operation;
use super::{derivative, gradient, hessian, hvp, jacobian, pullback, pushforward, second_derivative};
use crate::scenario::{FunctionShape, Operator, Probe, Subject};
use di_core::{
    Backend, CurveBackend, CurveShape, PrepareHessian, PrepareHvp, PrepareSecondDerivative, Scalar, ScalarBackend,
    ScalarShape, UnaryBackend, UnaryShape, VectorBackend, VectorShape,
};

/// Operators of a backend, each with the shape of function that it takes if it is not any.
pub type Operations<T, F = Subject> = Vec<(Operator, Option<FunctionShape>, Box<dyn Operation<T, F>>)>;

/// A backend with every operator for functions of the type `F` and the shape `S`.
pub trait Operators<F, T: Scalar, S>: Backend {
    /// All of them.
    fn operations(&self) -> Operations<T, F>;
}

impl<B, F: Probe, T: Scalar> Operators<F, T, UnaryShape> for B
where
    B: UnaryBackend<F, T> + PrepareSecondDerivative<F, T, UnaryShape, Function: Clone + Send + 'static>,
{
    fn operations(&self) -> Operations<T, F> {
        let (first, second) = (derivative::OfUnary(self.clone()), second_derivative::OfUnary(self.clone()));
        vec![
            (Operator::Derivative, Some(FunctionShape::Unary), Box::new(first)),
            (Operator::SecondDerivative, Some(FunctionShape::Unary), Box::new(second)),
        ]
    }
}

impl<B, F: Probe, T: Scalar> Operators<F, T, CurveShape> for B
where
    B: CurveBackend<F, T> + PrepareSecondDerivative<F, T, CurveShape, Function: Clone + Send + 'static>,
{
    fn operations(&self) -> Operations<T, F> {
        let (first, second) = (derivative::OfCurve(self.clone()), second_derivative::OfCurve(self.clone()));
        vec![
            (Operator::Derivative, Some(FunctionShape::Curve), Box::new(first)),
            (Operator::SecondDerivative, Some(FunctionShape::Curve), Box::new(second)),
        ]
    }
}

impl<B, F: Probe, T: Scalar> Operators<F, T, ScalarShape> for B
where
    B: ScalarBackend<F, T>
        + PrepareHvp<F, T, Function: Clone + Send + 'static>
        + PrepareHessian<F, T, Function: Clone + Send + 'static>,
{
    fn operations(&self) -> Operations<T, F> {
        vec![
            (Operator::Gradient, None, Box::new(gradient::Of(self.clone()))),
            (Operator::Hvp, None, Box::new(hvp::Of(self.clone()))),
            (Operator::Hessian, None, Box::new(hessian::Of(self.clone()))),
        ]
    }
}

impl<B: VectorBackend<F, T>, F: Probe, T: Scalar> Operators<F, T, VectorShape> for B {
    fn operations(&self) -> Operations<T, F> {
        vec![
            (Operator::Pushforward, None, Box::new(pushforward::Of(self.clone()))),
            (Operator::Pullback, None, Box::new(pullback::Of(self.clone()))),
            (Operator::Jacobian, None, Box::new(jacobian::Of(self.clone()))),
        ]
    }
}

/// A backend with every operator for the suite's functions, which have all shapes.
pub trait Engine<T: Scalar>:
    Operators<Subject, T, UnaryShape>
    + Operators<Subject, T, CurveShape>
    + Operators<Subject, T, ScalarShape>
    + Operators<Subject, T, VectorShape>
{
}

impl<B, T: Scalar> Engine<T> for B where
    B: Operators<Subject, T, UnaryShape>
        + Operators<Subject, T, CurveShape>
        + Operators<Subject, T, ScalarShape>
        + Operators<Subject, T, VectorShape>
{
}

/// All operators of a backend.
pub fn operations<B: Engine<T>, T: Scalar>(backend: &B) -> Operations<T> {
    let mut all = Operators::<Subject, T, UnaryShape>::operations(backend);
    all.extend(Operators::<Subject, T, CurveShape>::operations(backend));
    all.extend(Operators::<Subject, T, ScalarShape>::operations(backend));
    all.extend(Operators::<Subject, T, VectorShape>::operations(backend));
    all
}
