//! What is differentiated: functions, generic over their scalar.
//!
//! # For callers
//!
//! Implement one of four traits once, for every `T: Real`, on a struct whose fields are the function's constants:
//!
//! | trait | shape |
//! | --- | --- |
//! | [`UnaryFn`] | `R → R` |
//! | [`CurveFn`] | `R → R^m` |
//! | [`ScalarFn`] | `R^n → R` |
//! | [`VectorFn`] | `R^n → R^m` |
//!
//! Closures enter by [`from_fn`], [`from_curve`] and [`from_vector_fn`], generic functions by [`scalar_fn!`](crate::scalar_fn),
//! [`unary_fn!`](crate::unary_fn) and [`vector_fn!`](crate::vector_fn). A reference to a function is a function.
//!
//! # What a function must do, and what comes of it if it does not
//!
//! At one point a function writes every output before it reads it, as many of them as `output_len` says, and the same numbers
//! each time. What it does otherwise is never undefined behaviour, and gives no wrong derivative but where the table says so:
//!
//! | the function | what comes of it |
//! | --- | --- |
//! | leaves an output unwritten | an error that leaves results as they were, or NaN: for the output, for its row of derivatives, and for what is pulled back from it. Derivative code that the function comes with pulls back from the other outputs: the row is then zero |
//! | reads an output before it writes it | unspecified numbers, as what outputs hold on entry is; of code that `#[differentiable]` writes, what it reads is NaN |
//! | gives or is given NaN or an infinity | what depends on it is not finite, or zero where the derivative is; other outputs, other seeds of the batch and later calls are right |
//! | has another number of outputs than at preparation | nothing, as long as it is not reached by `function_mut`: it is called for as many outputs as before. After `function_mut` an [`Error::Length`](crate::Error::Length) of `outputs of the function`, until it has as many as before; `resize` adapts to the new number |
//! | panics, in a call, in preparation or in `resize` | the panic reaches the caller. Results are unspecified; the prepared object, its clones and the backend are as before, and after a panic in `resize` as long as before |
//! | differentiates, by the same engine or another, while it is differentiated | both are right, as deep as the engine nests: numbers that are plain inside are constants outside, the engine's numbers are differentiated once more |
//! | takes more memory than there is | as everywhere in Rust, the process ends |
//!
//! Prepared objects can go from thread to thread and be dropped on any; what is fixed at a point (`at`) can be dropped or
//! forgotten at any time. All memory is given back when a prepared object is dropped, but for buffers that a thread keeps for
//! its next evaluation of derivative code ([`storage`](crate::storage)), and a list of identifiers that all tapes share.
//!
//! # For backend authors
//!
//! Fill outputs with [`unwritten`] before the function is called. Bound the function by [`Map`], which all four shapes are, and name the shape by a parameter.

mod counted;
mod from_fn;
mod lift;
mod map;
mod unwritten;

pub use counted::Counted;
pub use from_fn::{Closure, FromCurve, FromFn, FromVectorFn, from_curve, from_fn, from_vector_fn};
pub use map::{CurveShape, Map, ScalarShape, Shape, UnaryShape, VectorShape};
pub use unwritten::unwritten;

/// A function `R → R`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a function R → R of the scalar `{T}`",
    label = "cannot be called with `{T}`",
    note = "a backend calls the function with its own scalars: write it once for all, `impl<T: Real> UnaryFn<T> for …`, or lift a generic function by `unary_fn!`",
    note = "in a generic function bound the backend by `UnaryBackend<F>`, which asks the function for what the backend needs",
    note = "wrap a closure: `from_fn(|x: f64| …)`; it takes one scalar only, so closures of plain `f64` suit finite differences"
)]
pub trait UnaryFn<T> {
    /// The value at `x`.
    fn call(&self, x: T) -> T;
}

/// A function `R → R^m`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a function R → R^m of the scalar `{T}`",
    label = "cannot be called with `{T}`",
    note = "a backend calls the function with its own scalars: write it once for all, `impl<T: Real> CurveFn<T> for …`",
    note = "in a generic function bound the backend by `CurveBackend<F>`, which asks the function for what the backend needs",
    note = "wrap a closure: `from_curve(m, |x: f64, y: &mut [f64]| …)`; it takes one scalar only, so closures of plain `f64` suit finite differences"
)]
pub trait CurveFn<T> {
    /// The number m of outputs.
    fn output_len(&self) -> usize;

    /// Writes the value at `x` into `y`, all m entries of it; what `y` holds on entry is unspecified.
    fn call_into(&self, x: T, y: &mut [T]);
}

/// A function `R^n → R`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a function R^n → R of the scalar `{T}`",
    label = "cannot be called with `{T}`",
    note = "a backend calls the function with its own scalars: write it once for all, `impl<T: Real> ScalarFn<T> for …`, or lift a generic function by `scalar_fn!`",
    note = "in a generic function bound the backend by `ScalarBackend<F>`, which asks the function for what the backend needs",
    note = "wrap a closure: `from_fn(|x: &[f64]| …)`; it takes one scalar only, so closures of plain `f64` suit finite differences"
)]
pub trait ScalarFn<T> {
    /// The value at `x`.
    fn call(&self, x: &[T]) -> T;
}

/// A function `R^n → R^m`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a function R^n → R^m of the scalar `{T}`",
    label = "cannot be called with `{T}`",
    note = "a backend calls the function with its own scalars: write it once for all, `impl<T: Real> VectorFn<T> for …`, or lift a generic function by `vector_fn!`",
    note = "in a generic function bound the backend by `VectorBackend<F>`, which asks the function for what the backend needs",
    note = "wrap a closure: `from_vector_fn(m, |x: &[f64], y: &mut [f64]| …)`; it takes one scalar only, so closures of plain `f64` suit finite differences"
)]
pub trait VectorFn<T> {
    /// The number m of outputs for `input_len` inputs.
    fn output_len(&self, input_len: usize) -> usize;

    /// Writes the value at `x` into `y`, all m entries of it; what `y` holds on entry is unspecified.
    fn call_into(&self, x: &[T], y: &mut [T]);
}

impl<T, F: UnaryFn<T> + ?Sized> UnaryFn<T> for &F {
    #[inline]
    fn call(&self, x: T) -> T {
        (**self).call(x)
    }
}

impl<T, F: CurveFn<T> + ?Sized> CurveFn<T> for &F {
    fn output_len(&self) -> usize {
        (**self).output_len()
    }

    #[inline]
    fn call_into(&self, x: T, y: &mut [T]) {
        (**self).call_into(x, y);
    }
}

impl<T, F: ScalarFn<T> + ?Sized> ScalarFn<T> for &F {
    #[inline]
    fn call(&self, x: &[T]) -> T {
        (**self).call(x)
    }
}

impl<T, F: VectorFn<T> + ?Sized> VectorFn<T> for &F {
    fn output_len(&self, input_len: usize) -> usize {
        (**self).output_len(input_len)
    }

    #[inline]
    fn call_into(&self, x: &[T], y: &mut [T]) {
        (**self).call_into(x, y);
    }
}
