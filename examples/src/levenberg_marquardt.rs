//! Nonlinear least squares, written once for every engine.

use di_backends::{Error, Jacobian, PrepareJacobian};
use nalgebra::{DMatrix, DVector};
use ndarray::{ArrayViewMut2, ShapeBuilder};

/// A change of the sum of squares that is smaller than this part of it may be rounding.
const RESOLUTION: f64 = 1e-12;

/// So many steps that promise no more than the best one before them end the search.
const STALLED_STEPS: usize = 5;

/// Finds the parameters `b` that make `Σ r_i(b)²` least, by damped Gauss–Newton steps.
///
/// A step `p` solves the stacked least-squares problem
///
/// ```math
/// \min_p \left\| \begin{pmatrix} J \\ \sqrt\mu\, D \end{pmatrix} p + \begin{pmatrix} r \\ 0 \end{pmatrix} \right\|
/// ```
///
/// by a QR factorisation, so that the condition of `J` is not squared. `D` holds the largest norms that the columns of
/// `J` have had, which makes the steps independent of the units of the parameters. The damping `μ` falls as far as the
/// linear model predicts the sum of squares well, and grows when a step fails.
///
/// # References
///
/// Moré, "The Levenberg–Marquardt algorithm: implementation and theory" (1978), for `D` and QR; Nielsen, "Damping
/// parameter in Marquardt's method" (1999), for `μ`.
#[derive(Clone, Copy, Debug)]
pub struct LevenbergMarquardt {
    /// No more evaluations than this, each of the residuals with their Jacobian.
    pub max_evaluations: usize,
    /// Ends when a step changes no parameter by more than this, relative to the parameters, in the norm of `D`.
    pub step_tolerance: f64,
    /// The first damping, relative to `D`.
    pub first_damping: f64,
}

impl Default for LevenbergMarquardt {
    fn default() -> Self {
        Self { max_evaluations: 1000, step_tolerance: 1e-14, first_damping: 1e-3 }
    }
}

/// Where the solver ended.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The parameters.
    pub parameters: Vec<f64>,
    /// The sum of squared residuals there.
    pub sum_of_squares: f64,
    /// How often the residuals and their Jacobian were evaluated.
    pub evaluations: usize,
}

/// Why there is no fit.
#[derive(Debug, thiserror::Error)]
pub enum FitError {
    /// The engine cannot differentiate the residuals.
    #[error(transparent)]
    Engine(#[from] Error),
    /// The residuals or their Jacobian are not finite where the solver starts, or too large to be squared.
    #[error("the residuals or their Jacobian are not finite, or too large, at the starting point")]
    Start,
    /// The solver gave up.
    #[error("no convergence within {0} evaluations")]
    Evaluations(usize),
}

/// Residuals and Jacobian at a point.
#[derive(Clone)]
struct Linear {
    residuals: DVector<f64>,
    jacobian: DMatrix<f64>,
}

impl Linear {
    /// Whether all numbers are finite, and their squares too, so that sums of squares can be compared.
    fn is_finite(&self) -> bool {
        self.residuals.norm_squared().is_finite() && self.jacobian.norm_squared().is_finite()
    }

