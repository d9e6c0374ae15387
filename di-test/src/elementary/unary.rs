//! Functions of one argument.

#[allow(clippy::enum_glob_use, reason = "a table of all of them")]
use super::Function::*;
use super::{Elementary, cases};
use std::f64::consts::{LN_2, LN_10, PI};

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

pub(super) fn cases() -> Vec<Elementary> {
    cases! {
        Neg, |_| vec![-1.0], Some(|_| vec![0.0]); [0.7];
        SubFrom(2.0), |_| vec![-1.0], Some(|_| vec![0.0]); [0.7];
        Scale(-2.5), |_| vec![-2.5], Some(|_| vec![0.0]); [0.7] [0.0];
        DivInto(3.0), |x| vec![-3.0 / x[0].powi(2)], Some(|x| vec![6.0 / x[0].powi(3)]); [0.7] [-2.0];
        Floor, |_| vec![0.0], Some(|_| vec![0.0]); [1.3] [-1.3] or [2.0] => [0.0] "0 at a jump";
        Ceil, |_| vec![0.0], Some(|_| vec![0.0]); [1.3] [-1.3] or [2.0] => [0.0] "0 at a jump";
        Round, |_| vec![0.0], Some(|_| vec![0.0]); [1.3] [-1.3] or [2.5] => [0.0] "0 at a jump"
            [-0.5] => [0.0] "0 at a jump";
        Trunc, |_| vec![0.0], Some(|_| vec![0.0]); [1.3] [-1.3] or [2.0] => [0.0] "0 at a jump";
        Fract, |_| vec![1.0], Some(|_| vec![0.0]); [1.3] [-1.3] or [2.0] => [1.0] "as beside the jump";
        Abs, |x| vec![x[0].signum()], Some(|_| vec![0.0]); [1.3] [-1.3] or [0.0] => [0.0] "0 at the kink"
            [-0.0] => [0.0] "0 at the kink";
        Signum, |_| vec![0.0], Some(|_| vec![0.0]); [1.3] [-1.3] or [0.0] => [0.0] "0 at the jump"
            [-0.0] => [0.0] "0 at the jump";
        RemBy(2.0), |_| vec![1.0], Some(|_| vec![0.0]); [5.5] [-5.5] or [4.0] => [1.0] "as beside the jump";
        Recip, |x| vec![-x[0].powi(-2)], Some(|x| vec![2.0 * x[0].powi(-3)]); [0.7] [-2.0]
            or [0.0] => [-INF] "a pole";
        PowI(0), |_| vec![0.0], Some(|_| vec![0.0]); [0.7] [0.0];
        PowI(1), |_| vec![1.0], Some(|_| vec![0.0]); [0.7] [0.0];
        PowI(2), |x| vec![2.0 * x[0]], Some(|_| vec![2.0]); [0.7] [0.0] [-1.5];
        PowI(3), |x| vec![3.0 * x[0].powi(2)], Some(|x| vec![6.0 * x[0]]); [0.7] [0.0] [-1.5];
        PowI(5), |x| vec![5.0 * x[0].powi(4)], Some(|x| vec![20.0 * x[0].powi(3)]); [0.7] [0.0] [-1.5];
        PowI(-1), |x| vec![-x[0].powi(-2)], Some(|x| vec![2.0 * x[0].powi(-3)]); [0.7] [-1.5]
            or [0.0] => [-INF] "a pole";
        PowI(-2), |x| vec![-2.0 * x[0].powi(-3)], Some(|x| vec![6.0 * x[0].powi(-4)]); [0.7] [-1.5];
        PowFBy(0.0), |_| vec![0.0], Some(|_| vec![0.0]); [0.7] [0.0] [-1.5];
        PowFBy(1.0), |_| vec![1.0], Some(|_| vec![0.0]); [0.7] [0.0] [-1.5];
        PowFBy(2.0), |x| vec![2.0 * x[0]], Some(|_| vec![2.0]); [0.7] [0.0] [-1.5];
        PowFBy(3.0), |x| vec![3.0 * x[0].powi(2)], Some(|x| vec![6.0 * x[0]]); [0.7] [0.0] [-2.0];
        PowFBy(2.5), |x| vec![2.5 * x[0].powf(1.5)], Some(|x| vec![3.75 * x[0].powf(0.5)]); [0.7]
            or [0.0] => [0.0] "0 from the right" [-1.0] => [NAN] "outside of the domain";
        PowFBy(0.5), |x| vec![0.5 * x[0].powf(-0.5)], Some(|x| vec![-0.25 * x[0].powf(-1.5)]); [0.7]
            or [0.0] => [INF] "the limit from the right";
        PowFBy(-1.5), |x| vec![-1.5 * x[0].powf(-2.5)], Some(|x| vec![3.75 * x[0].powf(-3.5)]); [0.7]
            or [0.0] => [-INF] "a pole";
        PowFOf(2.0), |x| vec![LN_2 * x[0].exp2()], Some(|x| vec![LN_2 * LN_2 * x[0].exp2()]); [3.0] [-0.5] [0.0];
        PowFOf(0.0), |_| vec![0.0], None; [2.0];
        PowFOf(-2.0), |_| vec![NAN], None; or [2.0] => [NAN] "no derivative in the exponent of a negative base";
        Sqrt, |x| vec![0.5 / x[0].sqrt()], Some(|x| vec![-0.25 * x[0].powf(-1.5)]); [0.7] [2.0]
            or [0.0] => [INF] "the limit from the right" [-1.0] => [NAN] "outside of the domain";
        Cbrt, |x| vec![1.0 / (3.0 * x[0].cbrt().powi(2))], Some(|x| vec![-2.0 / (9.0 * x[0].cbrt().powi(5))]);
            [0.7] [-8.0] [27.0] or [0.0] => [INF] "the limit from both sides"
            [-0.0] => [INF] "the limit from both sides";
        Exp, |x| vec![x[0].exp()], Some(|x| vec![x[0].exp()]); [0.7] [0.0] [-50.0]
            or [1000.0] => [INF] "overflow" [-1000.0] => [0.0] "underflow";
        Exp2, |x| vec![LN_2 * x[0].exp2()], Some(|x| vec![LN_2 * LN_2 * x[0].exp2()]); [3.0] [-0.5];
        ExpM1, |x| vec![x[0].exp()], Some(|x| vec![x[0].exp()]); [0.7] [0.0] [1e-10] [-40.0];
        Ln, |x| vec![x[0].recip()], Some(|x| vec![-x[0].powi(-2)]); [0.7] [1.0] or [0.0] => [INF] "a pole";
        Ln1p, |x| vec![(1.0 + x[0]).recip()], Some(|x| vec![-(1.0 + x[0]).powi(-2)]); [0.7] [0.0] [1e-10] [-0.5];
        LogTo(10.0), |x| vec![1.0 / (LN_10 * x[0])], Some(|x| vec![-1.0 / (LN_10 * x[0].powi(2))]); [100.0] [0.5];
        LogTo(0.5), |x| vec![-1.0 / (LN_2 * x[0])], Some(|x| vec![1.0 / (LN_2 * x[0].powi(2))]); [0.25];
        Log2, |x| vec![1.0 / (LN_2 * x[0])], Some(|x| vec![-1.0 / (LN_2 * x[0].powi(2))]); [8.0] [0.3];
        Log10, |x| vec![1.0 / (LN_10 * x[0])], Some(|x| vec![-1.0 / (LN_10 * x[0].powi(2))]); [1000.0] [0.3];
        MaxOf(0.0), |x| vec![if x[0] > 0.0 { 1.0 } else { 0.0 }], Some(|_| vec![0.0]); [1.3] [-1.3]
            or [0.0] => [1.0] "that of the first at a tie";
        Clamp(1.0), |x| vec![if x[0].abs() < 1.0 { 1.0 } else { 0.0 }], Some(|_| vec![0.0]); [0.5] [2.0] [-3.0]
            or [1.0] => [1.0] "as inside" [-1.0] => [1.0] "as inside";
        Sin, |x| vec![x[0].cos()], Some(|x| vec![-x[0].sin()]); [0.7] [0.0] [-2.0];
        Cos, |x| vec![-x[0].sin()], Some(|x| vec![-x[0].cos()]); [0.7] [0.0] [-2.0];
        SinCos, |x| vec![x[0].cos() - 2.0 * x[0].sin()], Some(|x| vec![-x[0].sin() - 2.0 * x[0].cos()]); [0.7] [-2.0];
        Tan, |x| vec![1.0 + x[0].tan().powi(2)],
            Some(|x| vec![2.0 * x[0].tan() * (1.0 + x[0].tan().powi(2))]); [0.7] [0.0] [-2.0];
        Asin, |x| vec![(1.0 - x[0].powi(2)).powf(-0.5)], Some(|x| vec![x[0] * (1.0 - x[0].powi(2)).powf(-1.5)]);
            [0.7] [0.0] [-0.5] or [1.0] => [INF] "the limit" [-1.0] => [INF] "the limit"
            [2.0] => [NAN] "outside of the domain";
        Acos, |x| vec![-(1.0 - x[0].powi(2)).powf(-0.5)], Some(|x| vec![-x[0] * (1.0 - x[0].powi(2)).powf(-1.5)]);
            [0.7] [0.0] [-0.5] or [1.0] => [-INF] "the limit" [-1.0] => [-INF] "the limit"
            [2.0] => [NAN] "outside of the domain";
        Atan, |x| vec![1.0 / (1.0 + x[0].powi(2))], Some(|x| vec![-2.0 * x[0] / (1.0 + x[0].powi(2)).powi(2)]);
            [0.7] [0.0] [-2.0] [1e8];
        Sinh, |x| vec![x[0].cosh()], Some(|x| vec![x[0].sinh()]); [0.7] [0.0] [-2.0];
        Cosh, |x| vec![x[0].sinh()], Some(|x| vec![x[0].cosh()]); [0.7] [0.0] [-2.0];
        Tanh, |x| vec![x[0].cosh().powi(-2)], Some(|x| vec![-2.0 * x[0].tanh() * x[0].cosh().powi(-2)]);
            [0.7] [0.0] [-2.0] [20.0] [-20.0] [400.0] [-400.0];
        Asinh, |x| vec![x[0].hypot(1.0).recip()], Some(|x| vec![-x[0] * x[0].hypot(1.0).powi(-3)]);
            [0.7] [0.0] [-3.0] [1e8];
        Acosh, |x| vec![(x[0] * x[0] - 1.0).powf(-0.5)], Some(|x| vec![-x[0] * (x[0] * x[0] - 1.0).powf(-1.5)]);
            [1.5] [4.0] or [1.0] => [INF] "the limit from the right" [0.5] => [NAN] "outside of the domain";
        Atanh, |x| vec![1.0 / (1.0 - x[0].powi(2))], Some(|x| vec![2.0 * x[0] / (1.0 - x[0].powi(2)).powi(2)]);
            [0.7] [0.0] [-0.5] or [1.0] => [INF] "the limit";
        ToDegrees, |_| vec![180.0 / PI], Some(|_| vec![0.0]); [0.7];
        ToRadians, |_| vec![PI / 180.0], Some(|_| vec![0.0]); [40.0];
    }
}
