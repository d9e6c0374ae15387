//! The scalars that the engine differentiates.

use di_core::Scalar;

/// `f64` and `f32`: the numbers that compiled code computes with.
///
/// Dual numbers and variables of a tape are not among them: Enzyme would differentiate each of their parts, not them.
#[diagnostic::on_unimplemented(
    message = "Enzyme differentiates compiled code of `f64` and `f32`, not of `{Self}`",
    note = "for second derivatives take `Enzyme`'s own, or `SecondOrder` with finite differences as the outer backend"
)]
pub trait Number: Scalar + sealed::Sealed {}

impl Number for f64 {}
impl Number for f32 {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for f64 {}
    impl Sealed for f32 {}
}
