//! `f32` and `f64` are scalars that carry no derivative.

use super::Scalar;

impl Scalar for f64 {
    const ORDER: usize = 0;

    #[inline]
    fn lift(c: f64) -> Self {
        c
    }

    #[inline]
    fn is_identically_zero(&self) -> bool {
        *self == 0.0
    }
}

impl Scalar for f32 {
    const ORDER: usize = 0;

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "rounding a constant to single precision is the point")]
    fn lift(c: f64) -> Self {
        c as f32
    }

    #[inline]
    fn is_identically_zero(&self) -> bool {
        *self == 0.0
    }
}
