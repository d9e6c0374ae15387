//! The functions themselves, generic over their scalar.

use di_core::{Scalar, Shadow};

macro_rules! table {
    ($($(#[$doc:meta])* $name:ident $(($constant:ident: $type:ty))? = |$x:ident| $value:expr;)*) => {
        /// An elementary function of one to three arguments; what is in parentheses is constant.
        #[derive(Clone, Copy, Debug, PartialEq, Shadow)]
        pub enum Function {
            $($(#[$doc])* $name $(($type))?,)*
        }

        impl Function {
            /// The value at `x`.
            ///
            /// # Panics
            ///
            /// If `x` has too few entries.
            pub fn call<T: Scalar>(self, x: &[T]) -> T {
                match self {
                    $(Self::$name $(($constant))? => {
                        let $x = x;
                        $value
                    })*
                }
            }
        }
    };
}

table! {
    /// `-x`
    Neg = |x| -x[0];
    /// `x + y`
    Add = |x| x[0] + x[1];
    /// `x - y`
    Sub = |x| x[0] - x[1];
    /// `x · y`
    Mul = |x| x[0] * x[1];
    /// `x / y`
    Div = |x| x[0] / x[1];
    /// `c - x`
    SubFrom(c: f64) = |x| T::lift(c) - x[0];
    /// `c x`
    Scale(c: f64) = |x| T::lift(c) * x[0];
    /// `c / x`
    DivInto(c: f64) = |x| T::lift(c) / x[0];
    /// `x % y`
    Rem = |x| x[0] % x[1];
    /// `x % c`
    RemBy(c: f64) = |x| x[0] % T::lift(c);
    /// the product of three
    Product = |x| x.iter().product();
    /// `floor`
    Floor = |x| x[0].floor();
    /// `ceil`
    Ceil = |x| x[0].ceil();
    /// `round`
    Round = |x| x[0].round();
    /// `trunc`
    Trunc = |x| x[0].trunc();
    /// `fract`
    Fract = |x| x[0].fract();
    /// `abs`
    Abs = |x| x[0].abs();
    /// `signum`
    Signum = |x| x[0].signum();
    /// `mul_add`
    MulAdd = |x| x[0].mul_add(x[1], x[2]);
    /// `recip`
    Recip = |x| x[0].recip();
    /// `powi`
    PowI(n: i32) = |x| x[0].powi(n);
    /// `x.powf(y)`
    PowF = |x| x[0].powf(x[1]);
    /// `x.powf(c)`
    PowFBy(c: f64) = |x| x[0].powf(T::lift(c));
    /// `c.powf(x)`
    PowFOf(c: f64) = |x| T::lift(c).powf(x[0]);
    /// `sqrt`
    Sqrt = |x| x[0].sqrt();
    /// `cbrt`
    Cbrt = |x| x[0].cbrt();
    /// `exp`
    Exp = |x| x[0].exp();
    /// `exp2`
    Exp2 = |x| x[0].exp2();
    /// `exp_m1`
    ExpM1 = |x| x[0].exp_m1();
    /// `ln`
    Ln = |x| x[0].ln();
    /// `ln_1p`
    Ln1p = |x| x[0].ln_1p();
    /// `x.log(y)`
    Log = |x| x[0].log(x[1]);
    /// `x.log(c)`
    LogTo(c: f64) = |x| x[0].log(T::lift(c));
    /// `log2`
    Log2 = |x| x[0].log2();
    /// `log10`
    Log10 = |x| x[0].log10();
    /// `max`
    Max = |x| x[0].max(x[1]);
    /// `min`
    Min = |x| x[0].min(x[1]);
    /// `x.max(c)`, the rectifier for c = 0
    MaxOf(c: f64) = |x| x[0].max(T::lift(c));
    /// `x.clamp(-c, c)`
    Clamp(c: f64) = |x| x[0].clamp(T::lift(-c), T::lift(c));
    /// `abs_sub`
    AbsSub = |x| x[0].abs_sub(x[1]);
    /// `hypot`
    Hypot = |x| x[0].hypot(x[1]);
    /// `copysign`
    Copysign = |x| x[0].copysign(x[1]);
    /// `sin`
    Sin = |x| x[0].sin();
    /// `cos`
    Cos = |x| x[0].cos();
    /// `sin_cos`, the sine and twice the cosine added
    SinCos = |x| { let (sin, cos) = x[0].sin_cos(); sin + cos + cos };
    /// `tan`
    Tan = |x| x[0].tan();
    /// `asin`
    Asin = |x| x[0].asin();
    /// `acos`
    Acos = |x| x[0].acos();
    /// `atan`
    Atan = |x| x[0].atan();
    /// `y.atan2(x)`
    Atan2 = |x| x[0].atan2(x[1]);
    /// `sinh`
    Sinh = |x| x[0].sinh();
    /// `cosh`
    Cosh = |x| x[0].cosh();
    /// `tanh`
    Tanh = |x| x[0].tanh();
    /// `asinh`
    Asinh = |x| x[0].asinh();
    /// `acosh`
    Acosh = |x| x[0].acosh();
    /// `atanh`
    Atanh = |x| x[0].atanh();
    /// `to_degrees`
    ToDegrees = |x| x[0].to_degrees();
    /// `to_radians`
    ToRadians = |x| x[0].to_radians();
}
