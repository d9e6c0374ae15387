//! One bound for each shape of function, for those who write solvers.

use crate::{
    CurveShape, PrepareDerivative, PrepareGradient, PrepareHessian, PrepareHvp, PrepareJacobian, PreparePullback,
    PreparePushforward, PrepareSecondDerivative, Scalar, UnaryShape,
};

macro_rules! umbrellas {
    ($($(#[$doc:meta])* $name:ident: $($part:ident<$($argument:ty),*>),+;)*) => {$(
        $(#[$doc])*
        pub trait $name<F, T: Scalar = f64>: $($part<$($argument),*> +)+ {}

        impl<B, F, T: Scalar> $name<F, T> for B where B: $($part<$($argument),*> +)+ {}
    )*};
}

umbrellas! {
    /// A backend with every operator for `F: R → R`: derivative and second derivative.
    UnaryBackend: PrepareDerivative<F, T, UnaryShape>, PrepareSecondDerivative<F, T, UnaryShape>;
    /// A backend with every operator for `F: R → R^m`: derivative and second derivative.
    CurveBackend: PrepareDerivative<F, T, CurveShape>, PrepareSecondDerivative<F, T, CurveShape>;
    /// A backend with every operator for `F: R^n → R`: gradient, Hessian-vector product and Hessian.
    ///
    /// ```
    /// use di_core::{Gradient, Hessian, Result, ScalarBackend, Zero, from_fn};
    ///
    /// fn gradient_norm<F>(backend: &impl ScalarBackend<F>, f: F, x: &[f64]) -> Result<f64> {
    ///     let grad = backend.prepare_gradient(f, x)?.gradient(x)?;
    ///     Ok(grad.iter().map(|g| g * g).sum::<f64>().sqrt())
    /// }
    /// assert_eq!(gradient_norm(&Zero, from_fn(|x: &[f64]| x[0]), &[1.0])?, 0.0);
    /// # Ok::<(), di_core::Error>(())
    /// ```
    ScalarBackend: PrepareGradient<F, T>, PrepareHvp<F, T>, PrepareHessian<F, T>;
    /// A backend with every operator for `F: R^n → R^m`: pushforward, pullback and Jacobian.
    VectorBackend: PreparePushforward<F, T>, PreparePullback<F, T>, PrepareJacobian<F, T>;
}
