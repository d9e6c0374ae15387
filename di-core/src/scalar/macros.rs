//! Writes the traits of a scalar for a type that is `Overload`.

/// Implements [`Scalar`](crate::Scalar), [`Real`](crate::Real), [`num_traits::Float`] and all that they ask for, for a
/// type that implements [`Overload`](crate::Overload), `Clone`, `Copy` and `Debug`.
///
/// Invoke it as `overload_scalar!(impl[T: Scalar, const N: usize] MyDual<T, N>);`.
#[macro_export]
macro_rules! overload_scalar {
    (impl[$($generics:tt)*] $type:ty) => {
        $crate::overload_scalar!(@binary [$($generics)*] $type, Add add AddAssign add_assign plus);
        $crate::overload_scalar!(@binary [$($generics)*] $type, Sub sub SubAssign sub_assign minus);
        $crate::overload_scalar!(@binary [$($generics)*] $type, Mul mul MulAssign mul_assign times);
        $crate::overload_scalar!(@binary [$($generics)*] $type, Div div DivAssign div_assign over);
        $crate::overload_scalar!(@constant [$($generics)*] $type, Add add AddAssign add_assign,
            |x, c| $crate::Overload::shifted(x, $crate::Scalar::lift(c)));
        $crate::overload_scalar!(@constant [$($generics)*] $type, Sub sub SubAssign sub_assign,
            |x, c| $crate::Overload::shifted(x, $crate::Scalar::lift(-c)));
        $crate::overload_scalar!(@constant [$($generics)*] $type, Mul mul MulAssign mul_assign,
            |x, c| $crate::Overload::scaled(x, $crate::Scalar::lift(c)));
        $crate::overload_scalar!(@constant [$($generics)*] $type, Div div DivAssign div_assign,
            |x, c| $crate::Overload::over(x, $crate::Overload::constant($crate::Scalar::lift(c))));

        impl<$($generics)*> ::core::ops::Rem for $type {
            type Output = Self;
            #[inline]
            fn rem(self, other: Self) -> Self {
                $crate::Overload::binary(self, other, $crate::rule::Rem)
            }
        }
        impl<$($generics)*> ::core::ops::RemAssign for $type {
            #[inline]
            fn rem_assign(&mut self, other: Self) {
                *self = *self % other;
            }
        }
        impl<$($generics)*> ::core::ops::Neg for $type {
            type Output = Self;
            #[inline]
            fn neg(self) -> Self {
                $crate::Overload::negated(self)
            }
        }
        $crate::overload_scalar!(@fold [$($generics)*] $type, Sum sum Zero zero Add add);
        $crate::overload_scalar!(@fold [$($generics)*] $type, Product product One one Mul mul);

        impl<$($generics)*> ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::Overload::asked(self, "==") == $crate::Overload::asked(other, "==")
            }
        }
        impl<$($generics)*> ::core::cmp::PartialOrd for $type {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<::core::cmp::Ordering> {
                $crate::Overload::asked(self, "<").partial_cmp(&$crate::Overload::asked(other, "<"))
            }
        }
        impl<$($generics)*> ::core::default::Default for $type {
            #[inline]
            fn default() -> Self {
                $crate::num_traits::Zero::zero()
            }
        }
        impl<$($generics)*> ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&$crate::Overload::primal(self), f)
            }
        }
        impl<$($generics)*> $crate::ndarray::ScalarOperand for $type {}
        impl<$($generics)*> $crate::Shadow for $type {
            type Shadow = Self;
            #[inline]
            fn make_zero(&self) -> Self {
                $crate::num_traits::Zero::zero()
            }
            #[inline]
            fn remake_zero(&self, shadow: &mut Self) {
                *shadow = $crate::num_traits::Zero::zero();
            }
        }
        $crate::overload_scalar!(@number [$($generics)*] $type);
        $crate::overload_scalar!(@float [$($generics)*] $type);
        $crate::overload_scalar!(@float_const [$($generics)*] $type;
            E FRAC_1_PI FRAC_1_SQRT_2 FRAC_2_PI FRAC_2_SQRT_PI FRAC_PI_2 FRAC_PI_3 FRAC_PI_4 FRAC_PI_6 FRAC_PI_8
            LN_10 LN_2 LOG10_2 LOG10_E LOG2_10 LOG2_E PI SQRT_2);

        impl<$($generics)*> $crate::Scalar for $type {
            const ORDER: usize = <<$type as $crate::Overload>::Base as $crate::Scalar>::ORDER + 1;
            #[inline]
            fn lift(c: f64) -> Self {
                $crate::Overload::constant($crate::Scalar::lift(c))
            }
            #[inline]
            fn is_identically_zero(&self) -> bool {
                $crate::Scalar::is_identically_zero(&$crate::Overload::primal(self))
                    && $crate::Overload::is_constant(self)
            }
            #[inline]
            fn dot(a: &[Self], b: &[Self]) -> Self {
                <$type as $crate::Overload>::dot(a, b)
            }
            #[inline]
            fn sum_of(a: &[Self]) -> Self {
                <$type as $crate::Overload>::sum_of(a)
            }
            #[inline]
            fn linear_combination(c: &[f64], x: &[Self]) -> Self {
                <$type as $crate::Overload>::linear_combination(c, x)
            }
            #[inline]
            fn local<const LOCAL: usize>(x: [Self; LOCAL], term: &impl $crate::LocalFn<LOCAL>) -> Self {
                <$type as $crate::Overload>::local(x, term)
            }
        }
    };

    (@binary [$($generics:tt)*] $type:ty, $op:ident $method:ident $assign:ident $assign_method:ident $rule:ident) => {
        impl<$($generics)*> ::core::ops::$op for $type {
            type Output = Self;
            #[inline]
            fn $method(self, other: Self) -> Self {
                $crate::Overload::$rule(self, other)
            }
        }
        impl<$($generics)*> ::core::ops::$assign for $type {
            #[inline]
            fn $assign_method(&mut self, other: Self) {
                *self = $crate::Overload::$rule(*self, other);
            }
        }
    };

    (@constant [$($generics:tt)*] $type:ty, $op:ident $method:ident $assign:ident $assign_method:ident, $rule:expr) => {
        impl<$($generics)*> ::core::ops::$op<f64> for $type {
            type Output = Self;
            #[inline]
            fn $method(self, c: f64) -> Self {
                let rule: fn(Self, f64) -> Self = $rule;
                rule(self, c)
            }
        }
        impl<$($generics)*> ::core::ops::$assign<f64> for $type {
            #[inline]
            fn $assign_method(&mut self, c: f64) {
                *self = ::core::ops::$op::$method(*self, c);
            }
        }
    };

    (@fold [$($generics:tt)*] $type:ty, $fold:ident $method:ident $unit:ident $start:ident $op:ident $op_method:ident) => {
        impl<$($generics)*> ::core::iter::$fold for $type {
            #[inline]
            fn $method<I: Iterator<Item = Self>>(mut iter: I) -> Self {
                match iter.next() {
                    Some(first) => iter.fold(first, ::core::ops::$op::$op_method),
                    None => $crate::num_traits::$unit::$start(),
                }
            }
        }
        impl<'a, $($generics)*> ::core::iter::$fold<&'a Self> for $type {
            #[inline]
            fn $method<I: Iterator<Item = &'a Self>>(iter: I) -> Self {
                ::core::iter::$fold::$method(iter.copied())
            }
        }
    };

    (@number [$($generics:tt)*] $type:ty) => {
        impl<$($generics)*> $crate::num_traits::Zero for $type {
            #[inline]
            fn zero() -> Self {
                $crate::Overload::constant($crate::num_traits::Zero::zero())
            }
            #[inline]
            fn is_zero(&self) -> bool {
                $crate::num_traits::Zero::is_zero(&$crate::Overload::asked(self, "is_zero"))
            }
        }
        impl<$($generics)*> $crate::num_traits::One for $type {
            #[inline]
            fn one() -> Self {
                $crate::Overload::constant($crate::num_traits::One::one())
            }
        }
        impl<$($generics)*> $crate::num_traits::Num for $type {
            type FromStrRadixErr =
                <<$type as $crate::Overload>::Base as $crate::num_traits::Num>::FromStrRadixErr;
            fn from_str_radix(text: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
                $crate::num_traits::Num::from_str_radix(text, radix).map($crate::Overload::constant)
            }
        }
        impl<$($generics)*> $crate::num_traits::NumCast for $type {
            #[inline]
            fn from<Source: $crate::num_traits::ToPrimitive>(source: Source) -> Option<Self> {
                $crate::num_traits::NumCast::from(source).map($crate::Overload::constant)
            }
        }
        impl<$($generics)*> $crate::num_traits::ToPrimitive for $type {
            #[inline]
            fn to_i64(&self) -> Option<i64> {
                $crate::num_traits::ToPrimitive::to_i64(&$crate::Overload::asked(self, "to_i64"))
            }
            #[inline]
            fn to_u64(&self) -> Option<u64> {
                $crate::num_traits::ToPrimitive::to_u64(&$crate::Overload::asked(self, "to_u64"))
            }
            #[inline]
            fn to_i128(&self) -> Option<i128> {
                $crate::num_traits::ToPrimitive::to_i128(&$crate::Overload::asked(self, "to_i128"))
            }
            #[inline]
            fn to_u128(&self) -> Option<u128> {
                $crate::num_traits::ToPrimitive::to_u128(&$crate::Overload::asked(self, "to_u128"))
            }
            #[inline]
            fn to_f32(&self) -> Option<f32> {
                $crate::num_traits::ToPrimitive::to_f32(&$crate::Overload::asked(self, "to_f32"))
            }
            #[inline]
            fn to_f64(&self) -> Option<f64> {
                $crate::num_traits::ToPrimitive::to_f64(&$crate::Overload::asked(self, "to_f64"))
            }
        }
    };

    (@float [$($generics:tt)*] $type:ty) => {
        impl<$($generics)*> $crate::num_traits::Float for $type {
            $crate::overload_scalar!(@lifted nan infinity neg_infinity neg_zero min_value min_positive_value epsilon
                max_value);
            $crate::overload_scalar!(@asked is_nan is_infinite is_finite is_normal is_subnormal is_sign_positive
                is_sign_negative);
            $crate::overload_scalar!(@ruled floor Floor, ceil Ceil, round Round, trunc Trunc, fract Fract, abs Abs,
                signum Signum, recip Recip, sqrt Sqrt, cbrt Cbrt, exp Exp, exp2 Exp2, exp_m1 ExpM1, ln Ln, ln_1p Ln1p,
                log2 Log2, log10 Log10, sin Sin, cos Cos, tan Tan, asin Asin, acos Acos, atan Atan, sinh Sinh,
                cosh Cosh, tanh Tanh, asinh Asinh, acosh Acosh, atanh Atanh);
            $crate::overload_scalar!(@ruled_binary powf PowF, log Log, atan2 Atan2, hypot Hypot, abs_sub AbsSub);

            #[inline]
            fn classify(self) -> ::core::num::FpCategory {
                $crate::Overload::asked(&self, "classify").classify()
            }
            #[inline]
            fn integer_decode(self) -> (u64, i16, i8) {
                $crate::Overload::asked(&self, "integer_decode").integer_decode()
            }
            #[inline]
            fn powi(self, n: i32) -> Self {
                $crate::Overload::unary(self, $crate::rule::PowI(n))
            }
            #[inline]
            fn mul_add(self, a: Self, b: Self) -> Self {
                self * a + b
            }
            #[inline]
            fn sin_cos(self) -> (Self, Self) {
                (self.sin(), self.cos())
            }
            #[inline]
            fn max(self, other: Self) -> Self {
                $crate::Overload::larger(self, other)
            }
            #[inline]
            fn min(self, other: Self) -> Self {
                $crate::Overload::smaller(self, other)
            }
            #[inline]
            fn clamp(self, low: Self, high: Self) -> Self {
                $crate::Overload::clamped(self, low, high)
            }
            #[inline]
            fn copysign(self, sign: Self) -> Self {
                $crate::Overload::signed_as(self, sign)
            }
            #[inline]
            fn to_degrees(self) -> Self {
                $crate::Overload::scaled(self, $crate::Scalar::lift(180.0 / ::core::f64::consts::PI))
            }
            #[inline]
            fn to_radians(self) -> Self {
                $crate::Overload::scaled(self, $crate::Scalar::lift(::core::f64::consts::PI / 180.0))
            }
        }
    };

    (@lifted $($method:ident)*) => {$(
        #[inline]
        fn $method() -> Self {
            $crate::Overload::constant($crate::num_traits::Float::$method())
        }
    )*};

    (@asked $($method:ident)*) => {$(
        #[inline]
        fn $method(self) -> bool {
            $crate::Overload::asked(&self, stringify!($method)).$method()
        }
    )*};

    (@ruled $($method:ident $rule:ident),*) => {$(
        #[inline]
        fn $method(self) -> Self {
            $crate::Overload::unary(self, $crate::rule::$rule)
        }
    )*};

    (@ruled_binary $($method:ident $rule:ident),*) => {$(
        #[inline]
        fn $method(self, other: Self) -> Self {
            $crate::Overload::binary(self, other, $crate::rule::$rule)
        }
    )*};

    (@float_const [$($generics:tt)*] $type:ty; $($constant:ident)*) => {
        impl<$($generics)*> $crate::num_traits::FloatConst for $type {
            $(
                #[inline]
                fn $constant() -> Self {
                    $crate::Overload::constant($crate::num_traits::FloatConst::$constant())
                }
            )*
        }
    };
}
