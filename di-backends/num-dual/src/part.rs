//! What a dual number holds its derivatives in.

use di_core::Scalar;
use nalgebra::{ArrayStorage, Const, SVector, U1};
use num_dual::Derivative;
use std::fmt::Debug;

/// The derivatives of a number along `N` directions.
pub trait Part<T, const N: usize>: Copy + Debug + Send + Sync + 'static {
    /// Of these derivatives; without any, of a constant.
    fn new(lanes: Option<[T; N]>) -> Self;

    /// The derivatives; none of what is known to be a constant.
    fn lanes(&self) -> Option<&[T; N]>;
}

/// Constants are told apart, and have no derivatives.
impl<T: Scalar, const N: usize> Part<T, N> for Derivative<T, Const<N>, U1> {
    #[inline]
    fn new(lanes: Option<[T; N]>) -> Self {
        Self(lanes.map(|lanes| SVector::from_array_storage(ArrayStorage([lanes]))))
    }

    #[inline]
    fn lanes(&self) -> Option<&[T; N]> {
        self.0.as_ref().map(|eps| &eps.data.0[0])
    }
}

/// Constants have derivatives of zero.
impl<T: Scalar, const N: usize> Part<T, N> for [T; N] {
    #[inline]
    fn new(lanes: Option<[T; N]>) -> Self {
        lanes.unwrap_or([T::zero(); N])
    }

    #[inline]
    fn lanes(&self) -> Option<&[T; N]> {
        Some(self)
    }
}