    /// Evaluates both at `b`; the Jacobian is written where the linear algebra wants it, column by column.
    fn evaluate(&mut self, prepared: &mut impl Jacobian, b: &[f64]) -> Result<(), Error> {
        let shape = self.jacobian.shape();
        let Ok(jacobian) = ArrayViewMut2::from_shape(shape.f(), self.jacobian.as_mut_slice()) else {
            unreachable!("the matrix has the entries of its own shape");
        };
        prepared.value_and_jacobian_into(b, self.residuals.as_mut_slice(), jacobian)
    }
}

impl LevenbergMarquardt {
    /// Minimises the sum of squares of `residuals` from the given start.
    ///
    /// # Errors
    ///
    /// [`FitError`].
    pub fn minimize<F>(&self, backend: &impl PrepareJacobian<F>, residuals: F, start: &[f64]) -> Result<Fit, FitError> {
        let mut prepared = backend.prepare_jacobian(residuals, start)?;
        let (m, n) = (prepared.output_len(), start.len());
        let mut b = DVector::from_column_slice(start);
        let mut here = Linear { residuals: DVector::zeros(m), jacobian: DMatrix::zeros(m, n) };
        here.evaluate(&mut prepared, b.as_slice())?;
        if !here.is_finite() {
            return Err(FitError::Start);
        }
        let mut there = here.clone();
        let mut scale = DVector::zeros(n);
        let (mut damping, mut growth) = (self.first_damping, 2.0);
        let (mut least_predicted, mut stalled) = (f64::INFINITY, 0);
        for evaluations in 2..=self.max_evaluations {
            widen(&mut scale, &here.jacobian);
            let (step, predicted) = damped_step(&here, &scale, damping);
            let length = step.component_mul(&scale).norm();
            let small = self.step_tolerance * b.component_mul(&scale).norm();
            let trial = &b + &step;
            there.evaluate(&mut prepared, trial.as_slice())?;
            let cost = here.residuals.norm_squared();
            // (r - s)·(r + s) keeps digits that the difference of the sums of squares has lost.
            let actual = (&here.residuals - &there.residuals).dot(&(&here.residuals + &there.residuals));
            let gain = actual / predicted;
            // Where rounding hides the change of the sum of squares, the linear model is trusted while it improves.
            let hidden = predicted <= RESOLUTION * cost;
            let good = if hidden { actual >= -RESOLUTION * cost } else { gain > 1e-4 };
            if there.is_finite() && good {
                b = trial;
                std::mem::swap(&mut here, &mut there);
                damping *= if hidden { 1.0 / 3.0 } else { (1.0 - (2.0 * gain - 1.0).powi(3)).max(1.0 / 3.0) };
                growth = 2.0;
            } else {
                damping *= growth;
                growth *= 2.0;
            }
            stalled = if hidden && predicted >= least_predicted { stalled + 1 } else { 0 };
            least_predicted = least_predicted.min(predicted);
            if length <= small || stalled == STALLED_STEPS {
                let sum_of_squares = here.residuals.norm_squared();
                return Ok(Fit { parameters: b.as_slice().to_vec(), sum_of_squares, evaluations });
            }
        }
        Err(FitError::Evaluations(self.max_evaluations))
    }
}

/// Lets the scale of each parameter grow to the norm of its column.
fn widen(scale: &mut DVector<f64>, jacobian: &DMatrix<f64>) {
    for (scale, column) in scale.iter_mut().zip(jacobian.column_iter()) {
        *scale = scale.max(column.norm());
    }
}

/// The step and the reduction of the sum of squares that the linear model predicts for it.
fn damped_step(at: &Linear, scale: &DVector<f64>, damping: f64) -> (DVector<f64>, f64) {
    let (m, n) = at.jacobian.shape();
    // A parameter that has had no influence yet is left where it is.
    let inverse = scale.map(|scale| if scale > 0.0 { scale.recip() } else { 0.0 });
    let mut stacked = DMatrix::zeros(m + n, n);
    stacked.rows_mut(0, m).copy_from(&at.jacobian);
    for (j, &inverse) in inverse.iter().enumerate() {
        stacked.column_mut(j).scale_mut(inverse);
        stacked[(m + j, j)] = damping.sqrt();
    }
    let mut right = DVector::zeros(m + n);
    right.rows_mut(0, m).copy_from(&-&at.residuals);
    let factors = stacked.qr();
    factors.q_tr_mul(&mut right);
    let scaled = factors.r().solve_upper_triangular(&right.rows(0, n)).unwrap_or_else(|| DVector::zeros(n));
    let step = scaled.component_mul(&inverse);
    // ‖r‖² - ‖r + Jp‖² = ‖Jp‖² + 2 μ ‖Dp‖², by the normal equations.
    let predicted = (&at.jacobian * &step).norm_squared() + 2.0 * damping * scaled.norm_squared();
    (step, predicted)
}
