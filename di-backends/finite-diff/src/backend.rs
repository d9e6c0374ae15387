//! The backend: its options and its routes.

use di_core::{Backend, DerivedDerivative, DerivedGradient, DerivedJacobian, DerivedPullback, Mode, ViaPushforward};

/// Finite differences of the function's values.
///
/// # For callers
///
/// Every operator works with whatever can be evaluated with plain numbers, such as a closure of `f64`.
///
/// ```math
/// \frac{f(x + h e_i) - f(x)}{h} \quad\text{(forward)}, \qquad
/// \frac{f(x + h e_i) - f(x - h e_i)}{2h} \quad\text{(central)}, \qquad
/// h = \max(\text{relative} \cdot |x_i|,\; \text{absolute})
/// ```
///
/// | option | forward | central |
/// | --- | --- | --- |
/// | relative step | ε^(1/2) | ε^(1/3) |
/// | absolute step | the relative step | the relative step |
///
/// ε is the distance from 1 to the next number of the scalar type. The absolute step is right for inputs of about
/// unit size; lower it if the function varies on the scale of inputs that are much smaller. A step is never less than
/// `ε·|x_i|`, and is rounded so that `(x + h) - x` is `h`.
///
/// Along a tangent `dx` the point moves by `t·dx`, where `t` is one over the Euclidean norm of the numbers `dx_i / h_i`:
/// the size of the tangent does not matter. A tangent of zeros gives exactly zero. Along the sum of the unit vectors of a
/// group, as sparse Jacobians have it, `t` is the least `h_i` of the group.
///
/// Second-order operators take second differences of values (differences of differences lose too many digits), always
/// central, with their own step: the relative step to the power 1/2 (forward) or 3/4 (central), which is ε^(1/4) by
/// default, and the absolute step in proportion.
///
/// | on well-scaled problems, relative to the largest entry | `f64` | `f32` |
/// | --- | --- | --- |
/// | first derivatives, forward | 1e-7 | 1e-3 |
/// | first derivatives, central | 1e-9 | 1e-4 |
/// | second derivatives | 1e-6 | 1e-2 |
///
/// Values that are not finite make derivatives NaN.
///
/// # Cost
///
/// | operator | evaluations of `f` |
/// | --- | --- |
/// | pushforward, k tangents | forward k + 1; central 2k, and one for the value if it is wanted |
/// | derivative, Jacobian | the same with k = n |
/// | gradient | the same with k = n |
/// | pullback | a Jacobian for each point |
/// | second derivative | 3 |
/// | Hessian-vector product, k tangents | 1 + 2n + k·(2n + 2), value and gradient included |
/// | Hessian | 1 + n + n², value and gradient included |
///
/// A tangent of zeros costs no evaluation of its own. Products without tangents and without the gradient cost one
/// evaluation. Preparation costs one for products and Hessians, 3 for a second derivative, a Jacobian for a pullback, and
/// 2 for all others. Nothing is allocated after preparation.
///
/// # Examples
///
/// ```
/// use di_core::{from_fn, gradient};
/// use di_finite_diff::FiniteDiff;
///
/// let f = from_fn(|x: &[f64]| x[0].sin() * x[1]);
/// let grad = gradient(&FiniteDiff::central(), f, &[0.5, 2.0])?;
/// assert!((grad[0] - 2.0 * 0.5_f64.cos()).abs() < 1e-9);
/// # Ok::<(), di_core::Error>(())
/// ```
///
/// # References
///
/// Gill, Murray and Wright, *Practical Optimization* (1981), section 8.6; Nocedal and Wright, *Numerical Optimization*,
/// 2nd ed. (2006), section 8.1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FiniteDiff {
    pub(crate) scheme: Scheme,
    pub(crate) relative: Option<f64>,
    pub(crate) absolute: Option<f64>,
}

/// Which values a first difference is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// `f(x + h)` and `f(x)`.
    Forward,
    /// `f(x + h)` and `f(x - h)`.
    #[default]
    Central,
}

impl FiniteDiff {
    /// Differences to one side: cheapest, error of first order in the step.
    #[must_use]
    pub fn forward() -> Self {
        Self { scheme: Scheme::Forward, ..Self::default() }
    }

    /// Differences to both sides: twice the evaluations, error of second order in the step. The default.
    #[must_use]
    pub fn central() -> Self {
        Self::default()
    }

    /// Sets the step in proportion to the input; raise it for a noisy function.
    ///
    /// Preparation returns [`Error::Option`](di_core::Error::Option) unless the step is positive and finite.
    #[must_use]
    pub fn relative_step(self, step: f64) -> Self {
        Self { relative: Some(step), ..self }
    }

    /// Sets the step that is taken at inputs near zero.
    ///
    /// Preparation returns [`Error::Option`](di_core::Error::Option) unless the step is positive and finite.
    #[must_use]
    pub fn absolute_step(self, step: f64) -> Self {
        Self { absolute: Some(step), ..self }
    }
}

impl Backend for FiniteDiff {
    type Primitive = ViaPushforward;

    fn name(&self) -> String {
        match self.scheme {
            Scheme::Forward => "finite-diff-forward".into(),
            Scheme::Central => "finite-diff".into(),
        }
    }

    fn mode(&self) -> Mode {
        Mode::Difference
    }
}

impl DerivedPullback for FiniteDiff {
    type Route = ViaPushforward;
}
impl DerivedDerivative for FiniteDiff {
    type Route = ViaPushforward;
}
impl DerivedGradient for FiniteDiff {
    type Route = ViaPushforward;
}
impl DerivedJacobian for FiniteDiff {
    type Route = ViaPushforward;
}
