//! Functions of two numbers.

use super::{BinaryDependence, BinaryRule};
use crate::Scalar;

macro_rules! binary_rules {
    ($($(#[$doc:meta])* $name:ident $dependence:ident: $value:expr, $partial_x:expr, $partial_y:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl BinaryRule for $name {
            #[inline]
            fn value<T: Scalar>(self, x: T, y: T) -> T {
                let value: fn(T, T) -> T = $value;
                value(x, y)
            }

            #[inline]
            fn partial_x<T: Scalar>(self, x: T, y: T, value: T) -> T {
                let partial: fn(T, T, T) -> T = $partial_x;
                partial(x, y, value)
            }

            #[inline]
            fn partial_y<T: Scalar>(self, x: T, y: T, value: T) -> T {
                let partial: fn(T, T, T) -> T = $partial_y;
                partial(x, y, value)
            }

            #[inline]
            fn dependence(self) -> BinaryDependence {
                BinaryDependence::$dependence
            }
        }
    )*};
}

binary_rules! {
    /// `xʸ`
    PowF CURVED: |x, y| x.powf(y),
        |x, y, _| if y == T::zero() && y.is_identically_zero() { T::zero() } else { y * x.powf(y - T::one()) },
        |x, y, v| if x == T::zero() && y > T::zero() { T::zero() } else { v * x.ln() };
    /// the angle of the point `(y, x)`, in the order of `y.atan2(x)`
    Atan2 CURVED: |x, y| x.atan2(y),
        |x, y, _| { let r = x.hypot(y); (y / r) / r },
        |x, y, _| { let r = x.hypot(y); -(x / r) / r };
    /// `√(x² + y²)`
    Hypot CURVED: |x, y| x.hypot(y),
        |x, _, v| if v == T::zero() { T::zero() } else { x / v },
        |_, y, v| if v == T::zero() { T::zero() } else { y / v };
    /// `x - y·trunc(x/y)`
    Rem AFFINE: |x, y| x % y, |_, _, _| T::one(), |x, y, v| ((v - x) / y).round();
    /// `max(x - y, 0)`
    AbsSub AFFINE: |x, y| if x <= y { T::zero() } else { x - y },
        |x, y, _| if x > y { T::one() } else { T::zero() },
        |x, y, _| if x > y { -T::one() } else { T::zero() };
    /// the logarithm of `x` to the base `y`
    Log CURVED: |x, y| x.log(y),
        |x, y, _| (x * y.ln()).recip(),
        |_, y, v| -v / (y * y.ln());
}
