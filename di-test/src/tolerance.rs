//! How far from the closed form an answer may be.

use di_core::Scalar;

/// Errors that are allowed, relative to the larger of one and the largest entry of the answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// Values and first derivatives in double precision.
    pub first_f64: f64,
    /// Second-order operators in double precision.
    pub second_f64: f64,
    /// Values and first derivatives in single precision.
    pub first_f32: f64,
    /// Second-order operators in single precision.
    pub second_f32: f64,
}

impl Tolerance {
    /// For engines that differentiate by the chain rule: rounding alone.
    pub const EXACT: Self = Self { first_f64: 1e-12, second_f64: 1e-12, first_f32: 1e-5, second_f32: 1e-5 };
    /// For central differences with well-chosen steps.
    pub const CENTRAL: Self = Self { first_f64: 1e-7, second_f64: 1e-3, first_f32: 1e-2, second_f32: 0.3 };
    /// For forward differences with well-chosen steps.
    pub const FORWARD: Self = Self { first_f64: 1e-5, second_f64: 1e-2, first_f32: 0.1, second_f32: 0.5 };

    /// What is allowed for scalars of this precision, by first- and by second-order operators.
    #[must_use]
    pub fn of<T: Scalar>(&self) -> (f64, f64) {
        let single = T::epsilon().to_f64().is_some_and(|epsilon| epsilon > 1e-10);
        if single { (self.first_f32, self.second_f32) } else { (self.first_f64, self.second_f64) }
    }
}
