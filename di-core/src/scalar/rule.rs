//! Value and derivative of every elementary function, written once for all engines.
//!
//! # Conventions where a function is not differentiable
//!
//! | function | point | derivative |
//! | --- | --- | --- |
//! | `abs`, `signum`, `floor`, `ceil`, `round`, `trunc` | at a kink or jump | 0 |
//! | `fract`, `x % y` | at a jump | as beside it: 1, and minus the whole quotient in `y` |
//! | `max`, `min` | tie | that of `self`; of the other one if `self` is NaN |
//! | `abs_sub` | tie | 0 |
//! | `sqrt`, `cbrt` | 0 | `+∞`, the limit |
//! | `hypot` | (0, 0) | 0 in both, a subgradient |
//! | `atan2` | (0, 0) | NaN: there is no subgradient |
//! | `powf` | base 0, exponent > 0 | in the exponent 0, the limit |
//! | `powf` | base < 0 | in the exponent NaN, unless the exponent is constant |
//! | `powf`, `powi` | exponent 0 | in the base 0 |
//!
//! Where a function has no value, as `ln` of a negative number, its value is NaN, and the derivative is what the formula
//! gives; look at the value first.
//!
//! `mul_add` is not fused: its value is rounded twice, as that of `a * b + c`.
//!
//! A constant operand has no derivative: it contributes nothing, even where the rule's factor is infinite or NaN.
//!
//! # References
//!
//! Griewank and Walther, *Evaluating Derivatives*, 2nd ed. (2008), table 2.3; Abramowitz and Stegun, *Handbook of
//! Mathematical Functions* (1964), sections 4.2–4.6.

mod binary;
mod dependence;
mod unary;

use super::Scalar;

pub use dependence::{BinaryDependence, Dependence};

pub use binary::{AbsSub, Atan2, Hypot, Log, PowF, Rem};
pub use unary::{
    Abs, Acos, Acosh, Asin, Asinh, Atan, Atanh, Cbrt, Ceil, Cos, Cosh, Exp, Exp2, ExpM1, Floor, Fract, Ln, Ln1p, Log2,
    Log10, PowI, Recip, Round, Signum, Sin, Sinh, Sqrt, Tan, Tanh, Trunc,
};

/// A function of one number, with its derivative.
pub trait UnaryRule: Copy {
    /// The function's value at `x`.
    fn value<T: Scalar>(self, x: T) -> T;

    /// The derivative at `x`, where the function has the given value.
    fn derivative<T: Scalar>(self, x: T, value: T) -> T;

    /// Which derivatives vanish wherever they exist, for sparsity patterns; claims nothing if not given.
    #[inline]
    fn dependence(self) -> Dependence {
        Dependence::Curved
    }
}

/// A function of two numbers, with its two partial derivatives.
pub trait BinaryRule: Copy {
    /// The function's value at `(x, y)`.
    fn value<T: Scalar>(self, x: T, y: T) -> T;

    /// The partial derivative in `x` at `(x, y)`, where the function has the given value.
    fn partial_x<T: Scalar>(self, x: T, y: T, value: T) -> T;

    /// The partial derivative in `y` at `(x, y)`, where the function has the given value.
    fn partial_y<T: Scalar>(self, x: T, y: T, value: T) -> T;

    /// Which derivatives vanish wherever they exist, for sparsity patterns; claims nothing if not given.
    #[inline]
    fn dependence(self) -> BinaryDependence {
        BinaryDependence::CURVED
    }
}
