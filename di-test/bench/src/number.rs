//! What the problems ask of a number, so that every engine's can be given to them.

use std::ops::{Add, Mul, Sub};

/// Arithmetic, also with `f64` on the right.
pub trait Number:
    Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
{
}

impl<T> Number for T where
    T: Copy
        + Add<Output = T>
        + Sub<Output = T>
        + Mul<Output = T>
        + Add<f64, Output = T>
        + Sub<f64, Output = T>
        + Mul<f64, Output = T>
{
}

/// A function `R^n → R`, written once for the numbers of all engines.
pub trait Expression {
    /// The value at `x`; `tanh` is the number's own.
    fn evaluate<T: Number>(&self, x: &[T], tanh: impl Fn(T) -> T + Copy) -> T;
}

/// Makes an [`Expression`] a function of the interface.
macro_rules! scalar_function {
    ($type:ty) => {
        impl<T: di_backends::Real> di_backends::ScalarFn<T> for $type {
            #[inline]
            fn call(&self, x: &[T]) -> T {
                $crate::Expression::evaluate(self, x, |x: T| x.tanh())
            }
        }
    };
}
pub(crate) use scalar_function;
