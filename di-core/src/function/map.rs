//! One view of the four shapes of function, for engines.

use super::{CurveFn, ScalarFn, UnaryFn, VectorFn};

/// The shape of a function, as a type.
pub trait Shape: Send + Sync + 'static {
    /// What the shape is called in messages.
    const NAME: &'static str;
}

macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident $text:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub enum $name {}

        impl Shape for $name {
            const NAME: &'static str = $text;
        }
    )*};
}

shapes! {
    /// `R → R`, of [`UnaryFn`].
    UnaryShape "R → R";
    /// `R → R^m`, of [`CurveFn`].
    CurveShape "R → R^m";
    /// `R^n → R`, of [`ScalarFn`].
    ScalarShape "R^n → R";
    /// `R^n → R^m`, of [`VectorFn`].
    VectorShape "R^n → R^m";
}

/// A function of shape `S` seen as a map from slice to slice; every function of the four shapes is one.
///
/// Engines bound their functions by it, so that one piece of code serves all shapes.
pub trait Map<S, T> {
    /// The number of outputs for `input_len` inputs.
    fn output_count(&self, input_len: usize) -> usize;

    /// Writes the value at `x` into `y`.
    fn map_into(&self, x: &[T], y: &mut [T]);
}

impl<T: Copy, F: UnaryFn<T>> Map<UnaryShape, T> for F {
    #[inline]
    fn output_count(&self, _input_len: usize) -> usize {
        1
    }

    #[inline]
    fn map_into(&self, x: &[T], y: &mut [T]) {
        y[0] = self.call(x[0]);
    }
}

impl<T: Copy, F: CurveFn<T>> Map<CurveShape, T> for F {
    #[inline]
    fn output_count(&self, _input_len: usize) -> usize {
        self.output_len()
    }

    #[inline]
    fn map_into(&self, x: &[T], y: &mut [T]) {
        self.call_into(x[0], y);
    }
}

impl<T, F: ScalarFn<T>> Map<ScalarShape, T> for F {
    #[inline]
    fn output_count(&self, _input_len: usize) -> usize {
        1
    }

    #[inline]
    fn map_into(&self, x: &[T], y: &mut [T]) {
        y[0] = self.call(x);
    }
}

impl<T, F: VectorFn<T>> Map<VectorShape, T> for F {
    #[inline]
    fn output_count(&self, input_len: usize) -> usize {
        self.output_len(input_len)
    }

    #[inline]
    fn map_into(&self, x: &[T], y: &mut [T]) {
        self.call_into(x, y);
    }
}
