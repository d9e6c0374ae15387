//! What the pushforward asks of a dual number.

use di_core::{Overload, Scalar};

/// A value with its derivatives along `N` directions.
pub trait DualNumber<T: Scalar, const N: usize>: Overload<Base = T> + Scalar {
    /// A number with the given derivatives.
    #[must_use]
    fn seeded(value: T, derivatives: [T; N]) -> Self;

    /// The value.
    fn value(&self) -> T;

    /// Changes the value and keeps the derivatives.
    fn set_value(&mut self, value: T);

    /// The derivatives; none of what is known to be a constant.
    fn lanes(&self) -> Option<&[T; N]>;
}
