//! Functions that own nothing they write into.

use di_core::{CurveFn, ScalarFn, Shadow, UnaryFn, VectorFn};

/// A function that is declared to write into nothing it owns, so that it needs no shadow: for closures, and for types
/// that one cannot derive [`Shadow`] for.
///
/// Enzyme is given the function as `Const`. The declaration is not checked: the derivative through a buffer that the
/// function owns, a captured `RefCell` among them, is dropped without an error.
///
/// ```
/// use di_core::{PrepareGradient, from_fn};
/// use di_enzyme_nightly::{Constant, Enzyme};
///
/// fn takes<F>(_: F)
/// where
///     Enzyme: PrepareGradient<F>,
/// {
/// }
/// takes(Constant(from_fn(|x: &[f64]| x[0] * x[1])));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Constant<F>(pub F);

impl<F> Shadow for Constant<F> {
    type Shadow = ();

    fn make_zero(&self) {}

    fn remake_zero(&self, (): &mut ()) {}
}

impl<T, F: UnaryFn<T>> UnaryFn<T> for Constant<F> {
    #[inline]
    fn call(&self, x: T) -> T {
        self.0.call(x)
    }
}

impl<T, F: CurveFn<T>> CurveFn<T> for Constant<F> {
    fn output_len(&self) -> usize {
        self.0.output_len()
    }

    #[inline]
    fn call_into(&self, x: T, y: &mut [T]) {
        self.0.call_into(x, y);
    }
}

impl<T, F: ScalarFn<T>> ScalarFn<T> for Constant<F> {
    #[inline]
    fn call(&self, x: &[T]) -> T {
        self.0.call(x)
    }
}

impl<T, F: VectorFn<T>> VectorFn<T> for Constant<F> {
    fn output_len(&self, input_len: usize) -> usize {
        self.0.output_len(input_len)
    }

    #[inline]
    fn call_into(&self, x: &[T], y: &mut [T]) {
        self.0.call_into(x, y);
    }
}
