//! Second derivative: of functions of one variable, `R → R` and `R → R^m`.

use super::prepared::{Encloses, Preparation, prepared_access};
use crate::{Backend, CurveShape, Error, Result, Scalar, Shape, UnaryShape, Workspace};
use std::marker::PhantomData;

/// A backend that can prepare second derivatives of `F`, of shape [`UnaryShape`] or [`CurveShape`].
///
/// # For backend authors
///
/// Derive it by `impl DerivedSecondDerivative for … { type Route = Nested; }`, or implement `enclose` (by returning `f`),
/// `init` and `compute`; one implementation serves both shapes.
#[diagnostic::on_unimplemented(
    message = "backend `{Self}` has no second derivative of `{F}` with scalar `{T}`",
    note = "the function must be callable with the backend's own scalars, nested: write it once for all, `impl<T: Real> UnaryFn<T> for …`",
    note = "generic code bounds the backend by `UnaryBackend<F>` or `CurveBackend<F>`, which has every operator",
    note = "combine two backends by `SecondOrder {{ outer, inner }}`"
)]
pub trait PrepareSecondDerivative<F, T: Scalar = f64, S = UnaryShape>: Backend {
    /// What is held in the place of `F`: `F` itself, or a function made of it, such as its derivative.
    type Function: Encloses<F>;
    /// What the engine keeps between calls.
    type Workspace: Workspace;

    /// Takes the function.
    fn enclose_second_derivative(&self, f: F) -> Self::Function;

    /// Sizes the buffers, without evaluating `f`; returns the number of outputs.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] or [`Error::Option`] if the backend cannot do this.
    fn init_second_derivative(&self, f: &Self::Function, x: T, workspace: &mut Self::Workspace) -> Result<usize>;

    /// Writes the second derivative into `ddy`, and value and first derivative, if wanted, without allocating.
    ///
    /// # Errors
    ///
    /// [`Error::Backend`] if the engine fails; outputs are then unchanged.
    fn compute_second_derivative(
        &self,
        f: &Self::Function,
        workspace: &mut Self::Workspace,
        x: T,
        y: Option<&mut [T]>,
        dy: Option<&mut [T]>,
        ddy: &mut [T],
    ) -> Result<()>;

    /// Prepares for any point; `x` is one at which `f` can be evaluated.
    ///
    /// # Cost
    ///
    /// One second derivative.
    ///
    /// # Errors
    ///
    /// As [`init_second_derivative`](Self::init_second_derivative) and
    /// [`compute_second_derivative`](Self::compute_second_derivative).
    fn prepare_second_derivative(&self, f: F, x: T) -> Result<PreparedSecondDerivative<Self, F, T, S>> {
        let core = Preparation::new(self.clone(), self.enclose_second_derivative(f), 1, |b, f, w| {
            let outputs = b.init_second_derivative(f, x, w)?;
            b.compute_second_derivative(f, w, x, None, None, &mut vec![T::zero(); outputs])?;
            Ok(outputs)
        })?;
        Ok(PreparedSecondDerivative { core, marker: PhantomData, shape: PhantomData })
    }
}

/// A prepared second derivative of a function `R → R`.
///
/// ```math
/// f''(x) = \frac{d^2 f}{d x^2}(x)
/// ```
pub trait SecondDerivative<T = f64> {
    /// `f(x)`, the derivative and the second derivative of `f` at `x`.
    ///
    /// # Cost
    ///
    /// One evaluation of `f` with second-order scalars (differences: three), lower derivatives included. Allocates nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Backend`] if the engine fails.
    ///
    /// # References
    ///
    /// Griewank and Walther, *Evaluating Derivatives*, 2nd ed. (2008), section 13.2 (Taylor arithmetic).
    fn value_derivative_and_second_derivative(&mut self, x: T) -> Result<(T, T, T)>;

