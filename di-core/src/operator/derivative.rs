//! Derivative: of functions of one variable, `R → R` and `R → R^m`.

use super::prepared::{Preparation, prepared_access};
use crate::{Backend, CurveShape, Error, Result, Scalar, Shape, UnaryShape, Workspace};
use std::marker::PhantomData;

/// A backend that can prepare derivatives of `F`, a function of one variable of shape [`UnaryShape`] or [`CurveShape`].
///
/// # For backend authors
///
/// Derive it by `impl DerivedDerivative for … { type Route = …; }`, or implement `init` and `compute`; one
/// implementation serves both shapes.
#[diagnostic::on_unimplemented(
    message = "backend `{Self}` has no derivative of `{F}` with scalar `{T}`",
    note = "the function must be callable with the backend's own scalars: write it once for all, `impl<T: Real> UnaryFn<T> for …`",
    note = "generic code bounds the backend by `UnaryBackend<F>` or `CurveBackend<F>`, which has every operator",
    note = "a backend author adds the operator by one line: `impl DerivedDerivative for … {{ type Route = ViaPushforward; }}`"
)]
pub trait PrepareDerivative<F, T: Scalar = f64, S = UnaryShape>: Backend {
    /// What the engine keeps between calls.
    type Workspace: Workspace;

    /// Sizes the buffers, without evaluating `f`; returns the number of outputs.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] or [`Error::Option`] if the backend cannot do this.
    fn init_derivative(&self, f: &F, x: T, workspace: &mut Self::Workspace) -> Result<usize>;

    /// Writes the derivative into `dy` and the value into `y`, if wanted, without allocating.
    ///
    /// # Errors
    ///
    /// [`Error::Backend`] if the engine fails; outputs are then unchanged.
    fn compute_derivative(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: T,
        y: Option<&mut [T]>,
        dy: &mut [T],
    ) -> Result<()>;

    /// Evaluates `f` once with the engine's scalars, so that all buffers have their final size.
    ///
    /// # Errors
    ///
    /// As [`compute_derivative`](Self::compute_derivative).
    fn warm_derivative(&self, f: &F, workspace: &mut Self::Workspace, x: T, outputs: usize) -> Result<()> {
        self.compute_derivative(f, workspace, x, None, &mut vec![T::zero(); outputs])
    }

    /// Prepares for any point; `x` is one at which `f` can be evaluated.
    ///
    /// # Cost
    ///
    /// One derivative, without the value.
    ///
    /// # Errors
    ///
    /// As [`init_derivative`](Self::init_derivative) and [`compute_derivative`](Self::compute_derivative).
    fn prepare_derivative(&self, f: F, x: T) -> Result<PreparedDerivative<Self, F, T, S>> {
        let core = Preparation::new(self.clone(), f, 1, |b, f, w| {
            let outputs = b.init_derivative(f, x, w)?;
            b.warm_derivative(f, w, x, outputs)?;
            Ok(outputs)
        })?;
        Ok(PreparedDerivative { core, shape: PhantomData })
    }
}

/// A prepared derivative of a function `R → R`.
///
/// ```math
/// f'(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h}
/// ```
pub trait Derivative<T = f64> {
    /// `f(x)` and the derivative of `f` at `x`.
    ///
    /// # Cost
    ///
    /// One evaluation of `f`. Differences: two; central, two and one for the value. Allocates nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Backend`] if the engine fails.
    ///
    /// # References
    ///
    /// Griewank and Walther, *Evaluating Derivatives*, 2nd ed. (2008), section 3.1.
    fn value_and_derivative(&mut self, x: T) -> Result<(T, T)>;

    /// The derivative of `f` at `x`.
    ///
    /// # Errors
    ///
    /// As [`value_and_derivative`](Self::value_and_derivative).
    fn derivative(&mut self, x: T) -> Result<T> {
        self.value_and_derivative(x).map(|(_, dy)| dy)
    }
}

/// A prepared derivative of a function `R → R^m`.
///
/// ```math
/// f'(x)_i = \frac{d f_i}{d x}(x)
/// ```
pub trait CurveDerivative<T = f64> {
    /// The number m of outputs.
    fn output_len(&self) -> usize;

    /// Writes the derivative of `f` at `x` into `dy` and `f(x)` into `y`, if wanted.
    ///
    /// | argument | length | role |
    /// | --- | --- | --- |
    /// | `x` | | the point |
    /// | `y` | m | overwritten |
    /// | `dy` | m | overwritten |
    ///
    /// # Cost
    ///
    /// Forward mode: one evaluation of `f`. Reverse mode of width w: one recording and `ceil(m/w)` sweeps. Differences:
    /// two evaluations (central: two, and one for the value). Allocates nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] naming the argument whose length does not fit; outputs are then unchanged.
    ///
    /// # References
    ///
    /// Griewank and Walther, *Evaluating Derivatives*, 2nd ed. (2008), section 3.1.
    fn evaluate_derivative(&mut self, x: T, y: Option<&mut [T]>, dy: &mut [T]) -> Result<()>;

    /// Writes `f(x)` into `y` and the derivative of `f` at `x` into `dy`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_derivative`](Self::evaluate_derivative).
    fn value_and_derivative_into(&mut self, x: T, y: &mut [T], dy: &mut [T]) -> Result<()> {
        self.evaluate_derivative(x, Some(y), dy)
    }

