//! Closures as functions.

use super::{CurveFn, ScalarFn, ScalarShape, UnaryFn, UnaryShape, VectorFn};
use std::marker::PhantomData;

/// A closure `Fn(T) -> T` or `Fn(&[T]) -> T`, by the shape `S`; made by [`from_fn`].
#[derive(Clone, Copy, Debug)]
pub struct FromFn<C, S> {
    closure: C,
    signature: PhantomData<fn() -> S>,
}

/// A closure `Fn(T, &mut [T])` with m outputs; made by [`from_curve`].
#[derive(Clone, Copy, Debug)]
pub struct FromCurve<C, T> {
    outputs: usize,
    closure: C,
    scalar: PhantomData<fn() -> T>,
}

/// A closure `Fn(&[T], &mut [T])` with m outputs; made by [`from_vector_fn`].
#[derive(Clone, Copy, Debug)]
pub struct FromVectorFn<C, T> {
    outputs: usize,
    closure: C,
    scalar: PhantomData<fn() -> T>,
}

/// A closure that [`from_fn`] takes; `S` is its signature: a shape and a scalar.
#[diagnostic::on_unimplemented(
    message = "the closure takes neither one number nor a slice of numbers and returns one of the same type",
    note = "write the types out: `from_fn(|x: f64| …)` or `from_fn(|x: &[f64]| …)`"
)]
pub trait Closure<S> {}

impl<T, C: Fn(T) -> T> Closure<(UnaryShape, T)> for C {}

impl<T, C: Fn(&[T]) -> T> Closure<(ScalarShape, T)> for C {}

/// A closure of one number or of a slice, as [`UnaryFn`] or [`ScalarFn`].
///
/// A closure takes one scalar type: `f64` for finite differences. For other engines write a struct that is generic over
/// its scalar, or lift a generic function by [`scalar_fn!`](crate::scalar_fn).
///
/// ```
/// use di_core::{ScalarFn, from_fn};
///
/// let scale = 3.0;
/// let f = from_fn(move |x: &[f64]| scale * x[0] * x[1]);
/// assert_eq!(f.call(&[2.0, 5.0]), 30.0);
/// ```
pub fn from_fn<C: Closure<S>, S>(closure: C) -> FromFn<C, S> {
    FromFn { closure, signature: PhantomData }
}

/// A closure that writes its `outputs` values into a slice, of one number, as [`CurveFn`].
pub fn from_curve<C: Fn(T, &mut [T]), T>(outputs: usize, closure: C) -> FromCurve<C, T> {
    FromCurve { outputs, closure, scalar: PhantomData }
}

/// A closure that writes its `outputs` values into a slice, as [`VectorFn`].
///
/// ```
/// use di_core::{VectorFn, from_vector_fn};
///
/// let f = from_vector_fn(2, |x: &[f64], y: &mut [f64]| {
///     y[0] = x[0] + x[1];
///     y[1] = x[0] * x[1];
/// });
/// let mut y = [0.0; 2];
/// f.call_into(&[2.0, 5.0], &mut y);
/// assert_eq!(y, [7.0, 10.0]);
/// ```
pub fn from_vector_fn<C: Fn(&[T], &mut [T]), T>(outputs: usize, closure: C) -> FromVectorFn<C, T> {
    FromVectorFn { outputs, closure, scalar: PhantomData }
}

impl<T, C: Fn(T) -> T> UnaryFn<T> for FromFn<C, (UnaryShape, T)> {
    #[inline]
    fn call(&self, x: T) -> T {
        (self.closure)(x)
    }
}

impl<T, C: Fn(&[T]) -> T> ScalarFn<T> for FromFn<C, (ScalarShape, T)> {
    #[inline]
    fn call(&self, x: &[T]) -> T {
        (self.closure)(x)
    }
}

impl<T, C: Fn(T, &mut [T])> CurveFn<T> for FromCurve<C, T> {
    fn output_len(&self) -> usize {
        self.outputs
    }

    #[inline]
    fn call_into(&self, x: T, y: &mut [T]) {
        (self.closure)(x, y);
    }
}

impl<T, C: Fn(&[T], &mut [T])> VectorFn<T> for FromVectorFn<C, T> {
    fn output_len(&self, _input_len: usize) -> usize {
        self.outputs
    }

    #[inline]
    fn call_into(&self, x: &[T], y: &mut [T]) {
        (self.closure)(x, y);
    }
}
