//! The operators that an engine can be chosen for.

use super::decide::decide;
use super::{Candidates, Choose, ChooseError, Chosen};
use di_core::{
    CurveDerivative, CurveFn, CurveSecondDerivative, Derivative, Gradient, Hessian, Hvp, Jacobian, Pullback,
    Pushforward, Scalar, ScalarFn, SecondDerivative, UnaryFn, VectorFn,
};
use std::slice;

macro_rules! operators {
    (of $shape:ident: $($(#[$doc:meta])* $method:ident -> $object:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        ///
        #[doc = "[`ChooseError`]: candidates disagree, all of them fail, or there is none; a decision or an option does not fit."]
        pub fn $method<'f>(self) -> Result<Chosen<dyn $object<T> + Send + 'f>, ChooseError>
        where
            F: $shape<T> + Clone + 'f,
            D: Candidates<F, dyn $object<T> + Send + 'f>,
            E: Candidates<F, dyn $object<T> + Send + 'f>,
        {
            let mut entries = Vec::new();
            self.defaults.list(&mut entries);
            self.others.list(&mut entries);
            decide(self.f, Point::inputs(&self.x), entries, self.options)
        }
    )*};
}

/// Where a function is, as the inputs of a map.
trait Point<T> {
    fn inputs(&self) -> &[T];
}

impl<T> Point<T> for &[T] {
    fn inputs(&self) -> &[T] {
        self
    }
}

impl<T: Scalar> Point<T> for T {
    fn inputs(&self) -> &[T] {
        slice::from_ref(self)
    }
}

impl<F, T: Scalar, D, E> Choose<F, &[T], D, E> {
    operators! { of VectorFn:
        /// Chooses for `J·dx`, one tangent at a time.
        pushforward -> Pushforward;
        /// Chooses for `Jᵀ·dy`, one cotangent at a time.
        pullback -> Pullback;
        /// Chooses for the Jacobian, value included.
        jacobian -> Jacobian;
    }
    operators! { of ScalarFn:
        /// Chooses for the gradient, value included.
        gradient -> Gradient;
        /// Chooses for `H·dx`, one tangent at a time, value and gradient included.
        hvp -> Hvp;
        /// Chooses for the Hessian, value and gradient included.
        hessian -> Hessian;
    }
}

impl<F, T: Scalar, D, E> Choose<F, T, D, E> {
    operators! { of UnaryFn:
        /// Chooses for the derivative of a function `R → R`, value included.
        derivative -> Derivative;
        /// Chooses for the second derivative of a function `R → R`, value and derivative included.
        second_derivative -> SecondDerivative;
    }
    operators! { of CurveFn:
        /// Chooses for the derivative of a function `R → R^m`, value included.
        curve_derivative -> CurveDerivative;
        /// Chooses for the second derivative of a function `R → R^m`, value and derivative included.
        curve_second_derivative -> CurveSecondDerivative;
    }
}
