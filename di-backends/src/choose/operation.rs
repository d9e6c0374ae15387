//! What is asked of a prepared object, whichever operator it has.

use super::Operator;
use di_core::ndarray::{ArrayView2, ArrayViewMut2, ShapeError};
use di_core::{
    CurveDerivative, CurveSecondDerivative, CurveShape, Derivative, Error, Gradient, Hessian, Hvp, Jacobian, Pullback,
    Pushforward, Result, Scalar, ScalarShape, SecondDerivative, Shape, UnaryShape, VectorShape,
};

/// Where a candidate is evaluated, with seeds.
#[derive(Clone, Debug)]
pub struct Place<T> {
    pub(super) x: Vec<T>,
    pub(super) dx: Vec<T>,
    pub(super) dy: Vec<T>,
}

/// What a candidate gives: the value, first and second derivatives; matrices are flat, by rows.
#[derive(Clone, Debug)]
pub struct Answer<T>(pub(super) [Vec<T>; 3]);

/// A prepared operator as a trait object, such as `dyn Gradient + Send`: what [`choose`](crate::choose()) returns.
pub trait Operation {
    /// The number that it computes with.
    type Scalar: Scalar;
    /// The shape of the function.
    type Shape: Shape;
    /// Its name.
    const OPERATOR: Operator;

    /// The fullest result: value and all derivatives that the operator gives.
    ///
    /// # Errors
    ///
    /// As the operator's own methods.
    fn evaluate(&mut self, at: &Place<Self::Scalar>, answer: &mut Answer<Self::Scalar>) -> Result<()>;
}

fn matrix<T>(rows: usize, columns: usize, entries: &mut [T]) -> Result<ArrayViewMut2<'_, T>> {
    ArrayViewMut2::from_shape((rows, columns), entries).map_err(|error: ShapeError| Error::backend(error))
}

fn column<T>(entries: &[T]) -> Result<ArrayView2<'_, T>> {
    ArrayView2::from_shape((entries.len(), 1), entries).map_err(|error: ShapeError| Error::backend(error))
}

macro_rules! operations {
    ($($object:ident, $operator:ident of $shape:ty: |$prepared:ident, $at:ident, $y:ident, $first:ident, $second:pat_param|
        $body:expr;)*) => {$(
        impl<T: Scalar> Operation for dyn $object<T> + Send + '_ {
            type Scalar = T;
            type Shape = $shape;
            const OPERATOR: Operator = Operator::$operator;

            fn evaluate(&mut self, $at: &Place<T>, Answer([$y, $first, $second]): &mut Answer<T>) -> Result<()> {
                let $prepared = self;
                $body
            }
        }
    )*};
}

operations! {
    Pushforward, Pushforward of VectorShape: |p, at, y, dy, _| p.value_and_pushforward_into(&at.x, &at.dx, y, dy);
    Pullback, Pullback of VectorShape: |p, at, y, dx, _| p.value_and_pullback_into(&at.x, &at.dy, y, dx);
    Derivative, Derivative of UnaryShape: |p, at, y, dy, _| {
        (y[0], dy[0]) = p.value_and_derivative(at.x[0])?;
        Ok(())
    };
    CurveDerivative, CurveDerivative of CurveShape: |p, at, y, dy, _| p.value_and_derivative_into(at.x[0], y, dy);
    Gradient, Gradient of ScalarShape: |p, at, y, grad, _| {
        y[0] = p.value_and_gradient_into(&at.x, grad)?;
        Ok(())
    };
    Jacobian, Jacobian of VectorShape: |p, at, y, jac, _| {
        let jac = matrix(y.len(), at.x.len(), jac)?;
        p.value_and_jacobian_into(&at.x, y, jac)
    };
    SecondDerivative, SecondDerivative of UnaryShape: |p, at, y, dy, ddy| {
        (y[0], dy[0], ddy[0]) = p.value_derivative_and_second_derivative(at.x[0])?;
        Ok(())
    };
    CurveSecondDerivative, CurveSecondDerivative of CurveShape: |p, at, y, dy, ddy| {
        p.value_derivative_and_second_derivative_into(at.x[0], y, dy, ddy)
    };
    Hvp, Hvp of ScalarShape: |p, at, y, grad, dg| {
        let dg = matrix(at.x.len(), 1, dg)?;
        y[0] = p.evaluate_hvp(&at.x, column(&at.dx)?, Some(grad), dg)?;
        Ok(())
    };
    Hessian, Hessian of ScalarShape: |p, at, y, grad, hess| {
        let hess = matrix(at.x.len(), at.x.len(), hess)?;
        y[0] = p.value_gradient_and_hessian_into(&at.x, grad, hess)?;
        Ok(())
    };
}
