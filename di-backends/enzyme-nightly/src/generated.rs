//! The functions that Enzyme differentiates, their derivatives, and the checks that stand before each.
//!
//! An attribute adds a function whose body the compiler fills in where the generic is instantiated: in the crate that
//! calls the engine, not here, so that this library builds without Enzyme. In forward mode a shadow is overwritten, in
//! reverse mode it is added to, and the shadow of an output is consumed. Shadows are `Dual` or `Duplicated`, never
//! `DualOnly` or `DuplicatedOnly`: those may drop what the function writes.
//!
//! The compiler checks no length: a shadow shorter than its primal is written past its end, in safe code. So no generated
//! function leaves this module but behind a check.

#![expect(clippy::too_many_arguments, reason = "a generated function takes a shadow for each argument")]

use crate::Number;
use di_core::{Error, Map, Result, ScalarFn};
use std::autodiff::{autodiff_forward, autodiff_reverse};

/// A function of any shape, from slice to slice.
#[autodiff_forward(tangent_duplicated, Dual, Dual, Dual)]
#[autodiff_forward(tangent_constant, Const, Dual, Dual)]
#[autodiff_reverse(adjoint_duplicated, Duplicated, Duplicated, Duplicated)]
#[autodiff_reverse(adjoint_constant, Const, Duplicated, Duplicated)]
fn evaluate<F: Map<S, T>, S, T: Number>(f: &F, x: &[T], y: &mut [T]) {
    f.map_into(x, y);
}

/// A function `R^n → R`; the seed of its value is a number.
#[autodiff_reverse(gradient_duplicated, Duplicated, Duplicated, Active)]
#[autodiff_reverse(gradient_constant, Const, Duplicated, Active)]
fn value<F: ScalarFn<T>, T: Number>(f: &F, x: &[T]) -> T {
    f.call(x)
}

/// A gradient, to be differentiated once more: forward over reverse.
#[autodiff_forward(product_duplicated, Dual, Dual, Dual, Dual, Dual)]
fn gradient_beside<F: ScalarFn<T>, T: Number>(f: &F, shadow: &mut F, x: &[T], dx: &mut [T], y: &mut [T]) {
    y[0] = gradient_duplicated(f, shadow, x, dx, T::one());
}

/// The gradient of a function that is constant.
#[autodiff_forward(product_constant, Const, Dual, Dual, Dual)]
fn gradient_alone<F: ScalarFn<T>, T: Number>(f: &F, x: &[T], dx: &mut [T], y: &mut [T]) {
    y[0] = gradient_constant(f, x, dx, T::one());
}

/// A tangent, to be differentiated once more: forward over forward.
#[autodiff_forward(curvature_duplicated, Dual, Dual, Dual, Dual, Dual, Dual)]
fn tangent_beside<F: Map<S, T>, S, T: Number>(f: &F, shadow: &F, x: &[T], dx: &[T], y: &mut [T], dy: &mut [T]) {
    tangent_duplicated::<F, S, T>(f, shadow, x, dx, y, dy);
}

/// The tangent of a function that is constant.
#[autodiff_forward(curvature_constant, Const, Dual, Dual, Dual, Dual)]
fn tangent_alone<F: Map<S, T>, S, T: Number>(f: &F, x: &[T], dx: &[T], y: &mut [T], dy: &mut [T]) {
    tangent_constant::<F, S, T>(f, x, dx, y, dy);
}

/// Writes the value into `y` and the pushforward of `dx` into `dy`; a function without a shadow is constant.
pub(crate) fn tangent<F: Map<S, T>, S, T: Number>(
    f: &F,
    shadow: Option<&mut F>,
    (x, dx): (&[T], &[T]),
    (y, dy): (&mut [T], &mut [T]),
) -> Result<()> {
    Error::check_length("shadow of `x`", x.len(), dx.len())?;
    Error::check_length("shadow of `y`", y.len(), dy.len())?;
    match shadow {
        Some(shadow) => tangent_duplicated::<F, S, T>(f, shadow, x, dx, y, dy),
        None => tangent_constant::<F, S, T>(f, x, dx, y, dy),
    }
    Ok(())
}