    /// Writes the derivative of `f` at `x` into `dy`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_derivative`](Self::evaluate_derivative).
    fn derivative_into(&mut self, x: T, dy: &mut [T]) -> Result<()> {
        self.evaluate_derivative(x, None, dy)
    }

    /// `f(x)` and the derivative of `f` at `x`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_derivative`](Self::evaluate_derivative).
    fn value_and_derivative(&mut self, x: T) -> Result<(Vec<T>, Vec<T>)>
    where
        T: Scalar,
    {
        let mut y = vec![T::zero(); self.output_len()];
        let mut dy = y.clone();
        self.evaluate_derivative(x, Some(&mut y), &mut dy)?;
        Ok((y, dy))
    }

    /// The derivative of `f` at `x`.
    ///
    /// # Errors
    ///
    /// As [`evaluate_derivative`](Self::evaluate_derivative).
    fn derivative(&mut self, x: T) -> Result<Vec<T>>
    where
        T: Scalar,
    {
        let mut dy = vec![T::zero(); self.output_len()];
        self.evaluate_derivative(x, None, &mut dy)?;
        Ok(dy)
    }
}

/// What [`PrepareDerivative::prepare_derivative`] returns.
#[derive(Clone, Debug)]
pub struct PreparedDerivative<B: PrepareDerivative<F, T, S>, F, T: Scalar = f64, S = UnaryShape> {
    core: Preparation<B, F, B::Workspace>,
    shape: PhantomData<fn() -> (T, S)>,
}

prepared_access!([B: PrepareDerivative<F, T, S>, F, T: Scalar, S] PreparedDerivative<B, F, T, S> where {} of F);

impl<B: PrepareDerivative<F, T, S>, F, T: Scalar, S: Shape> PreparedDerivative<B, F, T, S> {
    fn evaluate(&mut self, x: T, y: Option<&mut [T]>, dy: &mut [T]) -> Result<()> {
        let core = &mut self.core;
        if let Some(y) = &y {
            Error::check_length("y", core.outputs, y.len())?;
        }
        Error::check_length("dy", core.outputs, dy.len())?;
        core.refresh(|b, f, w| b.init_derivative(f, x, w))?;
        core.backend.compute_derivative(&core.function, &mut core.workspace, x, y, dy)
    }
}

impl<B: PrepareDerivative<F, T, UnaryShape>, F, T: Scalar> Derivative<T> for PreparedDerivative<B, F, T, UnaryShape> {
    fn value_and_derivative(&mut self, x: T) -> Result<(T, T)> {
        let (mut y, mut dy) = ([T::zero()], [T::zero()]);
        self.evaluate(x, Some(&mut y), &mut dy)?;
        Ok((y[0], dy[0]))
    }

    /// Central differences evaluate `f` twice then, instead of three times.
    fn derivative(&mut self, x: T) -> Result<T> {
        let mut dy = [T::zero()];
        self.evaluate(x, None, &mut dy)?;
        Ok(dy[0])
    }
}

impl<B: PrepareDerivative<F, T, CurveShape>, F, T: Scalar> CurveDerivative<T>
    for PreparedDerivative<B, F, T, CurveShape>
{
    fn output_len(&self) -> usize {
        self.core.outputs
    }

    fn evaluate_derivative(&mut self, x: T, y: Option<&mut [T]>, dy: &mut [T]) -> Result<()> {
        self.evaluate(x, y, dy)
    }
}

/// The derivative of `f: R → R` at `x`, prepared and used once.
///
/// ```
/// use di_core::{Zero, derivative, from_fn};
///
/// assert_eq!(derivative(&Zero, from_fn(|x: f64| x.sin()), 0.42)?, 0.0);
/// # Ok::<(), di_core::Error>(())
/// ```
///
/// # Errors
///
/// As [`PrepareDerivative::prepare_derivative`].
pub fn derivative<B, F, T: Scalar>(backend: &B, f: F, x: T) -> Result<T>
where
    B: PrepareDerivative<F, T>,
{
    value_and_derivative(backend, f, x).map(|(_, dy)| dy)
}

/// `f(x)` and the derivative of `f: R → R` at `x`, prepared and used once.
///
/// # Errors
///
/// As [`derivative`].
pub fn value_and_derivative<B, F, T: Scalar>(backend: &B, f: F, x: T) -> Result<(T, T)>
where
    B: PrepareDerivative<F, T>,
{
    let mut workspace = B::Workspace::default();
    backend.init_derivative(&f, x, &mut workspace)?;
    let (mut y, mut dy) = ([T::zero()], [T::zero()]);
    backend.compute_derivative(&f, &mut workspace, x, Some(&mut y), &mut dy)?;
    Ok((y[0], dy[0]))
}

/// The derivative of `f: R → R^m` at `x`, prepared and used once.
///
/// # Errors
///
/// As [`derivative`].
pub fn curve_derivative<B, F, T: Scalar>(backend: &B, f: F, x: T) -> Result<Vec<T>>
where
    B: PrepareDerivative<F, T, CurveShape>,
{
    let mut workspace = B::Workspace::default();
    let outputs = backend.init_derivative(&f, x, &mut workspace)?;
    let mut dy = vec![T::zero(); outputs];
    backend.compute_derivative(&f, &mut workspace, x, None, &mut dy)?;
    Ok(dy)
}
