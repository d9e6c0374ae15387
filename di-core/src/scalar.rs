//! Numbers that functions are written over.
//!
//! # For callers
//!
//! Bound a function by [`Real`] and it runs with `f64` and with every engine's numbers; constants are plain `f64` on
//! the right of an operator (`x * 2.0`). Bound it by [`Scalar`] and it runs with plain `f32` too; constants are then
//! written [`T::lift(2.0)`](Scalar::lift), because Rust does not let a crate define `f32 * f64`. Code that is bounded
//! by [`num_traits::Float`] alone needs no change: every scalar is a `Float`.
//!
//! # For backend authors
//!
//! Implement [`Overload`] for a number type (a constant, a value, a chain rule) and let
//! [`overload_scalar!`](crate::overload_scalar) write the rest, with the conventions of [`rule`] at every awkward point.

mod local;
mod macros;
mod overload;
mod partials;
mod primitive;
pub mod rule;

use crate::Shadow;
use num_traits::{Float, FloatConst};
use std::fmt::{Debug, Display};
use std::iter::{Product, Sum};
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, RemAssign, Sub, SubAssign};

pub use local::LocalFn;
pub use overload::Overload;
pub use partials::Partials;

/// A number that every engine, and plain evaluation in `f32` and `f64`, can call a function with.
///
/// Comparisons look at the value alone, so control flow follows the value.
pub trait Scalar:
    Float
    + FloatConst
    + AddAssign
    + SubAssign
    + MulAssign
    + DivAssign
    + RemAssign
    + Sum
    + for<'a> Sum<&'a Self>
    + Product
    + for<'a> Product<&'a Self>
    + Debug
    + Display
    + Default
    + Shadow<Shadow = Self>
    + Send
    + Sync
    + 'static
{
    /// How many derivatives deep the scalar is: 0 for `f64`, one more for each engine around it.
    const ORDER: usize;

    /// The constant `c`, rounded to the precision of the scalar.
    fn lift(c: f64) -> Self;

    /// Whether the scalar is zero in value and in every derivative, so that a product with it may be left out.
    fn is_identically_zero(&self) -> bool;

    /// `Σ a_i b_i`; a tape records it as one node.
    ///
    /// # Panics
    ///
    /// If the lengths differ.
    #[must_use]
    fn dot(a: &[Self], b: &[Self]) -> Self {
        assert_eq!(a.len(), b.len(), "dot of slices of different lengths");
        let mut sum = Self::zero();
        for (&a, &b) in a.iter().zip(b) {
            sum += a * b;
        }
        sum
    }

    /// `Σ a_i`; a tape records it as one node.
    #[must_use]
    fn sum_of(a: &[Self]) -> Self {
        let mut sum = Self::zero();
        for &a in a {
            sum += a;
        }
        sum
    }

    /// `Σ c_i x_i` with constants `c`; a tape records it as one node.
    ///
    /// # Panics
    ///
    /// If the lengths differ.
    #[must_use]
    fn linear_combination(c: &[f64], x: &[Self]) -> Self {
        assert_eq!(c.len(), x.len(), "linear combination of slices of different lengths");
        let mut sum = Self::zero();
        for (&c, &x) in c.iter().zip(x) {
            sum += Self::lift(c) * x;
        }
        sum
    }

    /// `term(x)`, a term of few inputs; a tape records it as one node whose local derivatives are computed on the
    /// stack ([`Partials`]), and so grows by one node instead of one for each operation.
    ///
    /// # References
    ///
    /// Griewank and Walther, *Evaluating Derivatives*, 2nd ed. (2008), section 10.2 (preaccumulation).
    #[must_use]
    #[inline]
    fn local<const N: usize>(x: [Self; N], term: &impl LocalFn<N>) -> Self {
        term.call(x)
    }
}

/// A [`Scalar`] that takes plain `f64` on the right of an operator: `f64` itself and every engine's numbers.
///
/// ```
/// use di_core::Real;
///
/// fn cost<T: Real>(x: T) -> T {
///     (x - 1.0).powi(2) * 100.0 + x.sin()
/// }
/// assert_eq!(cost(1.0), 1.0_f64.sin());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no arithmetic with `f64`",
    note = "plain `f32` is a `Scalar` but not a `Real`: bound the function by `Scalar` and write constants as `T::lift(2.0)`",
    note = "a closure or function of plain numbers cannot be differentiated by this backend: write it generic over `T: Real`"
)]
pub trait Real:
    Scalar
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
    + Div<f64, Output = Self>
    + AddAssign<f64>
    + SubAssign<f64>
    + MulAssign<f64>
    + DivAssign<f64>
{
}

#[diagnostic::do_not_recommend]
impl<T> Real for T where
    T: Scalar
        + Add<f64, Output = T>
        + Sub<f64, Output = T>
        + Mul<f64, Output = T>
        + Div<f64, Output = T>
        + AddAssign<f64>
        + SubAssign<f64>
        + MulAssign<f64>
        + DivAssign<f64>
{
}