    /// The second derivative of `f` at `x`.
    ///
    /// # Errors
    ///
    /// As [`value_derivative_and_second_derivative`](Self::value_derivative_and_second_derivative).
    fn second_derivative(&mut self, x: T) -> Result<T> {
        self.value_derivative_and_second_derivative(x).map(|(_, _, ddy)| ddy)
    }
}

/// A prepared second derivative of a function `R → R^m`.
///
/// ```math
/// f''(x)_i = \frac{d^2 f_i}{d x^2}(x)
/// ```
pub trait CurveSecondDerivative<T = f64> {
    /// The number m of outputs.
    fn output_len(&self) -> usize;

    /// Writes the second derivative of `f` at `x` into `ddy`, and `f(x)` into `y` and the derivative into `dy`, if
    /// wanted.
    ///
    /// | argument | length | role |
    /// | --- | --- | --- |
    /// | `x` | | the point |
    /// | `y`, `dy`, `ddy` | m | overwritten |
    ///
    /// # Cost
    ///
    /// One evaluation of `f` with second-order scalars (differences: three), lower derivatives included. Allocates nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] naming the argument whose length does not fit; outputs are then unchanged.
    ///
    /// # References
    ///
    /// Griewank and Walther, *Evaluating Derivatives*, 2nd ed. (2008), section 13.2.
    fn evaluate_second_derivative(
        &mut self,
        x: T,
        y: Option<&mut [T]>,
        dy: Option<&mut [T]>,
        ddy: &mut [T],
    ) -> Result<()>;

    /// Writes `f(x)` into `y`, the derivative into `dy` and the second derivative into `ddy`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_second_derivative`](Self::evaluate_second_derivative).
    fn value_derivative_and_second_derivative_into(
        &mut self,
        x: T,
        y: &mut [T],
        dy: &mut [T],
        ddy: &mut [T],
    ) -> Result<()> {
        self.evaluate_second_derivative(x, Some(y), Some(dy), ddy)
    }

    /// Writes the second derivative of `f` at `x` into `ddy`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_second_derivative`](Self::evaluate_second_derivative).
    fn second_derivative_into(&mut self, x: T, ddy: &mut [T]) -> Result<()> {
        self.evaluate_second_derivative(x, None, None, ddy)
    }

    /// `f(x)`, the derivative and the second derivative of `f` at `x`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_second_derivative`](Self::evaluate_second_derivative).
    fn value_derivative_and_second_derivative(&mut self, x: T) -> Result<(Vec<T>, Vec<T>, Vec<T>)>
    where
        T: Scalar,
    {
        let mut y = vec![T::zero(); self.output_len()];
        let (mut dy, mut ddy) = (y.clone(), y.clone());
        self.evaluate_second_derivative(x, Some(&mut y), Some(&mut dy), &mut ddy)?;
        Ok((y, dy, ddy))
    }

    /// The second derivative of `f` at `x`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_second_derivative`](Self::evaluate_second_derivative).
    fn second_derivative(&mut self, x: T) -> Result<Vec<T>>
    where
        T: Scalar,
    {
        let mut ddy = vec![T::zero(); self.output_len()];
        self.evaluate_second_derivative(x, None, None, &mut ddy)?;
        Ok(ddy)
    }
}

/// What [`PrepareSecondDerivative::prepare_second_derivative`] returns.
#[derive(Clone, Debug)]
pub struct PreparedSecondDerivative<B: PrepareSecondDerivative<F, T, S>, F, T: Scalar = f64, S = UnaryShape> {
    core: Preparation<B, B::Function, B::Workspace>,
    marker: PhantomData<fn() -> F>,
    shape: PhantomData<fn() -> (T, S)>,
}

prepared_access!([B: PrepareSecondDerivative<F, T, S>, F, T: Scalar, S] PreparedSecondDerivative<B, F, T, S>
    where {} of B::Function);

