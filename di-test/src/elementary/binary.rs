//! Functions of two and three arguments.

#[allow(clippy::enum_glob_use, reason = "a table of all of them")]
use super::Function::*;
use super::{Elementary, cases};

const NAN: f64 = f64::NAN;

pub(super) fn cases() -> Vec<Elementary> {
    cases! {
        Add, |_| vec![1.0, 1.0], Some(|_| vec![0.0; 4]); [0.7, -2.0];
        Sub, |_| vec![1.0, -1.0], Some(|_| vec![0.0; 4]); [0.7, -2.0];
        Mul, |x| vec![x[1], x[0]], Some(|_| vec![0.0, 1.0, 1.0, 0.0]); [0.7, -2.0] [0.0, 3.0] [0.0, 0.0];
        Div, |x| vec![1.0 / x[1], -x[0] / x[1].powi(2)],
            Some(|x| vec![0.0, -x[1].powi(-2), -x[1].powi(-2), 2.0 * x[0] * x[1].powi(-3)]); [0.7, -2.0] [0.0, 3.0];
        Product, |x| vec![x[1] * x[2], x[0] * x[2], x[0] * x[1]],
            Some(|x| vec![0.0, x[2], x[1], x[2], 0.0, x[0], x[1], x[0], 0.0]); [2.0, -3.0, 0.5] [0.0, 0.0, 2.0];
        MulAdd, |x| vec![x[1], x[0], 1.0], Some(|_| vec![0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
            [2.0, -3.0, 0.5];
        Rem, |x| vec![1.0, ((x[0] % x[1] - x[0]) / x[1]).round()], Some(|_| vec![0.0; 4]);
            [5.5, 2.0] [-5.5, 2.0] [5.5, -2.0] [-5.5, -2.0] [0.5, 2.0]
            or [4.0, 2.0] => [1.0, -2.0] "as beside the jump"
            [1.0, 0.1] => [1.0, -9.0] "the quotient, which rounds up to 10";
        PowF, |x| vec![x[1] * x[0].powf(x[1] - 1.0), x[0].powf(x[1]) * x[0].ln()],
            Some(|x| {
                let (a, b, v, l) = (x[0], x[1], x[0].powf(x[1]), x[0].ln());
                let mixed = v / a * (1.0 + b * l);
                vec![b * (b - 1.0) * v / (a * a), mixed, mixed, v * l * l]
            });
            [2.0, 3.0] [0.7, -1.5] [1.5, 0.0]
            or [0.0, 2.0] => [0.0, 0.0] "0 in the exponent, the limit"
            [0.0, 1.0] => [1.0, 0.0] "0 in the exponent, the limit"
            [-2.0, 2.0] => [-4.0, NAN] "no derivative in the exponent of a negative base";
        Log, |x| vec![1.0 / (x[0] * x[1].ln()), -x[0].ln() / (x[1] * x[1].ln().powi(2))],
            Some(|x| {
                let (a, b, k, l) = (x[0], x[1], x[0].ln(), x[1].ln());
                let mixed = -1.0 / (a * b * l * l);
                vec![-1.0 / (a * a * l), mixed, mixed, k * (l + 2.0) / (b * b * l * l * l)]
            });
            [8.0, 2.0] [0.25, 0.5] [1.0, 3.0];
        Max, |x| if x[0] > x[1] { vec![1.0, 0.0] } else { vec![0.0, 1.0] }, Some(|_| vec![0.0; 4]);
            [2.0, 1.0] [1.0, 2.0]
            or [1.0, 1.0] => [1.0, 0.0] "that of the first at a tie"
            [0.0, -0.0] => [1.0, 0.0] "that of the first at a tie"
            [NAN, 1.0] => [0.0, 1.0] "the other one beside a NaN"
            [1.0, NAN] => [1.0, 0.0] "the other one beside a NaN";
        Min, |x| if x[0] < x[1] { vec![1.0, 0.0] } else { vec![0.0, 1.0] }, Some(|_| vec![0.0; 4]);
            [2.0, 1.0] [1.0, 2.0]
            or [1.0, 1.0] => [1.0, 0.0] "that of the first at a tie"
            [NAN, 1.0] => [0.0, 1.0] "the other one beside a NaN"
            [1.0, NAN] => [1.0, 0.0] "the other one beside a NaN";
        AbsSub, |x| if x[0] > x[1] { vec![1.0, -1.0] } else { vec![0.0, 0.0] }, Some(|_| vec![0.0; 4]);
            [3.0, 1.0] [1.0, 3.0] or [1.0, 1.0] => [0.0, 0.0] "0 at the kink";
        Hypot, |x| { let r = x[0].hypot(x[1]); vec![x[0] / r, x[1] / r] },
            Some(|x| {
                let (a, b, r) = (x[0], x[1], x[0].hypot(x[1]));
                let (p, q) = (a / r, b / r);
                vec![q * q / r, -p * q / r, -p * q / r, p * p / r]
            });
            [3.0, 4.0] [0.0, 2.0] [-3.0, 0.0] [-1.0, 0.5]
            or [0.0, 0.0] => [0.0, 0.0] "0, a subgradient" [3e20, 4e20] => [0.6, 0.8] "no overflow of the squares";
        Copysign, |x| vec![x[0].signum() * x[1].signum(), 0.0], Some(|_| vec![0.0; 4]);
            [2.0, 1.0] [2.0, -1.0] [-2.0, 1.0] [-2.0, -3.0];
        Atan2, |x| { let r = x[0].powi(2) + x[1].powi(2); vec![x[1] / r, -x[0] / r] },
            Some(|x| {
                let (y, x) = (x[0], x[1]);
                let r4 = (x * x + y * y).powi(2);
                let mixed = (y * y - x * x) / r4;
                vec![-2.0 * x * y / r4, mixed, mixed, 2.0 * x * y / r4]
            });
            [1.0, 2.0] [1.0, -2.0] [-1.0, -2.0] [-1.0, 2.0] [0.0, 1.0] [1.0, 0.0] [-1.0, 0.0]
            or [0.0, -1.0] => [-1.0, 0.0] "as beside the cut" [0.0, 0.0] => [NAN, NAN] "no subgradient";
    }
}
