//! Terms of few inputs.

use super::Scalar;

/// A term `R^N → R` with small constant `N`, for [`Scalar::local`].
pub trait LocalFn<const N: usize> {
    /// The term's value at `x`.
    fn call<T: Scalar>(&self, x: [T; N]) -> T;
}
