//! Functions of one number.

use super::{Dependence, UnaryRule};
use crate::Scalar;

macro_rules! unary_rules {
    ($($(#[$doc:meta])* $name:ident $dependence:ident: $value:expr, $derivative:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl UnaryRule for $name {
            #[inline]
            fn value<T: Scalar>(self, x: T) -> T {
                let value: fn(T) -> T = $value;
                value(x)
            }

            #[inline]
            fn derivative<T: Scalar>(self, x: T, value: T) -> T {
                let derivative: fn(T, T) -> T = $derivative;
                derivative(x, value)
            }

            #[inline]
            fn dependence(self) -> Dependence {
                Dependence::$dependence
            }
        }
    )*};
}

unary_rules! {
    /// `|x|`
    Abs Affine: |x| x.abs(), |x, _| if x > T::zero() { T::one() } else if x < T::zero() { -T::one() } else { x * T::zero() };
    /// `sign(x)`
    Signum Flat: |x| x.signum(), |_, _| T::zero();
    /// `⌊x⌋`
    Floor Flat: |x| x.floor(), |_, _| T::zero();
    /// `⌈x⌉`
    Ceil Flat: |x| x.ceil(), |_, _| T::zero();
    /// `x` rounded half away from zero
    Round Flat: |x| x.round(), |_, _| T::zero();
    /// `x` rounded to zero
    Trunc Flat: |x| x.trunc(), |_, _| T::zero();
    /// `x - trunc(x)`
    Fract Affine: |x| x.fract(), |_, _| T::one();
    /// `1/x`
    Recip Curved: |x| x.recip(), |_, v| -(v * v);
    /// `√x`; adding zero makes a root of -0 positive, and the limit +∞
    Sqrt Curved: |x| x.sqrt(), |_, v| T::lift(0.5) / (v + T::zero());
    /// `∛x`
    Cbrt Curved: |x| x.cbrt(), |_, v| T::one() / (T::lift(3.0) * v * v);
    /// `eˣ`
    Exp Curved: |x| x.exp(), |_, v| v;
    /// `2ˣ`
    Exp2 Curved: |x| x.exp2(), |_, v| v * T::LN_2();
    /// `eˣ - 1`
    ExpM1 Curved: |x| x.exp_m1(), |x, _| x.exp();
    /// `ln x`
    Ln Curved: |x| x.ln(), |x, _| x.recip();
    /// `ln(1 + x)`
    Ln1p Curved: |x| x.ln_1p(), |x, _| (T::one() + x).recip();
    /// `log₂ x`
    Log2 Curved: |x| x.log2(), |x, _| x.recip() / T::LN_2();
    /// `log₁₀ x`
    Log10 Curved: |x| x.log10(), |x, _| x.recip() / T::LN_10();
    /// `sin x`
    Sin Curved: |x| x.sin(), |x, _| x.cos();
    /// `cos x`
    Cos Curved: |x| x.cos(), |x, _| -x.sin();
    /// `tan x`
    Tan Curved: |x| x.tan(), |_, v| T::one() + v * v;
    /// `arcsin x`
    Asin Curved: |x| x.asin(), |x, _| ((T::one() - x) * (T::one() + x)).sqrt().recip();
    /// `arccos x`
    Acos Curved: |x| x.acos(), |x, _| -((T::one() - x) * (T::one() + x)).sqrt().recip();
    /// `arctan x`
    Atan Curved: |x| x.atan(), |x, _| (T::one() + x * x).recip();
    /// `sinh x`
    Sinh Curved: |x| x.sinh(), |x, _| x.cosh();
    /// `cosh x`
    Cosh Curved: |x| x.cosh(), |x, _| x.sinh();
    /// `tanh x`; where the value is near ±1, `1 - tanh²x` is computed without cancellation
    Tanh Curved: |x| x.tanh(), |x, v| {
        let square = v * v;
        if square < T::lift(0.99) {
            T::one() - square
        } else {
            let e = (x.abs() * T::lift(-2.0)).exp();
            T::lift(4.0) * e / ((T::one() + e) * (T::one() + e))
        }
    };
    /// `arsinh x`
    Asinh Curved: |x| x.asinh(), |x, _| x.hypot(T::one()).recip();
    /// `arcosh x`
    Acosh Curved: |x| x.acosh(), |x, _| ((x - T::one()).sqrt() * (x + T::one()).sqrt()).recip();
    /// `artanh x`
    Atanh Curved: |x| x.atanh(), |x, _| ((T::one() - x) * (T::one() + x)).recip();
}

/// `xⁿ` with an integer `n`
#[derive(Clone, Copy, Debug)]
pub struct PowI(pub i32);

impl UnaryRule for PowI {
    #[inline]
    fn value<T: Scalar>(self, x: T) -> T {
        x.powi(self.0)
    }

    #[inline]
    fn derivative<T: Scalar>(self, x: T, value: T) -> T {
        match self.0 {
            0 => T::zero(),
            1 => T::one(),
            2 => x + x,
            i32::MIN => T::lift(f64::from(i32::MIN)) * value / x,
            n => T::lift(f64::from(n)) * x.powi(n - 1),
        }
    }

    #[inline]
    fn dependence(self) -> Dependence {
        match self.0 {
            0 => Dependence::Flat,
            1 => Dependence::Affine,
            _ => Dependence::Curved,
        }
    }
}
