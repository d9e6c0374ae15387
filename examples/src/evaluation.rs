//! Every operator on one function with one backend: the numbers and the time.

use crate::Clock;
use di_backends::{
    CurveBackend, CurveDerivative, CurveSecondDerivative, Derivative, Gradient, Hessian, Hvp, Jacobian, Pullback,
    Pushforward, Result, ScalarBackend, SecondDerivative, UnaryBackend, VectorBackend,
};
use ndarray::Array2;
use std::hint::black_box;

/// What an operator gave and how long it took.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The operator's name.
    pub operator: &'static str,
    /// The derivative; a matrix row by row.
    pub values: Vec<f64>,
    /// The time of one prepared call, in seconds.
    pub seconds: f64,
}

impl Evaluation {
    /// Times `call`, which writes the derivative into a buffer of the given length.
    fn new(
        operator: &'static str,
        clock: &Clock,
        length: usize,
        mut call: impl FnMut(&mut [f64]) -> Result<()>,
    ) -> Result<Self> {
        let mut values = vec![f64::NAN; length];
        let seconds = clock.seconds(|| call(black_box(&mut values)))?;
        Ok(Self { operator, values, seconds })
    }

    /// As [`new`](Self::new), for a matrix of the given shape.
    fn matrix(
        operator: &'static str,
        clock: &Clock,
        shape: (usize, usize),
        mut call: impl FnMut(&mut Array2<f64>) -> Result<()>,
    ) -> Result<Self> {
        let mut matrix = Array2::from_elem(shape, f64::NAN);
        let seconds = clock.seconds(|| call(black_box(&mut matrix)))?;
        Ok(Self { operator, values: matrix.into_iter().collect(), seconds })
    }
}

/// Derivative and second derivative of a function `R → R`.
///
/// # Errors
///
/// As preparation and evaluation.
pub fn unary<F: Copy>(backend: &impl UnaryBackend<F>, clock: &Clock, f: F, x: f64) -> Result<Vec<Evaluation>> {
    let mut first = backend.prepare_derivative(f, x)?;
    let mut second = backend.prepare_second_derivative(f, x)?;
    Ok(vec![
        Evaluation::new("derivative", clock, 1, |dy| first.derivative(black_box(x)).map(|v| dy[0] = v))?,
        Evaluation::new("second derivative", clock, 1, |ddy| {
            second.second_derivative(black_box(x)).map(|v| ddy[0] = v)
        })?,
    ])
}

/// Derivative and second derivative of a function `R → R^m`.
///
/// # Errors
///
/// As preparation and evaluation.
pub fn curve<F: Copy>(backend: &impl CurveBackend<F>, clock: &Clock, f: F, x: f64) -> Result<Vec<Evaluation>> {
    let mut first = backend.prepare_derivative(f, x)?;
    let mut second = backend.prepare_second_derivative(f, x)?;
    let outputs = first.output_len();
    Ok(vec![
        Evaluation::new("derivative", clock, outputs, |dy| first.derivative_into(black_box(x), dy))?,
        Evaluation::new("second derivative", clock, outputs, |ddy| second.second_derivative_into(black_box(x), ddy))?,
    ])
}

/// Gradient, Hessian-vector product and Hessian of a function `R^n → R`.
///
/// # Errors
///
/// As preparation and evaluation.
pub fn scalar<'f, F>(
    backend: &impl ScalarBackend<&'f F>,
    clock: &Clock,
    f: &'f F,
    x: &[f64],
    dx: &[f64],
) -> Result<Vec<Evaluation>> {
    let n = x.len();
    let mut gradient = backend.prepare_gradient(f, x)?;
    let mut hvp = backend.prepare_hvp(f, x)?;
    let mut hessian = backend.prepare_hessian(f, x)?;
    Ok(vec![
        Evaluation::new("gradient", clock, n, |grad| gradient.gradient_into(black_box(x), grad))?,
        Evaluation::new("hvp", clock, n, |dg| hvp.hvp_into(black_box(x), dx, dg))?,
        Evaluation::matrix("hessian", clock, (n, n), |hess| hessian.hessian_into(black_box(x), hess.view_mut()))?,
    ])
}

/// Pushforward, pullback and Jacobian of a function `R^n → R^m`.
///
/// # Errors
///
/// As preparation and evaluation.
pub fn vector<'f, F>(
    backend: &impl VectorBackend<&'f F>,
    clock: &Clock,
    f: &'f F,
    x: &[f64],
    dx: &[f64],
    dy: &[f64],
) -> Result<Vec<Evaluation>> {
    let mut pushforward = backend.prepare_pushforward(f, x)?;
    let mut pullback = backend.prepare_pullback(f, x)?;
    let mut jacobian = backend.prepare_jacobian(f, x)?;
    let (n, m) = (x.len(), dy.len());
    Ok(vec![
        Evaluation::new("pushforward", clock, m, |out| pushforward.pushforward_into(black_box(x), dx, out))?,
        Evaluation::new("pullback", clock, n, |out| pullback.pullback_into(black_box(x), dy, out))?,
        Evaluation::matrix("jacobian", clock, (m, n), |jac| jacobian.jacobian_into(black_box(x), jac.view_mut()))?,
    ])
}

/// The largest difference of two results, relative to the largest number in the reference; NaN if anything is NaN.
///
/// # Panics
///
/// If the lengths differ.
#[must_use]
pub fn relative_difference(found: &[f64], reference: &[f64]) -> f64 {
    assert_eq!(found.len(), reference.len(), "results of different lengths");
    let largest = |most: f64, value: f64| if value.is_nan() || value > most { value } else { most };
    let scale = reference.iter().map(|r| r.abs()).fold(0.0, largest);
    let difference = found.iter().zip(reference).map(|(f, r)| (f - r).abs()).fold(0.0, largest);
    if scale > 0.0 { difference / scale } else { difference }
}