impl<B: PrepareSecondDerivative<F, T, S>, F, T: Scalar, S: Shape> PreparedSecondDerivative<B, F, T, S> {
    fn evaluate(&mut self, x: T, y: Option<&mut [T]>, dy: Option<&mut [T]>, ddy: &mut [T]) -> Result<()> {
        let core = &mut self.core;
        for (argument, slice) in [("y", &y), ("dy", &dy)] {
            if let Some(slice) = slice {
                Error::check_length(argument, core.outputs, slice.len())?;
            }
        }
        Error::check_length("ddy", core.outputs, ddy.len())?;
        core.refresh(|b, f, w| b.init_second_derivative(f, x, w))?;
        core.backend.compute_second_derivative(&core.function, &mut core.workspace, x, y, dy, ddy)
    }
}

impl<B: PrepareSecondDerivative<F, T, UnaryShape>, F, T: Scalar> SecondDerivative<T>
    for PreparedSecondDerivative<B, F, T, UnaryShape>
{
    fn value_derivative_and_second_derivative(&mut self, x: T) -> Result<(T, T, T)> {
        let (mut y, mut dy, mut ddy) = ([T::zero()], [T::zero()], [T::zero()]);
        self.evaluate(x, Some(&mut y), Some(&mut dy), &mut ddy)?;
        Ok((y[0], dy[0], ddy[0]))
    }
}

impl<B: PrepareSecondDerivative<F, T, CurveShape>, F, T: Scalar> CurveSecondDerivative<T>
    for PreparedSecondDerivative<B, F, T, CurveShape>
{
    fn output_len(&self) -> usize {
        self.core.outputs
    }

    fn evaluate_second_derivative(
        &mut self,
        x: T,
        y: Option<&mut [T]>,
        dy: Option<&mut [T]>,
        ddy: &mut [T],
    ) -> Result<()> {
        self.evaluate(x, y, dy, ddy)
    }
}

/// The second derivative of `f: R → R` at `x`, prepared and used once.
///
/// ```
/// use di_core::{Zero, from_fn, second_derivative};
///
/// assert_eq!(second_derivative(&Zero, from_fn(|x: f64| x.sin()), 0.42)?, 0.0);
/// # Ok::<(), di_core::Error>(())
/// ```
///
/// # Errors
///
/// As [`PrepareSecondDerivative::prepare_second_derivative`].
pub fn second_derivative<B, F, T: Scalar>(backend: &B, f: F, x: T) -> Result<T>
where
    B: PrepareSecondDerivative<F, T>,
{
    value_derivative_and_second_derivative(backend, f, x).map(|(_, _, ddy)| ddy)
}

/// `f(x)`, the derivative and the second derivative of `f: R → R` at `x`, prepared and used once.
///
/// # Errors
///
/// As [`second_derivative`].
pub fn value_derivative_and_second_derivative<B, F, T: Scalar>(backend: &B, f: F, x: T) -> Result<(T, T, T)>
where
    B: PrepareSecondDerivative<F, T>,
{
    let f = backend.enclose_second_derivative(f);
    let mut workspace = B::Workspace::default();
    backend.init_second_derivative(&f, x, &mut workspace)?;
    let (mut y, mut dy, mut ddy) = ([T::zero()], [T::zero()], [T::zero()]);
    backend.compute_second_derivative(&f, &mut workspace, x, Some(&mut y), Some(&mut dy), &mut ddy)?;
    Ok((y[0], dy[0], ddy[0]))
}

/// The second derivative of `f: R → R^m` at `x`, prepared and used once.
///
/// # Errors
///
/// As [`second_derivative`].
pub fn curve_second_derivative<B, F, T: Scalar>(backend: &B, f: F, x: T) -> Result<Vec<T>>
where
    B: PrepareSecondDerivative<F, T, CurveShape>,
{
    let f = backend.enclose_second_derivative(f);
    let mut workspace = B::Workspace::default();
    let outputs = backend.init_second_derivative(&f, x, &mut workspace)?;
    let mut ddy = vec![T::zero(); outputs];
    backend.compute_second_derivative(&f, &mut workspace, x, None, None, &mut ddy)?;
    Ok(ddy)
}
