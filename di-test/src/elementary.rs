//! Elementary functions at ordinary and awkward points: every method of [`num_traits::Float`] that returns a number.
//!
//! Where a function is not differentiable the case states the convention that it asks for; the conventions are those
//! of [`di_core::rule`].

mod binary;
mod function;
mod unary;

use di_core::Shadow;
use ndarray::Array2;

pub use function::Function;

/// Partial derivatives in closed form.
type Closed = fn(&[f64]) -> Vec<f64>;

/// A function at a point, with its derivatives there.
#[derive(Clone, Debug, Shadow)]
pub struct Elementary {
    /// The function.
    pub function: Function,
    /// Its arguments, one to three of them.
    pub x: Vec<f64>,
    /// What is asked for where the function has no derivative or a number no room; `None` at smooth points.
    pub convention: Option<&'static str>,
    #[shadow(constant)]
    first: Expected,
    #[shadow(constant)]
    second: Option<Closed>,
}

/// First derivatives, by rule or by convention.
#[derive(Clone, Debug)]
enum Expected {
    Closed(Closed),
    Convention(Vec<f64>),
}

impl Elementary {
    /// The name of the function and its arguments.
    #[must_use]
    pub fn name(&self) -> String {
        let arguments: Vec<String> = self.x.iter().map(|x| format!("{x:?}")).collect();
        format!("{:?} at {}", self.function, arguments.join(", "))
    }

    /// Whether the function is smooth near the point, so that differences approximate its derivative.
    #[must_use]
    pub fn is_smooth(&self) -> bool {
        self.convention.is_none()
    }

    /// The partial derivatives at `x`, a point that differs from that of the case by rounding alone.
    #[must_use]
    pub fn gradient(&self, x: &[f64]) -> Vec<f64> {
        match &self.first {
            Expected::Closed(closed) => closed(x),
            Expected::Convention(gradient) => gradient.clone(),
        }
    }

    /// The second derivatives at `x`, where the case has a closed form for them.
    #[must_use]
    pub fn hessian(&self, x: &[f64]) -> Option<Array2<f64>> {
        let second = self.second?(x);
        Array2::from_shape_vec((x.len(), x.len()), second).ok()
    }

    pub(crate) fn call<T: di_core::Scalar>(&self, x: &[T]) -> T {
        self.function.call(x)
    }
}

/// All cases.
#[must_use]
pub fn elementary_cases() -> Vec<Elementary> {
    [unary::cases(), binary::cases()].concat()
}

/// Writes cases: a function, its first and second derivatives in closed form, smooth points, and awkward points with the
/// derivative and the convention that gives it.
macro_rules! cases {
    ($($function:expr, $first:expr, $second:expr;
        $($([$($x:expr),+])+)? $(or $([$($at:expr),+] => [$($d:expr),+] $convention:literal)+)?;)*) => {{
        let mut cases = Vec::new();
        $($(
            $(cases.push($crate::elementary::Elementary {
                function: $function,
                x: vec![$($x),+],
                convention: None,
                first: $crate::elementary::Expected::Closed($first),
                second: $second,
            });)+
        )?
        $(
            $(cases.push($crate::elementary::Elementary {
                function: $function,
                x: vec![$($at),+],
                convention: Some($convention),
                first: $crate::elementary::Expected::Convention(vec![$($d),+]),
                second: None,
            });)+
        )?)*
        cases
    }};
}
use cases;