/// Writes the value into `y` and adds the pullback of `dy` to `dx`; `dy` is consumed.
pub(crate) fn adjoint<F: Map<S, T>, S, T: Number>(
    f: &F,
    shadow: Option<&mut F>,
    (x, dx): (&[T], &mut [T]),
    (y, dy): (&mut [T], &mut [T]),
) -> Result<()> {
    Error::check_length("shadow of `x`", x.len(), dx.len())?;
    Error::check_length("shadow of `y`", y.len(), dy.len())?;
    match shadow {
        Some(shadow) => adjoint_duplicated::<F, S, T>(f, shadow, x, dx, y, dy),
        None => adjoint_constant::<F, S, T>(f, x, dx, y, dy),
    }
    Ok(())
}

/// Adds the gradient to `dx` and returns the value.
pub(crate) fn gradient<F: ScalarFn<T>, T: Number>(
    f: &F,
    shadow: Option<&mut F>,
    (x, dx): (&[T], &mut [T]),
) -> Result<T> {
    Error::check_length("shadow of `x`", x.len(), dx.len())?;
    Ok(match shadow {
        Some(shadow) => gradient_duplicated(f, shadow, x, dx, T::one()),
        None => gradient_constant(f, x, dx, T::one()),
    })
}

/// What stands beside a function in second order.
#[derive(Debug)]
pub(crate) struct Shadows<'a, F> {
    /// The inner derivative's shadow of the function.
    pub(crate) inner: &'a mut F,
    /// The outer derivative's shadow of the function.
    pub(crate) outer: &'a mut F,
    /// The outer derivative's shadow of the inner one.
    pub(crate) mixed: &'a mut F,
}

/// Adds the gradient to `grad` and its derivative along `dx` to `dg`, and returns the value.
pub(crate) fn product<F: ScalarFn<T>, T: Number>(
    f: &F,
    shadows: Option<Shadows<'_, F>>,
    (x, dx): (&[T], &[T]),
    (grad, dg): (&mut [T], &mut [T]),
) -> Result<T> {
    for (name, len) in [("shadow of `x`", dx.len()), ("gradient", grad.len()), ("shadow of the gradient", dg.len())] {
        Error::check_length(name, x.len(), len)?;
    }
    let (mut y, mut dy) = ([T::nan()], [T::nan()]);
    match shadows {
        Some(Shadows { inner, outer, mixed }) => {
            product_duplicated(f, outer, inner, mixed, x, dx, grad, dg, &mut y, &mut dy);
        }
        None => product_constant(f, x, dx, grad, dg, &mut y, &mut dy),
    }
    Ok(y[0])
}

/// What a second derivative writes.
#[derive(Debug)]
pub(crate) struct Curvature<'a, T> {
    pub(crate) y: &'a mut [T],
    /// By the inner derivative.
    pub(crate) dy: &'a mut [T],
    /// By the outer derivative.
    pub(crate) outer_dy: &'a mut [T],
    pub(crate) ddy: &'a mut [T],
}

/// Writes value, derivative and second derivative at the point `x` of one entry.
pub(crate) fn curvature<F: Map<S, T>, S, T: Number>(
    f: &F,
    shadows: Option<Shadows<'_, F>>,
    x: T,
    outputs: Curvature<'_, T>,
) -> Result<()> {
    let Curvature { y, dy, outer_dy, ddy } = outputs;
    for (name, len) in [("shadow of `y`", outer_dy.len()), ("derivative", dy.len()), ("second derivative", ddy.len())] {
        Error::check_length(name, y.len(), len)?;
    }
    let (x, one, zero) = (&[x], &[T::one()], &[T::zero()]);
    match shadows {
        Some(Shadows { inner, outer, mixed }) => {
            curvature_duplicated::<F, S, T>(f, outer, inner, mixed, x, one, one, zero, y, outer_dy, dy, ddy);
        }
        None => curvature_constant::<F, S, T>(f, x, one, one, zero, y, outer_dy, dy, ddy),
    }
    Ok(())
}
