//! Fitted against certified parameters.

use crate::{Dataset, Fit, FitError, LevenbergMarquardt, Residuals};
use di_backends::PrepareJacobian;

/// To how many digits the reference values are certified: more cannot be shown.
pub const CERTIFIED_DIGITS: f64 = 11.0;

/// The number of decimal digits to which a value agrees with a certified one, `-log10 |v - c|/|c|`, between 0 and 11.
///
/// # References
///
/// McCullough, "Assessing the reliability of statistical software: part I" (1998), on the log relative error.
#[must_use]
#[expect(clippy::doc_markdown, reason = "McCullough is a person")]
pub fn digits(value: f64, certified: f64) -> f64 {
    let error = (value - certified).abs() / if certified == 0.0 { 1.0 } else { certified.abs() };
    if error.is_nan() { 0.0 } else { (-error.log10()).clamp(0.0, CERTIFIED_DIGITS) }
}

/// A fit beside the certified answer.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Where the solver ended.
    pub fit: Fit,
    /// The agreeing digits of each parameter.
    pub parameter_digits: Vec<f64>,
    /// The agreeing digits of the sum of squares.
    pub sum_digits: f64,
}

impl Comparison {
    /// The agreeing digits of the worst parameter.
    #[must_use]
    pub fn least_digits(&self) -> f64 {
        self.parameter_digits.iter().copied().fold(CERTIFIED_DIGITS, f64::min)
    }
}

/// Fits a dataset from its starting point of the given index, 0 or 1.
///
/// # Errors
///
/// [`FitError`].
pub fn fit_dataset<'a>(
    backend: &impl PrepareJacobian<Residuals<'a>>,
    dataset: &'a Dataset,
    start: usize,
) -> Result<Comparison, FitError> {
    let fit = LevenbergMarquardt::default().minimize(backend, Residuals(dataset), &dataset.start(start))?;
    let certified = dataset.parameters.iter().map(|parameter| parameter.certified);
    let parameter_digits = fit.parameters.iter().zip(certified).map(|(&b, c)| digits(b, c)).collect();
    let sum_digits = digits(fit.sum_of_squares, dataset.sum_of_squares);
    Ok(Comparison { fit, parameter_digits, sum_digits })
}
